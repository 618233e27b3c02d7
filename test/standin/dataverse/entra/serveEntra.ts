import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { setTimeout as wait } from 'node:timers/promises';
import { headersToLog } from '../calls';
import type { FaultRequest } from '../faults/FaultSwitches';
import { cut, gatewayPage } from '../http/openHost';
import { answerAuthorizeRequest, refusedPage } from './authorize';
import type { Form } from './authenticateClient';
import { EntraError } from './EntraError';
import { tenantOf, type EntraHost } from './EntraHost';
import type { Tenant } from './Tenant';
import { answerTokenRequest } from './token';

/** Serves what login.microsoftonline.com answers for apps and people of the tenants of one cloud. */
export function serveEntra(app: FastifyInstance, host: EntraHost): void {
	app.post('/:tenant/oauth2/v2.0/token', async (request, reply) => await token(host, request, reply));
	app.get('/:tenant/oauth2/v2.0/authorize', async (request, reply) => await authorize(host, request, reply));
	app.post('/:tenant/oauth2/v2.0/authorize', async (request, reply) => await authorize(host, request, reply));
	app.get(
		'/:tenant/discovery/v2.0/keys',
		async (_request, reply) => await reply.type('application/json; charset=utf-8').send(JSON.stringify(await host.tokens.keys())),
	);
	app.get('/:tenant/v2.0/.well-known/openid-configuration', async (request, reply) => await wellKnown(host, request, reply));
	app.get('/:tenant/discovery/instance', async (request, reply) => {
		const { hostname } = new URL(host.url());
		const metadata = [{ preferred_network: hostname, preferred_cache: hostname, aliases: [hostname] }];
		const endpoint = (request.query as Form).authorization_endpoint ?? '';
		return await reply
			.type('application/json; charset=utf-8')
			.send(
				JSON.stringify({ tenant_discovery_endpoint: endpoint.replace(/\/oauth2.*/, '/v2.0/.well-known/openid-configuration'), 'api-version': '1.1', metadata }),
			);
	});
}

const namedIn = (request: FastifyRequest): string => (request.params as { tenant: string }).tenant.toLowerCase();

/** Form fields; an app may name itself in a Basic header too. https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1 */
function formOf(request: FastifyRequest): Form {
	const [scheme, encoded = ''] = (request.headers.authorization ?? '').split(' ');
	const body = typeof request.body === 'object' ? (request.body as Record<string, string>) : {};
	const fields = { ...(request.query as Record<string, string>), ...body };
	if (scheme !== 'Basic') return fields;
	const [id = '', secret = ''] = Buffer.from(encoded, 'base64')
		.toString('utf8')
		.split(/:(.*)/s)
		.map((text) => decodeURIComponent(text));
	return { client_id: id, client_secret: secret, ...fields };
}

function tenantBehind(host: EntraHost, named: string, form: Form): Tenant | undefined {
	try {
		return tenantOf(host, named, form.client_id, 90038);
	} catch {
		return undefined;
	}
}

async function token(host: EntraHost, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
	const form = formOf(request);
	const tenant = tenantBehind(host, namedIn(request), form);
	const fault: FaultRequest = { method: 'POST', path: request.url.split('?')[0], kind: 'oauth', body: form };
	const faults = tenant?.faults;
	const latency = faults?.strike('latency', fault);
	if (latency) await wait(latency.milliseconds);
	if (faults?.strike('resetBeforeCommit', fault)) return cut(request, reply);
	const made = broken(tenant, fault) ?? (await attempt(host, request, form));
	logTo(tenant, host, request, form, made.status);
	return await reply
		.code(made.status)
		.headers({ 'Cache-Control': 'no-store, no-cache', Pragma: 'no-cache', Date: new Date(host.clock()).toUTCString(), ...made.headers })
		.type(made.type)
		.send(made.body);
}

interface Made {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly type: string;
	readonly body: string;
}

const json = (status: number, body: object, headers: Record<string, string> = {}): Made => ({
	status,
	headers,
	type: 'application/json; charset=utf-8',
	body: JSON.stringify(body),
});

function broken(tenant: Tenant | undefined, fault: FaultRequest): Made | undefined {
	const failed = tenant?.faults.strike('serverError', fault);
	if (failed?.html) return { status: failed.status, headers: {}, type: 'text/html', body: gatewayPage(failed.status, 'Bad Gateway') };
	if (failed)
		return json(failed.status, {
			error: 'server_error',
			error_description: 'AADSTS90033: A transient error has occurred. Please try again.',
			error_codes: [90033],
		});
	const throttled = tenant?.faults.strike('throttled', fault);
	if (throttled)
		return json(
			429,
			{ error: 'temporarily_unavailable', error_description: 'AADSTS90055: Tenant is being throttled due to too many requests.', error_codes: [90055] },
			{ 'Retry-After': String(throttled.retryAfter) },
		);
	return undefined;
}

async function attempt(host: EntraHost, request: FastifyRequest, form: Form): Promise<Made> {
	const correlation = String(form['client-request-id'] ?? request.headers['client-request-id'] ?? '00000000-0000-4000-8000-000000000001');
	const headers = { 'x-ms-request-id': '00000000-0000-4000-8000-000000000002', 'client-request-id': correlation };
	try {
		const refuse = tenantBehind(host, namedIn(request), form)?.faults.strike('refuse', { method: 'POST', path: request.url, kind: 'oauth', body: form });
		if (refuse) throw new EntraError(refuse.code, { app: form.client_id ?? '', tenant: namedIn(request) });
		return json(200, await answerTokenRequest({ host, tenantName: namedIn(request), form }), headers);
	} catch (error) {
		if (!(error instanceof EntraError)) throw error;
		return json(error.status, error.body(host.clock(), headers['x-ms-request-id'], correlation), headers);
	}
}

async function authorize(host: EntraHost, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
	const form = formOf(request);
	const html = (body: string) => reply.code(200).type('text/html; charset=utf-8').send(body);
	const tenant = tenantBehind(host, namedIn(request), form);
	try {
		const made = answerAuthorizeRequest(host, namedIn(request), form);
		logTo(tenant, host, request, form, made.location === undefined ? 200 : 302);
		return made.location === undefined ? await html(made.html ?? '') : await reply.redirect(made.location, 302);
	} catch (error) {
		if (!(error instanceof EntraError)) throw error;
		logTo(tenant, host, request, form, 200);
		return await html(refusedPage(error));
	}
}

async function wellKnown(host: EntraHost, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
	const tenant = host.tenants().find((one) => one.cloud === host.cloud && one.isNamed(namedIn(request)));
	reply.type('application/json; charset=utf-8');
	if (!tenant) {
		const error = new EntraError(90002, { tenant: namedIn(request) });
		return await reply.code(error.status).send(JSON.stringify({ ...error.body(host.clock(), '', ''), error: 'invalid_tenant' }));
	}
	return await reply.send(
		JSON.stringify({
			...(JSON.parse(tenant.authorityMetadata) as object),
			response_types_supported: ['code'],
			response_modes_supported: ['query', 'form_post'],
			subject_types_supported: ['pairwise'],
			id_token_signing_alg_values_supported: ['RS256'],
			token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic', 'private_key_jwt'],
			scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
		}),
	);
}

const secrets = ['client_secret', 'client_assertion', 'refresh_token', 'code', 'code_verifier'];

function logTo(tenant: Tenant | undefined, host: EntraHost, request: FastifyRequest, form: Form, status: number): void {
	const body = Object.fromEntries(Object.entries(form).map(([name, value]) => [name, secrets.includes(name) ? '…' : value]));
	tenant?.calls.add({
		method: request.method,
		path: request.url.split('?')[0],
		kind: 'oauth',
		status,
		at: host.clock(),
		headers: headersToLog(request.headers),
		body,
		operations: [],
	});
}
