import type { ChangePage, ChangeQuery, ChangeReader } from '../../model/changeReader';

/** So many pages are kept; more are read a second time. */
const MOST_KEPT = 5;

/**
 * The CRM's changes since the watermark, up to a moment fixed at the start. They are looked at twice, first to count and then to work on
 * them; a few pages are kept in between, many are read again.
 */
export class ChangePages {
	private few?: readonly ChangePage[];

	constructor(
		private readonly reader: ChangeReader,
		private readonly query: ChangeQuery,
	) {}

	/** There is no watermark, so that everything is read. */
	get full(): boolean {
		return this.query.since === undefined;
	}

	/** All pages, once they were read and are few. */
	get kept(): readonly ChangePage[] | undefined {
		return this.few;
	}

	async *pages(): AsyncGenerator<ChangePage> {
		if (this.few) return yield* this.few;
		let kept: ChangePage[] | undefined = [];
		for await (const page of this.reader.readChanges(this.query)) {
			if ((kept?.push(page) ?? 0) > MOST_KEPT) kept = undefined;
			yield page;
		}
		this.few = kept;
	}
}
