import { parseQuery, type Query } from '@jetstreamapp/soql-parser-js';
import { SalesforceError } from '../http/SalesforceError';
import type { Row, Value } from '../records/row';
import type { ObjectSpec } from '../schema/sobject';
import { aggregated, isAggregated, isPlainCount } from './aggregates';
import { fieldPath, type QueryScope } from './fieldPath';
import { rowFilter } from './filter';
import { ordered } from './ordering';
import { columnsOf, recordOf, type ChildQuery, type Column } from './selection';
import { malformedQuery, noSuchObject, noSuchRelation } from './SoqlError';

/** What a statement selects. A plain COUNT() has a size and no records. */
export interface QueryAnswer {
	readonly object: ObjectSpec;
	readonly columns: readonly Column[];
	readonly records: readonly object[];
	readonly totalSize: number;
}

/** Runs one SOQL statement over an org's rows. Throws the org's error for anything it refuses. */
export function runQuery(scope: QueryScope, version: string): QueryAnswer {
	if (scope.soql.length > 100_000) throw malformedQuery('SOQL statements can not be longer than 100000 characters');
	const query = parsed(scope.soql);
	const object = readableObject(scope, query.sObject ?? '');
	const rows = selectedRows(scope, object, query);
	if (isPlainCount(query)) return { object, columns: [], records: [], totalSize: rows.length };
	if (isAggregated(query)) {
		const records = aggregated(scope, object, rows, query);
		return { object, columns: [], records, totalSize: records.length };
	}
	const columns = columnsOf(scope, object, query);
	const children = (query.fields ?? []).flatMap((field) => (field.type === 'FieldSubquery' ? [field.subquery] : []));
	const records = rows.map((row) => ({ ...recordOf(scope, object, columns, row, version), ...childrenOf(scope, object, row, children, version) }));
	return { object, columns, records, totalSize: records.length };
}

function parsed(soql: string): Query {
	try {
		return parseQuery(soql.trim());
	} catch (error) {
		const found = /found:?\s*(?:-->\s*)?'([^']*)'/.exec(error instanceof Error ? error.message : '')?.[1];
		throw malformedQuery(found ? `unexpected token: '${found}'` : 'unexpected token: <EOF>');
	}
}

function readableObject(scope: QueryScope, name: string): ObjectSpec {
	const object = scope.org.schema.object(name);
	if (!object || !scope.org.access.object(scope.userId, object.name).read) throw noSuchObject(scope.soql, name);
	return object;
}

type Selecting = Pick<Query, 'where' | 'orderBy' | 'limit' | 'offset' | 'sObjectAlias' | 'fields' | 'groupBy'>;

function selectedRows(scope: QueryScope, object: ObjectSpec, query: Selecting, among?: readonly Row[]): Row[] {
	if ((query.offset ?? 0) > 2000) throw new SalesforceError(400, 'NUMBER_OUTSIDE_VALID_RANGE', 'Maximum SOQL offset allowed is 2000');
	const matches = rowFilter(scope, object, query.where, query.sObjectAlias, (inner) => joinedValues(scope, inner as Query));
	const rows = (among ?? scope.org.tables.all(object.name)).filter((row) => (scope.all || row.IsDeleted !== true) && matches(row));
	const grouped = query.groupBy !== undefined;
	const sorted = grouped ? rows : ordered(scope, object, rows, query.orderBy, query.sObjectAlias);
	const from = query.offset ?? 0;
	return sorted.slice(from, query.limit === undefined ? undefined : from + query.limit);
}

/** The values of `IN (SELECT …)`. */
function joinedValues(scope: QueryScope, inner: Query): Value[] {
	const object = readableObject(scope, inner.sObject ?? '');
	const field = inner.fields?.[0];
	if (field?.type !== 'Field') throw malformedQuery('A semi-join sub-select must select one field');
	const path = fieldPath(scope, object, field.field);
	return selectedRows(scope, object, inner).map((row) => path.valueOf(row));
}

function childrenOf(scope: QueryScope, parent: ObjectSpec, row: Row, children: readonly ChildQuery[], version: string): Record<string, unknown> {
	const lists: Record<string, unknown> = {};
	for (const child of children) {
		const relationship = parent.childRelationships.find((one) => one.relationshipName.toLowerCase() === child.relationshipName.toLowerCase());
		if (!relationship) throw noSuchRelation(scope.soql, child.relationshipName);
		const object = readableObject(scope, relationship.childSObject);
		const mine = scope.org.tables.all(object.name).filter((one) => one[relationship.field] === row.Id);
		const records = selectedRows(scope, object, child, mine).map((one) => recordOf(scope, object, columnsOf(scope, object, child), one, version));
		// A parent without children has null instead of an empty list.
		lists[relationship.relationshipName] = records.length === 0 ? null : { totalSize: records.length, done: true, records };
	}
	return lists;
}
