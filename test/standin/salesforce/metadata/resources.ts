import { notFound } from '../http/SalesforceError';
import { ok, type ApiRequest, type ApiResource } from '../rest/ApiResource';
import type { ObjectSpec } from '../schema/sobject';
import { describeBriefly, describeObject } from './describeObject';

/** The object a path names, when the user may see it. Throws 404. */
export function objectOf({ org, userId, params }: ApiRequest): ObjectSpec {
	const object = org.schema.object(params.object);
	if (!object || !org.access.object(userId, object.name).read) throw notFound();
	return object;
}

/** Descriptions: the list of objects, one object in short, one in full. */
export const metadataResources: ApiResource[] = [
	{
		method: 'GET', path: '/sobjects', kind: 'describe',
		handle: ({ org, userId, version }) => {
			const seen = org.schema.all().filter((object) => org.access.object(userId, object.name).read);
			return ok({ encoding: 'UTF-8', maxBatchSize: 200, sobjects: seen.map((object) => describeBriefly(org, userId, object, version)) });
		},
	},
	{
		method: 'GET', path: '/sobjects/:object', kind: 'describe',
		handle: (request) => ok({ objectDescribe: describeBriefly(request.org, request.userId, objectOf(request), request.version), recentItems: [] }),
	},
	{
		method: 'GET', path: '/sobjects/:object/describe', kind: 'describe',
		handle: (request) => {
			const object = objectOf(request);
			const modified = Date.parse(String(request.headers['if-modified-since'] ?? ''));
			if (modified >= request.org.schema.changedAt) return { status: 304 };
			const headers = { 'Last-Modified': new Date(request.org.schema.changedAt).toUTCString() };
			return { status: 200, body: describeObject(request.org, request.userId, object, request.version), headers };
		},
	},
];
