import type { MatchQuery, RecordPage } from '../../../model/crmAdapter';
import type { Table } from '../describe/Table';
import type { Tables } from '../describe/Tables';
import { noColumn } from '../names';
import { columnLiteral } from '../odata/columnLiteral';
import { searchPaths } from '../odata/searchPaths';
import type { DynamicsRest } from '../rest/DynamicsRest';
import { recordOf, selectionOf, type Selection } from './recordOf';
import { runSearches, type PathSearch } from './runSearches';

/** The one who lost a merge stays, closed, with all its values. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/merge-data */
const merged = 'merged';

interface Purpose {
	readonly query: number;
	readonly table: Table;
	readonly selection: Selection;
	/** Records that were merged into another one are left out. */
	readonly unmerged: boolean;
}

/** Finds the records of all queries: a thousand e-mails on two tables are one request. */
export async function* matchRecords(rest: DynamicsRest, tables: Tables, queries: readonly MatchQuery[]): AsyncGenerator<RecordPage> {
	const searches: PathSearch<Purpose>[] = [];
	for (const [query, asked] of queries.entries()) {
		if (asked.values.some((value) => value !== null && value !== '')) searches.push(...searchesOf(asked, query, await tables.known(asked.entity)));
	}
	for await (const { purpose, rows } of runSearches(rest, searches)) {
		const { query, table, selection, unmerged } = purpose;
		yield { query, records: rows.filter((row) => !unmerged || row[merged] !== true).map((row) => recordOf(row, table, selection)) };
	}
}

function searchesOf({ field, values, select }: MatchQuery, query: number, table: Table): readonly PathSearch<Purpose>[] {
	const column = table.columns.get(field);
	if (!column) throw noColumn(table.name, field);
	const selection = selectionOf(table, [field, ...select]);
	const literals = new Set(values.map((value) => columnLiteral(value, column.field.type)));
	const known = [...literals].filter((literal) => literal !== undefined);
	const unmerged = column.field.type !== 'id' && table.columns.has(merged);
	const readNames = unmerged ? [...new Set([...selection.readNames, merged])] : selection.readNames;
	const paths = searchPaths({ setName: table.setName, select: readNames, names: [column.readName], literals: known });
	return paths.map((path) => ({ path, purpose: { query, table, selection, unmerged } }));
}
