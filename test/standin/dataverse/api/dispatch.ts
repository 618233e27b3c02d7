import { countChanges, trackChanges, tracksChanges } from '../changes/trackChanges';
import { DataverseError, noSegment } from '../http/DataverseError';
import { definitions } from '../metadata/definitions';
import { countRows, queryRows } from '../query/queryRows';
import type { Table } from '../schema/table';
import type { ApiAnswer, ApiRequest } from './ApiRequest';
import { messages, runBoundAction } from './messages';
import { runMultiple } from './multiples';
import { create, property, remove, retrieve, upsert } from './rows';
import { userPrivileges } from './userPrivileges';

/** What a request is about, and how it is answered. */
export interface Route {
	/** The name calls are counted under. */
	readonly kind: string;
	readonly run: () => ApiAnswer;
}

const namespace = 'Microsoft.Dynamics.CRM.';
const notAllowed = (method: string): DataverseError =>
	new DataverseError(405, '0x80060888', `The requested resource does not support http method '${method}'.`);

/** Finds what answers a request; a path that leads nowhere is found too and throws when it runs. */
export function routeOf(request: ApiRequest): Route {
	const { segments } = request.url;
	const [first] = segments;
	if (!first) return { kind: 'metadata', run: () => serviceDocument(request) };
	const message = segments.length === 1 ? messages[first.name] : undefined;
	if (message) return { kind: message.kind, run: () => message.run(checked(request, message.method)) };
	if (first.name === 'EntityDefinitions') return { kind: 'metadata', run: () => definitions(checked(request, 'GET')) };
	const table = request.env.schema.bySet(first.name);
	if (!table) return { kind: 'unknown', run: () => fail(noSegment(first.name)) };
	return tableRoute(request, table);
}

function tableRoute(request: ApiRequest, table: Table): Route {
	const { method, url } = request;
	const [{ key }, second] = url.segments;
	const tracked = method === 'GET' && key === undefined && tracksChanges(request);
	if (second?.name === '$count' && key === undefined)
		return { kind: tracked ? 'delta' : 'count', run: () => (tracked ? countChanges : countRows)(checked(request, 'GET'), table) };
	if (second?.name.startsWith(namespace)) {
		const name = second.name.slice(namespace.length);
		if (method === 'GET' && key !== undefined) return { kind: 'function', run: () => userPrivileges(request, table, name) };
		return key === undefined
			? { kind: 'multiple', run: () => runMultiple(checked(request, 'POST'), table, name) }
			: { kind: 'action', run: () => runBoundAction(checked(request, 'POST'), table, name) };
	}
	if (second) return { kind: 'rows', run: () => (key === undefined ? fail(noSegment(second.name)) : property(request, table)) };
	if (method === 'GET' && key === undefined) return { kind: tracked ? 'delta' : 'query', run: () => (tracked ? trackChanges : queryRows)(request, table) };
	return { kind: 'rows', run: () => rowAnswer(request, table, key !== undefined) };
}

function rowAnswer(request: ApiRequest, table: Table, keyed: boolean): ApiAnswer {
	if (keyed && request.method === 'GET') return retrieve(request, table);
	if (table.system)
		throw new DataverseError(
			405,
			'0x80040800',
			`The '${request.method}' method does not support entities of type '${table.name}'. MessageProcessorCache returned MessageProcessor.Empty. `,
		);
	if (keyed && request.method === 'PATCH') return upsert(request, table);
	if (keyed && request.method === 'DELETE') return remove(request, table);
	if (!keyed && request.method === 'POST') return create(request, table);
	throw notAllowed(request.method);
}

function checked(request: ApiRequest, method: string): ApiRequest {
	if (request.method !== method) throw notAllowed(request.method);
	return request;
}

function fail(error: Error): never {
	throw error;
}

/** The list of entity sets. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/web-api-service-documents */
function serviceDocument({ env, base }: ApiRequest): ApiAnswer {
	return {
		status: 200,
		body: { '@odata.context': `${base}/$metadata`, value: env.schema.all().map(({ setName }) => ({ name: setName, kind: 'EntitySet', url: setName })) },
	};
}

/** Answers a request; refusals of the service become answers, everything else is thrown on. */
export function answerTo(request: ApiRequest, route: Route): ApiAnswer {
	try {
		const failed = request.env.faults.strike('failOperation', { method: request.method, path: request.url.path, kind: route.kind, body: request.body });
		if (failed) throw new DataverseError(failed.status, failed.code, failed.message, failed.retryAfter === undefined ? {} : { 'Retry-After': String(failed.retryAfter) });
		return route.run();
	} catch (error) {
		if (!(error instanceof DataverseError)) throw error;
		return { status: error.status, body: error.body(request.headers.prefer?.includes('odata.include-annotations="*"')), headers: error.headers };
	}
}
