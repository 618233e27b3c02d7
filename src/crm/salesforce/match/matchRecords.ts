import type { MatchQuery, RecordPage } from '../../../model/crmAdapter';
import type { FieldType } from '../../../model/entity';
import { checkedEntity, checkedField, distinctNames } from '../names';
import type { SalesforceRest } from '../rest/SalesforceRest';
import { fieldLiteral } from '../soql/fieldLiteral';
import { statementsOf } from '../soql/searchStatement';
import { recordOf } from './resultPage';
import { runSearches, type Search } from './search';

/** What is known about a field without asking; an answer may be missing. */
export type KnownFieldType = (entity: string, field: string) => FieldType | undefined;

interface Purpose {
	readonly query: number;
	readonly entity: string;
	readonly fields: readonly string[];
}

/** Finds the records of all queries: one e-mail on two objects is one call, a thousand on both at most two. */
export async function* matchRecords(rest: SalesforceRest, queries: readonly MatchQuery[], typeOf: KnownFieldType): AsyncGenerator<RecordPage> {
	const searches = queries.flatMap((query, at) => searchesOf(query, at, typeOf));
	for await (const { purpose, rows } of runSearches(rest, searches))
		yield { query: purpose.query, records: rows.map((row) => recordOf(row, purpose.entity, purpose.fields)) };
}

function searchesOf(asked: MatchQuery, query: number, typeOf: KnownFieldType): readonly Search<Purpose>[] {
	const entity = checkedEntity(asked.entity);
	const field = checkedField(asked.field);
	const fields = distinctNames([field, ...asked.select.map(checkedField)]);
	const literals = new Set(asked.values.map((value) => fieldLiteral(value, typeOf(entity, field) ?? (field.toLowerCase() === 'id' ? 'id' : undefined))));
	literals.delete(undefined);
	const selected = distinctNames(['Id', ...fields]).join(', ');
	const pattern = { write: (list: string) => `SELECT ${selected} FROM ${entity} WHERE ${field} IN ${list}` };
	return statementsOf(pattern, [...literals].filter((literal) => literal !== undefined)).map((statement) => ({ statement, purpose: { query, entity, fields } }));
}
