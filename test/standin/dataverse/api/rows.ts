import { badPayload, DataverseError, noSegment } from '../http/DataverseError';
import { shapeOf } from '../query/queryRows';
import { contextColumns, etagOf, selectedColumns, showRow } from '../query/showRow';
import { findByKey, parseKey, requireByKey, type KeyValues } from '../records/findByKey';
import { checkPrivilege, checkReach } from '../records/privileges';
import { referenceOf, resolved } from '../records/readInput';
import { isReference, type Row, type Value } from '../records/row';
import { createRow, deleteRow, updateRow } from '../records/save';
import { isLookup, wireName, type Column } from '../schema/column';
import type { Table } from '../schema/table';
import { objectBody, preferencesOf, writerOf, type ApiAnswer, type ApiRequest } from './ApiRequest';
import { checkKeyText } from './parseUrl';

/** The key in the first segment of a request's path. */
export function keyIn({ url }: ApiRequest, table: Table): KeyValues {
	const text = url.segments[0].key ?? '';
	checkKeyText(text);
	return parseKey(table, text, url.aliases);
}

const entityId = ({ base }: ApiRequest, table: Table, row: Row): string => `${base}/${table.setName}(${String(row[table.primaryId])})`;

/** What a write answers: nothing but the address, or the row when the caller asked for it. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/create-entity-web-api */
function written(request: ApiRequest, table: Table, row: Row, created: boolean): ApiAnswer {
	const preferences = preferencesOf(request);
	const id = entityId(request, table, row);
	if (!preferences.representation) return { status: 204, headers: { 'OData-EntityId': id, ...(created ? { Location: id } : {}) } };
	return {
		status: created ? 201 : 200,
		body: shown(request, table, row),
		headers: { 'Preference-Applied': preferences.applied ?? '', ...(created ? { Location: id } : {}) },
	};
}

function shown(request: ApiRequest, table: Table, row: Row): object {
	const shape = shapeOf(request, table);
	return { '@odata.context': `${request.base}/$metadata#${contextColumns(shape)}/$entity`, ...showRow(request, shape, row) };
}

/** POST /leads */
export function create(request: ApiRequest, table: Table): ApiAnswer {
	return written(request, table, createRow(writerOf(request), table, objectBody(request, table.setName), givenId(request, table)), true);
}

function givenId({ body }: ApiRequest, table: Table): Row {
	const id = (body as Record<string, Value> | undefined)?.[table.primaryId];
	return typeof id === 'string' ? { [table.primaryId]: id.toLowerCase() } : {};
}

function readable(request: ApiRequest, table: Table, row: Row): void {
	checkPrivilege(request, table, 'Read');
	checkReach(request, table, 'Read', row);
}

/** GET /leads(…) */
export function retrieve(request: ApiRequest, table: Table): ApiAnswer {
	checkPrivilege(request, table, 'Read');
	const row = requireByKey(request.env, table, keyIn(request, table));
	readable(request, table, row);
	// https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/perform-conditional-operations-using-web-api#conditional-retrievals
	if (request.headers['if-none-match'] === etagOf(row) && request.url.options.$expand === undefined && preferencesOf(request).annotations === undefined)
		return { status: 304, headers: { ETag: etagOf(row) } };
	return { status: 200, body: shown(request, table, row), headers: { ETag: etagOf(row), ...preferenceHeader(request) } };
}

function preferenceHeader(request: ApiRequest): Record<string, string> {
	const { applied } = preferencesOf(request);
	return applied === undefined ? {} : { 'Preference-Applied': applied };
}

function checkVersion(ifMatch: string | undefined, row: Row): void {
	if (ifMatch === undefined || ifMatch === '*' || ifMatch === etagOf(row)) return;
	throw new DataverseError(412, '0x80060882', "The version of the existing record doesn't match the RowVersion property provided.");
}

/** PATCH /leads(…): changes a record, or creates it unless If-Match says that it must be there. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/update-delete-entities-using-web-api#upsert-a-table-row */
export function upsert(request: ApiRequest, table: Table): ApiAnswer {
	const key = keyIn(request, table);
	const body = objectBody(request, table.setName);
	const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers;
	const before = ifMatch === undefined ? findByKey(request.env, table, key) : requireByKey(request.env, table, key);
	if (before && ifNoneMatch === '*') throw new DataverseError(412, '0x80040237', 'A record with matching key values already exists.');
	if (!before) return written(request, table, createRow(writerOf(request), table, body, known(request, table, key)), true);
	checkVersion(ifMatch, before);
	return written(request, table, updateRow(writerOf(request), table, before, body), false);
}

function known({ env }: ApiRequest, table: Table, key: KeyValues): Row {
	if ('id' in key) return { [table.primaryId]: key.id };
	const stored = ([name, value]: [string, Value]): [string, Value] => {
		const column = env.schema.byWireName(table, name);
		return column && isLookup(column) && typeof value === 'string' ? [column.name, { table: column.targets[0], id: value }] : [name, value];
	};
	return Object.fromEntries(Object.entries(key.values).map(stored));
}

/** DELETE /leads(…) */
export function remove(request: ApiRequest, table: Table): ApiAnswer {
	const row = requireByKey(request.env, table, keyIn(request, table));
	checkVersion(request.headers['if-match'], row);
	deleteRow(writerOf(request), table, row);
	return { status: 204 };
}

/** GET, PUT and DELETE of one value: /leads(…)/subject, /leads(…)/parentcontactid, /leads(…)/parentcontactid/$ref. */
export function property(request: ApiRequest, table: Table): ApiAnswer {
	const row = requireByKey(request.env, table, keyIn(request, table));
	const [, { name }, ref] = request.url.segments;
	const navigation = request.env.schema.navigation(table, name);
	const column = request.env.schema.byWireName(table, name);
	if (!navigation && !column) throw noSegment(name);
	if (request.method === 'GET') return navigation ? related(request, table, row, navigation.column, ref?.name === '$ref') : value(request, table, row, column!);
	const field = (navigation?.column ?? column)!;
	if (request.method === 'DELETE') updateRow(writerOf(request), table, row, { [navigation ? name : wireName(field)]: null });
	else if (navigation) updateRow(writerOf(request), table, row, { [`${name}@odata.bind`]: String(objectBody(request, table.setName)['@odata.id']) });
	else updateRow(writerOf(request), table, row, { [name]: objectBody(request, table.setName).value });
	return { status: 204 };
}

function value(request: ApiRequest, table: Table, row: Row, column: Column): ApiAnswer {
	readable(request, table, row);
	const name = wireName(column);
	const found = showRow(request, { table, select: selectedColumns(request, table, name), expand: [], annotations: undefined }, row)[name];
	if (found === null) return { status: 204 };
	return { status: 200, body: { '@odata.context': `${request.base}/$metadata#${table.setName}(${String(row[table.primaryId])})/${name}`, value: found } };
}

function related(request: ApiRequest, table: Table, row: Row, column: Column, asReference: boolean): ApiAnswer {
	readable(request, table, row);
	const reference = row[column.name];
	if (!isReference(reference)) return { status: 204 };
	const target = request.env.schema.required(reference.table);
	const other = requireByKey(request.env, target, { id: reference.id });
	if (asReference) return { status: 200, body: { '@odata.context': `${request.base}/$metadata#$ref`, '@odata.id': entityId(request, target, other) } };
	return { status: 200, body: shown(request, target, other) };
}

/** The row a target of a bulk message names by `@odata.id`; undefined when it has none. */
export function keyOfTarget(request: ApiRequest, table: Table, target: Readonly<Record<string, unknown>>): KeyValues | undefined {
	const address = target['@odata.id'];
	const id = target[table.primaryId];
	if (typeof id === 'string') return { id: id.toLowerCase() };
	if (typeof address !== 'string') return undefined;
	const match = new RegExp(`(?:^|/)${table.setName}\\((.*)\\)$`).exec(resolved(request.contentIds, address));
	if (!match) throw badPayload(table.setName, `The value '${address}' is not a valid address of a record of ${table.setName}.`);
	return parseKey(table, match[1]);
}

/** The record an address in a body names. */
export const referenceIn = (request: ApiRequest, table: Table, address: unknown): ReturnType<typeof referenceOf> =>
	referenceOf(request.env, table, resolved(request.contentIds, String(address)));
