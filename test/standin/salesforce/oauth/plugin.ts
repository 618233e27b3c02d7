import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { setTimeout as wait } from 'node:timers/promises';
import { headersToLog } from '../calls';
import type { FaultRequest } from '../faults/Faults';
import type { OrgContext } from '../org/OrgContext';
import type { SignInHostKind, SignInLog } from '../signIn/SignInLog';
import { serveAuthorize } from './authorize';
import { serveIdentity } from './identity';
import { OAuthError } from './OAuthError';
import { serveToken } from './token';
import { serveTokenCare } from './tokenCare';

/** Where the OAuth endpoints are served: the orgs that sign in there and the host's own address. */
export interface SignInHost {
	readonly orgs: () => readonly OrgContext[];
	readonly url: () => string;
	readonly kind: SignInHostKind;
	/** Where every sign-in is kept. */
	readonly signIns: SignInLog;
}

/** What an endpoint answers, and the org it turned out to be about. */
export interface OAuthAnswer {
	readonly org?: OrgContext;
	readonly status?: number;
	readonly type?: string;
	readonly body?: unknown;
	readonly location?: string;
}

type Handler = (request: FastifyRequest) => OAuthAnswer | Promise<OAuthAnswer>;

/** Adds one endpoint with errors, log and faults around it. */
export type AddEndpoint = (method: 'GET' | 'POST', path: string, handle: Handler) => void;

/** The OAuth 2.0 endpoints, the same on login hosts and on My Domain hosts. https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_endpoints.htm */
export function serveOAuth(app: FastifyInstance, host: SignInHost): void {
	const add: AddEndpoint = (method, url, handle) => void app.route({ method, url, handler: async (request, reply) => await answer(host, request, reply, handle) });
	serveAuthorize(add, host);
	serveToken(add, host);
	serveTokenCare(add, host);
	serveIdentity(add, host);
}

/** Form or query parameters by name. */
export const parametersOf = (request: FastifyRequest): Record<string, string | undefined> => ({
	...(request.query as Record<string, string>),
	...(typeof request.body === 'object' && request.body !== null ? (request.body as Record<string, string>) : {}),
});

async function answer(host: SignInHost, request: FastifyRequest, reply: FastifyReply, handle: Handler): Promise<FastifyReply> {
	const fault: FaultRequest = { method: request.method, path: request.url.split('?')[0], kind: 'oauth', body: request.body };
	const orgs = host.orgs();
	for (const org of orgs) {
		const latency = org.faults.strike('latency', fault);
		if (latency) await wait(latency.milliseconds);
		const broken = org.faults.strike('serverError', fault);
		if (broken) return await reply.code(broken.status).send(typeof broken.body === 'string' ? broken.body : JSON.stringify(broken.body));
		if (org.faults.strike('resetBeforeCommit', fault)) return cut(request, reply);
	}
	const made = await attempt(request, handle);
	log(made.org ?? (orgs.length === 1 ? orgs[0] : undefined), request, fault, made);
	if (orgs.some((org) => org.faults.strike('resetAfterCommit', fault))) return cut(request, reply);
	return await send(reply, made);
}

function cut(request: FastifyRequest, reply: FastifyReply): FastifyReply {
	reply.hijack();
	request.raw.socket.resetAndDestroy();
	return reply;
}

async function attempt(request: FastifyRequest, handle: Handler): Promise<OAuthAnswer> {
	try {
		return await handle(request);
	} catch (error) {
		if (error instanceof OAuthError) return { status: error.status, body: error.body };
		throw error;
	}
}

const secrets = ['client_secret', 'refresh_token', 'client_assertion', 'code', 'code_verifier', 'token', 'password', 'assertion'];

function log(org: OrgContext | undefined, request: FastifyRequest, { path, kind }: FaultRequest, made: OAuthAnswer): void {
	const body = Object.fromEntries(Object.entries(parametersOf(request)).map(([name, value]) => [name, secrets.includes(name) ? '…' : value]));
	org?.calls.add({ method: request.method, path, kind, status: made.location ? 302 : (made.status ?? 200), apiCalls: 0, at: org.clock(), headers: headersToLog(request.headers), body });
}

async function send(reply: FastifyReply, { status = 200, type, body, location }: OAuthAnswer): Promise<FastifyReply> {
	if (location !== undefined) return await reply.redirect(location, 302);
	reply.code(status).header('Cache-Control', 'no-cache, no-store');
	if (body === undefined) return await reply.send();
	if (typeof body === 'string') return await reply.type(type ?? 'text/html;charset=UTF-8').send(body);
	return await reply.type('application/json;charset=UTF-8').send(JSON.stringify(body));
}
