import type { FastifyInstance, FastifyRequest } from 'fastify';
import { compileFilter, type FindProperty } from '../query/evaluate';
import { parseFilter } from '../query/parseFilter';
import { parseUrl } from '../api/parseUrl';
import type { EnvironmentContext } from '../environment/EnvironmentContext';
import type { Tokens } from '../entra/Tokens';
import { DataverseError } from '../http/DataverseError';
import type { Clock } from '../../salesforce/time';
import { CallLog, headersToLog } from '../calls';

/** What the discovery host knows. */
export interface DiscoveryHost {
	readonly url: () => string;
	readonly clock: Clock;
	readonly tokens: Tokens;
	readonly calls: CallLog;
	readonly environments: () => readonly EnvironmentContext[];
}

type Instance = Readonly<Record<string, unknown>>;

/** Serves Global Discovery: the environments a person may enter. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/discovery-service */
export function serveDiscovery(app: FastifyInstance, host: DiscoveryHost): void {
	app.get('/api/discovery/v2.0/*', async (request, reply) => {
		const made = attempt(host, request);
		host.calls.add({
			method: 'GET',
			path: request.url,
			kind: 'discovery',
			status: made.status,
			at: host.clock(),
			headers: headersToLog(request.headers),
			body: undefined,
			operations: [],
		});
		reply.code(made.status).header('OData-Version', '4.0');
		if (made.body === undefined) return await reply.header('WWW-Authenticate', `Bearer resource_id=${host.url()}/`).send();
		return await reply.type('application/json; odata.metadata=minimal').send(JSON.stringify(made.body));
	});
}

function attempt(host: DiscoveryHost, request: FastifyRequest): { status: number; body?: object } {
	const token = host.tokens.find(/^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '');
	if (!token || token.audience !== host.url() || token.expiresAt <= host.clock()) return { status: 401 };
	const { segments, options } = parseUrl(request.url.slice('/api/discovery/v2.0/'.length));
	try {
		if (segments[0]?.name !== 'Instances') throw new DataverseError(404, '0x80060888', `Resource not found for the segment '${segments[0]?.name ?? ''}'.`);
		// People only: an application finds nothing here.
		const entered = token.appOnly ? [] : host.environments().filter((env) => env.tenant.id === token.tenantId && mayEnter(env, token.objectId));
		const key = /'(.*)'/.exec(segments[0].key ?? '')?.[1] ?? segments[0].key;
		const all = entered.map(instanceOf).filter((one) => key === undefined || [one.Id, one.UniqueName].includes(key));
		const test = options.$filter === undefined ? () => true : compileFilter(parseFilter(options.$filter), property);
		return {
			status: 200,
			body: { '@odata.context': `${host.url()}/api/discovery/v2.0/$metadata#Instances`, value: all.filter(test).map((one) => selected(one, options.$select)) },
		};
	} catch (error) {
		if (error instanceof DataverseError) return { status: error.status, body: error.body() };
		throw error;
	}
}

const property: FindProperty<Instance> = ([name]) => ({ kind: 'any', exact: true, read: (instance) => instance[name] });

function mayEnter(env: EnvironmentContext, objectId: string): boolean {
	const user = env.users.find((one) => one.objectId === objectId);
	return env.settings.mode !== 'gone' && user !== undefined && env.store.get('systemuser', user.id)?.isdisabled !== true;
}

function selected(instance: Instance, select: string | undefined): Instance {
	return select === undefined ? instance : Object.fromEntries(select.split(',').map((name) => [name, instance[name]]));
}

// https://learn.microsoft.com/en-us/dotnet/api/microsoft.xrm.sdk.organization.organizationtype
const organizationTypes = { production: 0, sandbox: 5 };

function instanceOf(env: EnvironmentContext): Instance {
	return {
		Id: env.organizationId,
		UniqueName: env.uniqueName,
		UrlName: env.uniqueName,
		FriendlyName: env.name,
		State: env.settings.mode === 'administration' ? 1 : 0,
		StatusMessage: 0,
		Version: env.version,
		Url: env.url,
		ApiUrl: env.url,
		LastUpdated: '2026-01-01T00:00:00Z',
		SchemaType: 'Full',
		Region: 'EMEA',
		OrganizationType: env.sandbox ? organizationTypes.sandbox : organizationTypes.production,
		TenantId: env.tenant.id,
		EnvironmentId: env.environmentId,
		DatacenterId: '2cc3a4ee-98b7-4a0f-ba45-92ea1a6a6d8c',
		DatacenterName: null,
		TrialExpirationDate: null,
		Purpose: '',
		IsUserSysAdmin: false,
	};
}
