import type { OrderByClause } from '@jetstreamapp/soql-parser-js';
import type { Row, Value } from '../records/row';
import type { ObjectSpec } from '../schema/sobject';
import { comparable } from './comparison';
import { fieldPath, type QueryScope } from './fieldPath';
import { malformedQuery } from './SoqlError';

/** Sorts rows by an ORDER BY clause; nulls come first unless it says otherwise. https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_orderby.htm */
export function ordered(scope: QueryScope, object: ObjectSpec, rows: Row[], orderBy: OrderByClause | OrderByClause[] | undefined, alias: string | undefined): Row[] {
	const clauses = orderBy ? [orderBy].flat() : [];
	if (clauses.length === 0) return rows;
	const comparers = clauses.map((clause) => {
		if (!('field' in clause)) throw malformedQuery('The stand-in sorts by fields only');
		const path = fieldPath(scope, object, clause.field, alias);
		const sign = clause.order === 'DESC' ? -1 : 1;
		const nulls = clause.nulls === 'LAST' ? 1 : -1;
		return (left: Row, right: Row) => compare(comparable(path.spec, path.valueOf(left)), comparable(path.spec, path.valueOf(right)), sign, nulls);
	});
	return rows.sort((left, right) => {
		for (const comparer of comparers) {
			const order = comparer(left, right);
			if (order !== 0) return order;
		}
		return 0;
	});
}

function compare(left: Value, right: Value, sign: number, nulls: number): number {
	if (left === null || right === null) return left === right ? 0 : left === null ? nulls : -nulls;
	if (left === right) return 0;
	return (left < right ? -1 : 1) * sign;
}
