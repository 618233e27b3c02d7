import type { Clock } from '../time';

const twoDays = 2 * 24 * 3600 * 1000;

interface Cursor {
	readonly records: readonly object[];
	readonly batchSize: number;
	readonly openedAt: number;
}

/** One page of a query: the records and, unless it was the last, where the next begins. */
export interface QueryPage {
	readonly records: readonly object[];
	readonly totalSize: number;
	/** `<cursor>-<offset>`, the last part of nextRecordsUrl. */
	readonly next: string | undefined;
}

/** Open query results; they live two days. https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_apicursors.htm */
export class Cursors {
	/** A page may hold fewer rows than were asked for, at any time. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_query.htm */
	mostInPage = Infinity;
	private readonly cursors = new Map<string, Cursor>();

	constructor(private readonly clock: Clock, private readonly nextId: () => string) {}

	/** The first page of these records, and a cursor when there are more. */
	open(records: readonly object[], asked: number): QueryPage {
		const batchSize = Math.min(asked, this.mostInPage);
		if (records.length <= batchSize) return { records, totalSize: records.length, next: undefined };
		const id = this.nextId();
		this.cursors.set(id, { records, batchSize, openedAt: this.clock() });
		return this.pageFrom(id, 0)!;
	}

	/** The page a locator points at; undefined when it is unknown or expired. */
	page(locator: string): QueryPage | undefined {
		const parts = /^(\w+)-(\d+)$/.exec(locator);
		return parts ? this.pageFrom(parts[1], Number(parts[2])) : undefined;
	}

	/** Forgets every open cursor, as if two days had passed. */
	expireAll(): void {
		this.cursors.clear();
	}

	private pageFrom(id: string, offset: number): QueryPage | undefined {
		const cursor = this.cursors.get(id);
		if (!cursor || this.clock() - cursor.openedAt > twoDays || offset >= cursor.records.length) return undefined;
		const end = offset + cursor.batchSize;
		const next = end < cursor.records.length ? `${id}-${end}` : undefined;
		return { records: cursor.records.slice(offset, end), totalSize: cursor.records.length, next };
	}
}
