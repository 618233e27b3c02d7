import type { ChangePage, Tombstone, VersionedRecord } from '../../../model/changeReader';
import { textOf, type Json } from '../../json';
import type { Table } from '../describe/Table';
import { malformedAnswer } from '../errors/localErrors';
import { canonicalId } from '../guids';
import { recordOf, selectionOf, type Selection } from '../match/recordOf';

/** Who lost a merge stays, closed, and names the winner. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/merge-data */
const merged = 'merged';
const winner = 'masterid';

/** What is read of a table's rows: what was asked for, and what tells who changed a row when. */
export interface RowView {
	readonly table: Table;
	readonly selection: Selection;
	readonly readNames: readonly string[];
}

/** The view of these columns; an unknown one is refused. */
export function rowView(table: Table, select: readonly string[]): RowView {
	const selection = selectionOf(table, select);
	const own = ['modifiedon', 'modifiedby', merged, winner].flatMap((name) => table.columns.get(name)?.readName ?? []);
	return { table, selection, readNames: [...new Set([...selection.readNames, ...own])] };
}

/** As many records as the port takes in one page. */
const mostInPage = 2_000;

/** The rows of one answer in pages of the port, one at least; `cursor` stands on the last. `at`: the moment of the answer by the CRM's clock. */
export function* changePages(rows: readonly Json[], view: RowView, about: { readonly full: boolean; readonly at: number; readonly cursor?: string }): Generator<ChangePage> {
	const { full, at, cursor } = about;
	for (let start = 0; start === 0 || start < rows.length; start += mostInPage) {
		const shown = rows.slice(start, start + mostInPage);
		const deleted = shown.flatMap((row) => tombstoneOf(row, view.table, at) ?? []);
		const records = versionedRecords(shown.filter((row) => !isDeletion(row)), view);
		const isLast = start + mostInPage >= rows.length;
		yield { records, deleted, full, ...(isLast && cursor !== undefined ? { cursor } : {}) };
	}
}

/** The records that are there; who lost a merge is not. */
export function versionedRecords(rows: readonly Json[], view: RowView): readonly VersionedRecord[] {
	return rows.filter((row) => row[merged] !== true).map((row) => versionedRecord(row, view));
}

function versionedRecord(row: Json, { table, selection }: RowView): VersionedRecord {
	const changedBy = canonicalId(textOf(row[table.columns.get('modifiedby')?.readName ?? '']) ?? '');
	const changedAt = momentIn(row.modifiedon);
	return { ...recordOf(row, table, selection), stamp: stampOf(row), ...(changedBy === undefined ? {} : { changedBy }), ...(changedAt === undefined ? {} : { changedAt }) };
}

/** It comes back as `If-Match`, so nothing in it may end a header. https://www.rfc-editor.org/rfc/rfc9110#name-etag */
function stampOf(row: Json): string {
	const stamp = textOf(row['@odata.etag']) ?? '';
	if (!/^(?:W\/)?"[\x21\x23-\x7e]{1,200}"$/.test(stamp)) throw malformedAnswer('a record without its version');
	return stamp;
}

function momentIn(value: unknown): string | undefined {
	const time = Date.parse(textOf(value) ?? '');
	return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** https://learn.microsoft.com/en-us/power-apps/developer/data-platform/use-change-tracking-synchronize-data-external-systems */
const deletedEntity = /#([^#/]*)\/\$deletedEntity$/;

function isDeletion(row: Json): boolean {
	return deletedEntity.test(textOf(row['@odata.context']) ?? '');
}

/** Evidence of a deletion or a merge. What left the rows for another reason may still be there. */
function tombstoneOf(row: Json, table: Table, at: number): Tombstone | undefined {
	if (!isDeletion(row)) return row[merged] === true ? mergedAway(row, table, at) : undefined;
	const [, setName] = deletedEntity.exec(String(row['@odata.context'])) ?? [];
	const id = canonicalId(textOf(row.id) ?? '');
	if (setName !== table.setName || id === undefined) throw malformedAnswer('a deletion that names no record of the table');
	return row.reason === 'deleted' ? { id, deletedAt: new Date(at).toISOString() } : undefined;
}

function mergedAway(row: Json, table: Table, at: number): Tombstone {
	const id = canonicalId(textOf(row[table.primaryId]) ?? '');
	if (id === undefined) throw malformedAnswer('a record without an id');
	const mergedInto = canonicalId(textOf(row[table.columns.get(winner)?.readName ?? '']) ?? '');
	return { id, deletedAt: momentIn(row.modifiedon) ?? new Date(at).toISOString(), ...(mergedInto === undefined ? {} : { mergedInto }) };
}
