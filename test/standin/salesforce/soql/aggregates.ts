import type { FieldType as ParsedField, Query } from '@jetstreamapp/soql-parser-js';
import type { Row, Value } from '../records/row';
import type { ObjectSpec } from '../schema/sobject';
import { comparable } from './comparison';
import { fieldPath, type QueryScope } from './fieldPath';
import { malformedQuery } from './SoqlError';

type Aggregate = Extract<ParsedField, { type: 'FieldFunctionExpression' }>;

const isAggregate = (field: ParsedField): field is Aggregate => field.type === 'FieldFunctionExpression' && field.isAggregateFn === true;

/** True for `SELECT COUNT() FROM …`, which answers a number and no records. */
export const isPlainCount = (query: Query): boolean => query.fields?.length === 1 && isAggregate(query.fields[0]) && query.fields[0].parameters.length === 0;

/** True when a query answers AggregateResult records. */
export const isAggregated = (query: Query): boolean => query.groupBy !== undefined || (query.fields ?? []).some(isAggregate);

/** Groups rows and answers one AggregateResult a group. https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_agg_functions.htm */
export function aggregated(scope: QueryScope, object: ObjectSpec, rows: readonly Row[], query: Query): object[] {
	if (query.having) throw malformedQuery('The stand-in does not know HAVING');
	const keys = [query.groupBy ?? []].flat().map((clause) => {
		if (!('field' in clause)) throw malformedQuery('The stand-in groups by fields only');
		return fieldPath(scope, object, clause.field, query.sObjectAlias);
	});
	const groups = new Map<string, Row[]>();
	for (const row of rows) {
		const key = JSON.stringify(keys.map((path) => comparable(path.spec, path.valueOf(row))));
		const group = groups.get(key);
		if (group) group.push(row);
		else groups.set(key, [row]);
	}
	if (keys.length === 0 && groups.size === 0) groups.set('', []);
	return [...groups.values()].map((group) => resultOf(scope, object, query, group));
}

function resultOf(scope: QueryScope, object: ObjectSpec, query: Query, group: readonly Row[]): object {
	const result: Record<string, unknown> = { attributes: { type: 'AggregateResult' } };
	let unnamed = 0;
	for (const field of query.fields ?? []) {
		if (isAggregate(field)) result[field.alias ?? `expr${unnamed++}`] = valueOf(scope, object, field, group, query.sObjectAlias);
		else if (field.type === 'Field') result[field.alias ?? field.field] = fieldPath(scope, object, field.field, query.sObjectAlias).valueOf(group[0]);
		else if (field.type === 'FieldRelationship') result[field.field] = fieldPath(scope, object, [...field.relationships, field.field].join('.'), query.sObjectAlias).valueOf(group[0]);
	}
	return result;
}

function valueOf(scope: QueryScope, object: ObjectSpec, field: Aggregate, group: readonly Row[], alias: string | undefined): Value {
	const [parameter] = field.parameters;
	if (typeof parameter !== 'string') return group.length;
	const path = fieldPath(scope, object, parameter, alias);
	const values = group.map((row) => path.valueOf(row)).filter((value) => value !== null);
	const numbers = values.map(Number);
	switch (field.functionName.toUpperCase()) {
		case 'COUNT':
			return values.length;
		case 'COUNT_DISTINCT':
			return new Set(values.map((value) => comparable(path.spec, value))).size;
		case 'SUM':
			return numbers.length === 0 ? null : numbers.reduce((sum, number) => sum + number, 0);
		case 'AVG':
			return numbers.length === 0 ? null : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
		default: {
			const sorted = [...values].sort((left, right) => (left < right ? -1 : 1));
			return (field.functionName.toUpperCase() === 'MIN' ? sorted[0] : sorted.at(-1)) ?? null;
		}
	}
}
