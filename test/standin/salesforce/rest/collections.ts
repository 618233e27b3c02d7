import { canonicalId } from '../ids';
import { SalesforceError } from '../http/SalesforceError';
import { objectOf } from '../metadata/resources';
import { RowError, refused, type SaveResult } from '../records/RowError';
import type { Input } from '../records/save';
import type { ObjectSpec } from '../schema/sobject';
import { noSuchColumnText } from '../soql/SoqlError';
import { objectBody, ok, unreadable, type ApiAnswer, type ApiRequest, type ApiResource } from './ApiResource';
import { keyField, upsertRow } from './externalIds';
import { rowView } from './rowView';
import { Writes } from './writes';

/** Up to 200 records in one call. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobjects_collections.htm */
export const collectionResources: ApiResource[] = [
	{ method: 'POST', path: '/composite/sobjects', kind: 'collections', handle: create },
	{ method: 'PATCH', path: '/composite/sobjects', kind: 'collections', handle: update },
	{ method: 'DELETE', path: '/composite/sobjects', kind: 'collections', handle: remove },
	{ method: 'PATCH', path: '/composite/sobjects/:object/:field', kind: 'collections', handle: upsert },
	{ method: 'POST', path: '/composite/sobjects/:object', kind: 'collections', handle: retrieve },
	{ method: 'GET', path: '/composite/sobjects/:object', kind: 'collections', handle: retrieve },
];

const largest = 200;

function create(request: ApiRequest): ApiAnswer {
	const writes = new Writes(request);
	return writeAll(request, recordsOf(request), (record) => writes.create(typeOf(request, record), fieldsOnly(record)));
}

function update(request: ApiRequest): ApiAnswer {
	const writes = new Writes(request);
	const once = onlyOnce();
	return writeAll(request, recordsOf(request), (record) => {
		const id = record.id ?? record.Id;
		if (id === undefined || id === null) return refused(new RowError('MISSING_ARGUMENT', 'Id not specified in an update call', ['Id']));
		return once(canonicalId(id) ?? String(id)) ?? writes.update(typeOf(request, record), id, fieldsOnly(record));
	});
}

function upsert(request: ApiRequest): ApiAnswer {
	const object = objectOf(request);
	const key = keyField(request, object, request.params.field);
	const records = recordsOf(request);
	const valueOf = (record: Input) => Object.entries(record).find(([name]) => name.toLowerCase() === key.name.toLowerCase())?.[1];
	const keys = records.map((record) => String(valueOf(record) ?? '').trim().toLowerCase());
	const writes = new Writes(request);
	return writeAll(request, records, (record) => {
		const value = valueOf(record);
		if (value === undefined || value === null || value === '') return refused(new RowError('MISSING_ARGUMENT', `${key.name} not specified`, []));
		// Rows that share a key are all refused: https://docs.tibco.com/pub/bwpluginsalesforce/6.7.0/doc/html/GUID-34C0ECEF-319C-4D36-B6AC-77CFF65B9A2D.html
		if (keys.filter((one) => one === String(value).trim().toLowerCase()).length > 1) return refused(new RowError('DUPLICATE_VALUE', `Duplicate external id specified: ${String(value).trim().toLowerCase()}`));
		const rest = Object.fromEntries(Object.entries(fieldsOnly(record)).filter(([name]) => name.toLowerCase() !== key.name.toLowerCase()));
		return upsertRow(writes, object, key, value, rest);
	});
}

function remove(request: ApiRequest): ApiAnswer {
	const ids = (request.query.ids ?? '').split(',').filter((id) => id !== '');
	const writes = new Writes(request);
	const once = onlyOnce();
	const rows = ids.map((id): Input => ({ id }));
	return writeAll({ ...request, body: { allOrNone: request.query.allOrNone === 'true' } }, limited(rows), ({ id }) => {
		const object = request.org.schema.objectOfId(String(id));
		if (!canonicalId(id) || !object) return refused(new RowError('MALFORMED_ID', `malformed id ${String(id)}`));
		return once(canonicalId(id) ?? '') ?? writes.delete(object, id);
	});
}

function retrieve(request: ApiRequest): ApiAnswer {
	const object = objectOf(request);
	const { ids, fields } = request.method === 'GET' ? { ids: (request.query.ids ?? '').split(','), fields: (request.query.fields ?? '').split(',') } : objectBody(request);
	if (!Array.isArray(ids) || !Array.isArray(fields)) throw unreadable('ids and fields are required');
	if (ids.length > 2000) throw tooMany(2000);
	const unknown = fields.find((name) => !request.org.schema.field(object, String(name)));
	if (unknown !== undefined) throw new SalesforceError(400, 'INVALID_FIELD', noSuchColumnText(String(unknown), object.name));
	return ok(ids.map((given) => {
		const row = request.org.tables.get(object.name, canonicalId(given) ?? '');
		return row && row.IsDeleted !== true ? rowView(request.org, request.userId, object, row, request.version, fields.map(String)) : null;
	}));
}

function recordsOf(request: ApiRequest): Input[] {
	const { records } = objectBody(request);
	if (!Array.isArray(records)) throw unreadable('The HTTP entity body is required, but this request has no entity body.');
	const broken = records.find((record) => typeof record !== 'object' || record === null);
	if (broken !== undefined) throw unreadable(`Cannot deserialize instance of sobject from ${String(broken)}`);
	return limited(chunked(records as Input[]));
}

function limited(rows: Input[]): Input[] {
	if (rows.length > largest) throw tooMany(largest);
	return rows;
}

/** Records of one type in a row are a chunk; ten are allowed. */
function chunked(records: Input[]): Input[] {
	const types = records.map((record) => String((record.attributes as { type?: unknown } | undefined)?.type ?? '').toLowerCase());
	const chunks = types.filter((type, index) => index === 0 || type !== types[index - 1]).length;
	if (chunks > 10) throw new SalesforceError(400, 'LIMIT_EXCEEDED', 'Cannot have more than 10 chunks in a single operation. Please rearrange the data to reduce chunking.');
	return records;
}

const tooMany = (most: number) => new SalesforceError(400, 'EXCEEDED_ID_LIMIT', `record limit reached. cannot submit more than ${most} records into this call`);

function typeOf({ org }: ApiRequest, record: Input): ObjectSpec {
	const type = String((record.attributes as { type?: unknown } | undefined)?.type ?? '');
	const object = org.schema.object(type);
	if (!object) throw new SalesforceError(400, 'INVALID_TYPE', `sObject type '${type}' is not supported.`);
	return object;
}

const fieldsOnly = (record: Input): Input => Object.fromEntries(Object.entries(record).filter(([name]) => name !== 'attributes' && name !== 'id'));

/** Refuses the second row with the same id in one request. */
function onlyOnce(): (key: string) => SaveResult | undefined {
	const seen = new Set<string>();
	return (key) => {
		if (seen.has(key)) return refused(new RowError('DUPLICATE_VALUE', `Duplicate id specified: ${key}`));
		seen.add(key);
		return undefined;
	};
}

function writeAll(request: ApiRequest, records: readonly Input[], write: (record: Input) => SaveResult): ApiAnswer {
	const allOrNone = (request.body as { allOrNone?: unknown } | undefined)?.allOrNone === true;
	const every = (results: readonly SaveResult[]) => results.every((result) => result.success);
	const results = request.org.tables.atomically(() => records.map(write), (made) => !allOrNone || every(made));
	if (!allOrNone || every(results)) return ok(results.map(resultBody));
	const rolledBack = new RowError('ALL_OR_NONE_OPERATION_ROLLED_BACK', 'Record rolled back because not all records were valid and the request was using AllOrNone header');
	return ok(results.map((result) => resultBody(result.success ? refused(rolledBack) : result)));
}

/** A row of a collection: a refused one has no id, its key is statusCode, and it does not show the duplicates that a rule found. */
function resultBody({ id, success, created, errors }: SaveResult): object {
	if (success) return { id, success, errors: [], ...(created === undefined ? {} : { created }) };
	return { success, errors: errors.map(({ statusCode, message, fields }) => ({ statusCode, message, fields })) };
}
