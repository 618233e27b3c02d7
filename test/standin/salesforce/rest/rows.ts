import { canonicalId } from '../ids';
import { notFound, SalesforceError } from '../http/SalesforceError';
import { objectOf } from '../metadata/resources';
import { RowError, statusOf, type SaveResult } from '../records/RowError';
import type { ObjectSpec } from '../schema/sobject';
import { noSuchColumnText } from '../soql/SoqlError';
import { objectBody, ok, type ApiAnswer, type ApiRequest, type ApiResource } from './ApiResource';
import { errorDetailsOf, rowErrorBody } from './perform';
import { rowView } from './rowView';
import { Writes } from './writes';

/** Single records by id. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_retrieve.htm */
export const rowResources: ApiResource[] = [
	{ method: 'POST', path: '/sobjects/:object', kind: 'rows', handle: create },
	{ method: 'GET', path: '/sobjects/:object/:id', kind: 'rows', handle: read },
	{ method: 'PATCH', path: '/sobjects/:object/:id', kind: 'rows', handle: update },
	{ method: 'DELETE', path: '/sobjects/:object/:id', kind: 'rows', handle: remove },
];

function create(request: ApiRequest): ApiAnswer {
	const object = objectOf(request);
	const result = succeeded(new Writes(request).create(object, objectBody(request)));
	const headers = { Location: `/services/data/${request.version}/sobjects/${object.name}/${result.id}` };
	return { status: 201, body: { id: result.id, success: true, errors: [] }, headers };
}

function read(request: ApiRequest): ApiAnswer {
	const object = objectOf(request);
	const row = request.org.tables.get(object.name, idOf(request, object));
	if (!row) throw notFound();
	if (row.IsDeleted === true) throw new SalesforceError(404, 'ENTITY_IS_DELETED', 'entity is deleted');
	const fields = fieldsOf(request);
	const unknown = fields?.find((name) => !request.org.schema.field(object, name) || request.org.access.field(request.userId, object.name, name) === 'hidden');
	if (unknown) throw new SalesforceError(400, 'INVALID_FIELD', noSuchColumnText(unknown, object.name));
	return ok(rowView(request.org, request.userId, object, row, request.version, fields && ['Id', ...fields]));
}

/** The record id of the path; what is no id of this object is taken for an external id that is not there. */
function idOf({ params }: ApiRequest, object: ObjectSpec): string {
	const id = canonicalId(params.id);
	if (!id || !id.startsWith(object.keyPrefix)) throw notFound(`Provided external ID field does not exist or is not accessible: ${params.id}`);
	return id;
}

/** The names in `?fields=`; undefined when all are asked for. */
export const fieldsOf = ({ query }: ApiRequest): string[] | undefined =>
	query.fields === undefined ? undefined : query.fields.split(',').map((name) => name.trim()).filter((name) => name !== '');

function update(request: ApiRequest): ApiAnswer {
	const input = objectBody(request);
	if (Object.keys(input).some((key) => key.toLowerCase() === 'id')) {
		throw new SalesforceError(400, 'INVALID_FIELD', 'The Id field should not be specified in the sobject data.', { fields: ['Id'] });
	}
	return written(request, (object) => new Writes(request).update(object, request.params.id, input));
}

function remove(request: ApiRequest): ApiAnswer {
	return written(request, (object) => new Writes(request).delete(object, request.params.id));
}

function written(request: ApiRequest, write: (object: ObjectSpec) => SaveResult): ApiAnswer {
	const object = objectOf(request);
	if (!request.org.tables.get(object.name, idOf(request, object))) return { status: 404, body: [rowErrorBody(new RowError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id'))] };
	succeeded(write(object));
	return { status: 204 };
}

/** The result when it is a success; otherwise the refusal as an error answer. */
export function succeeded(result: SaveResult): SaveResult {
	const [error] = result.errors;
	if (!error) return result;
	throw new SalesforceError(statusOf(error), error.statusCode, error.message, errorDetailsOf(error));
}
