import type { FieldType as ParsedField, Query } from '@jetstreamapp/soql-parser-js';
import type { Row, Value } from '../records/row';
import type { FieldSpec } from '../schema/field';
import type { ObjectSpec } from '../schema/sobject';
import { fieldPath, parentRow, visible, type FieldPath, type QueryScope } from './fieldPath';
import { malformedQuery } from './SoqlError';

/** One selected column: where its value comes from and under which name it is answered. */
export interface Column {
	readonly path: FieldPath;
	readonly alias?: string;
}

/** A child sub-query of the SELECT list. */
export type ChildQuery = Extract<ParsedField, { type: 'FieldSubquery' }>['subquery'];

/** The columns of a SELECT list, FIELDS(ALL|STANDARD|CUSTOM) written out. */
export function columnsOf(scope: QueryScope, object: ObjectSpec, query: Pick<Query, 'fields' | 'limit' | 'sObjectAlias'>): Column[] {
	const columns: Column[] = [];
	for (const field of query.fields ?? []) {
		if (field.type === 'FieldSubquery') continue;
		if (field.type === 'FieldFunctionExpression') columns.push(...functionColumns(scope, object, field, query));
		else columns.push({ path: fieldPath(scope, object, nameOf(field), query.sObjectAlias) });
	}
	const names = columns.map(({ path }) => [...path.steps, path.spec].map((spec) => spec.name).join('.'));
	const twice = names.find((name, index) => names.indexOf(name) !== index);
	if (twice) throw malformedQuery(`duplicate field selected: ${twice}`);
	return columns;
}

function nameOf(field: ParsedField): string {
	if (field.type === 'FieldRelationship') return [...field.relationships, field.field].join('.');
	if (field.type === 'Field') return 'rawValue' in field ? field.rawValue : field.field;
	throw malformedQuery('The stand-in does not know TYPEOF');
}

function functionColumns(scope: QueryScope, object: ObjectSpec, field: Extract<ParsedField, { type: 'FieldFunctionExpression' }>, query: Pick<Query, 'limit' | 'sObjectAlias'>): Column[] {
	const [parameter] = field.parameters;
	const name = field.functionName.toUpperCase();
	if (name === 'TOLABEL' && typeof parameter === 'string') return [{ path: fieldPath(scope, object, parameter, query.sObjectAlias), alias: field.alias }];
	if (name !== 'FIELDS') throw malformedQuery(`The stand-in does not know the function ${field.functionName}`);
	const group = String(parameter).toUpperCase();
	if (group !== 'STANDARD' && (query.limit ?? Infinity) > 200) {
		throw malformedQuery(`The SOQL FIELDS function must have a LIMIT of at most 200`);
	}
	const wanted = object.fields.filter((spec) => visible(scope, object, spec) && (group === 'ALL' || spec.custom === (group === 'CUSTOM')));
	return wanted.map((spec) => ({ path: fieldPath(scope, object, spec.name) }));
}

/** One record of an answer: attributes first, then the columns, parents nested. */
export function recordOf(scope: QueryScope, object: ObjectSpec, columns: readonly Column[], row: Row, version: string): Record<string, unknown> {
	const record: Record<string, unknown> = { attributes: attributesOf(object.name, row, version) };
	for (const { path, alias } of columns) {
		if (path.steps.length === 0) record[alias ?? path.spec.name] = path.valueOf(row);
		else nest(scope, record, row, path.steps, path.spec, path.valueOf(row), version);
	}
	return record;
}

/** The type and address of a record, as every record of the API carries them. */
export const attributesOf = (type: string, row: Row, version: string, shownAs = type): object => ({ type: shownAs, url: `/services/data/${version}/sobjects/${type}/${String(row.Id)}` });

function nest(scope: QueryScope, record: Record<string, unknown>, row: Row, steps: readonly FieldSpec[], spec: FieldSpec, value: Value, version: string): void {
	let into = record;
	let at: Row | undefined = row;
	for (const step of steps) {
		const name = step.relationshipName ?? step.name;
		at = at && parentRow(scope.org, at, step);
		if (!at) {
			into[name] ??= null;
			return;
		}
		const type = scope.org.schema.objectOfId(String(at.Id))?.name ?? '';
		// A parent that may be of several kinds shows as Name, whatever it is.
		into[name] ??= { attributes: attributesOf(type, at, version, step.referenceTo.length > 1 ? 'Name' : type) };
		into = into[name] as Record<string, unknown>;
	}
	into[spec.name] = value;
}
