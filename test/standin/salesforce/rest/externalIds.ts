import { notFound } from '../http/SalesforceError';
import { objectOf } from '../metadata/resources';
import { RowError, refused, type SaveResult } from '../records/RowError';
import type { Input } from '../records/save';
import type { FieldSpec } from '../schema/field';
import type { ObjectSpec } from '../schema/sobject';
import { acceptValue } from '../validation/acceptValue';
import { liveIdsWith } from '../validation/externalKeys';
import { objectBody, ok, type ApiAnswer, type ApiRequest, type ApiResource } from './ApiResource';
import { fieldsOf, succeeded } from './rows';
import { rowView } from './rowView';
import { Writes } from './writes';

/** Records by external id. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_upsert.htm */
export const externalIdResources: ApiResource[] = [
	{ method: 'GET', path: '/sobjects/:object/:field/:value', kind: 'rows', handle: read },
	{ method: 'PATCH', path: '/sobjects/:object/:field/:value', kind: 'rows', handle: upsert },
	{ method: 'DELETE', path: '/sobjects/:object/:field/:value', kind: 'rows', handle: remove },
];

/** The field an upsert may match on. Throws 404 with the text of the API. */
export function keyField(request: ApiRequest, object: ObjectSpec, name: string): FieldSpec {
	const spec = request.org.schema.field(object, name);
	const seen = spec && request.org.access.field(request.userId, object.name, spec.name) !== 'hidden';
	if (!seen || !(spec.externalId || spec.idLookup)) throw notFound(`Provided external ID field does not exist or is not accessible: ${name}`);
	return spec;
}

/** Creates or updates one record by a key; `created` tells which. Several records with the same key are refused. */
export function upsertRow(writes: Writes, object: ObjectSpec, key: FieldSpec, value: unknown, input: Input): SaveResult {
	const { org } = writes.writer;
	const stored = acceptValue(key, value, org.schema);
	const ids = liveIdsWith(org, object, key, stored);
	if (ids.length > 1) return refused(new RowError('DUPLICATE_EXTERNAL_ID', `${key.name}: more than one record found for external id field: ${ids.join(', ')}`));
	if (ids.length === 1) return withCreated(writes.update(object, ids[0], input), false);
	if (key.name === 'Id') return refused(new RowError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id'));
	return withCreated(writes.create(object, { ...input, [key.name]: stored }), true);
}

const withCreated = (result: SaveResult, created: boolean): SaveResult => (result.success ? { ...result, created } : result);

function found(request: ApiRequest): { object: ObjectSpec; key: FieldSpec; ids: string[] } {
	const object = objectOf(request);
	const key = keyField(request, object, request.params.field);
	return { object, key, ids: liveIdsWith(request.org, object, key, acceptValue(key, request.params.value, request.org.schema)) };
}

const choices = ({ version }: ApiRequest, object: ObjectSpec, ids: readonly string[]): ApiAnswer =>
	({ status: 300, body: ids.map((id) => `/services/data/${version}/sobjects/${object.name}/${id}`) });

const missing = ({ params }: ApiRequest) => notFound(`Provided external ID field does not exist or is not accessible: ${params.value}`);

function read(request: ApiRequest): ApiAnswer {
	const { object, ids } = found(request);
	if (ids.length > 1) return choices(request, object, ids);
	const row = ids.length === 1 ? request.org.tables.get(object.name, ids[0]) : undefined;
	if (!row) throw missing(request);
	return ok(rowView(request.org, request.userId, object, row, request.version, fieldsOf(request)));
}

function upsert(request: ApiRequest): ApiAnswer {
	const { object, key, ids } = found(request);
	if (ids.length > 1) return choices(request, object, ids);
	const input = objectBody(request);
	for (const name of ['Id', key.name]) {
		if (name in input) throw new RowError('INVALID_FIELD', `The ${name} field should not be specified in the sobject data.`, [name]);
	}
	const { id, created } = succeeded(upsertRow(new Writes(request), object, key, request.params.value, input));
	const headers = { Location: `/services/data/${request.version}/sobjects/${object.name}/${id}` };
	return { status: created ? 201 : 200, body: { id, success: true, errors: [], created }, headers: created ? headers : {} };
}

function remove(request: ApiRequest): ApiAnswer {
	const { object, ids } = found(request);
	if (ids.length > 1) return choices(request, object, ids);
	if (ids.length === 0) throw missing(request);
	succeeded(new Writes(request).delete(object, ids[0]));
	return { status: 204 };
}
