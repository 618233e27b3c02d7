import type { ChangePage, ChangeReader } from '../../src/model/changeReader';
import type { CrmAdapter } from '../../src/model/crmAdapter';
import type { CrmValue } from '../../src/model/record';

/** What one reading showed. */
export interface Read {
	readonly pages: readonly ChangePage[];
	/** The value of the first column asked for, of each record. */
	readonly shown: readonly (CrmValue | undefined)[];
	readonly deleted: readonly string[];
	readonly full: boolean;
	readonly cursor: string;
}

/** The reader of an adapter that has one. */
export function readerOf({ changes }: CrmAdapter): ChangeReader {
	if (!changes) throw new Error('the adapter reads no changes');
	return changes;
}

/** Reads once, to the end. */
export async function readAll(adapter: CrmAdapter, since: string | undefined, { entity, select }: { readonly entity: string; readonly select: readonly string[] }): Promise<Read> {
	const reader = readerOf(adapter);
	const pages: ChangePage[] = [];
	for await (const page of reader.readChanges({ entity, select, since, until: await reader.upperBound() })) pages.push(page);
	const cursors = pages.map(({ cursor }) => cursor);
	if (cursors.slice(0, -1).some((one) => one !== undefined)) throw new Error('a cursor before the last page');
	return {
		pages,
		shown: pages.flatMap(({ records }) => records.map(({ values }) => values[select[0]])),
		deleted: pages.flatMap(({ deleted }) => deleted.map(({ id }) => id)),
		full: pages.every(({ full }) => full),
		cursor: cursors.at(-1) ?? '',
	};
}
