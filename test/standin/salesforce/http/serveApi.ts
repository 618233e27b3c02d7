import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { setTimeout as wait } from 'node:timers/promises';
import { headersToLog } from '../calls';
import type { FaultRequest } from '../faults/Faults';
import type { OrgContext } from '../org/OrgContext';
import type { ApiAnswer, ApiRequest, ApiResource } from '../rest/ApiResource';
import { unreadable } from '../rest/ApiResource';
import { findResource } from '../rest/findResource';
import { errorAnswer, perform } from '../rest/perform';
import { checkVersion } from '../rest/versions';
import { authenticate, checkPolicies } from './authenticate';

/** Serves resources below `/services/data/vXX.X`, with sessions, faults, the log and the limit header around each. */
export function serveApi(app: FastifyInstance, org: OrgContext, resources: readonly ApiResource[]): void {
	app.all('/services/data/:version', async (request, reply) => await serve(org, resources, request, reply));
	app.all('/services/data/:version/*', async (request, reply) => await serve(org, resources, request, reply));
}

async function serve(org: OrgContext, resources: readonly ApiResource[], request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
	const incoming = readRequest(resources, request);
	const latency = org.faults.strike('latency', incoming.fault);
	if (latency) await wait(latency.milliseconds);
	const broken = org.faults.strike('serverError', incoming.fault);
	if (broken && !broken.afterCommit) return await send(org, request, reply, incoming, { status: broken.status, body: broken.body }, 0);
	if (org.faults.strike('resetBeforeCommit', incoming.fault)) return cut(org, request, reply, incoming, 0);
	const { answer, apiCalls } = answerTo(org, resources, request, incoming);
	if (org.faults.strike('resetAfterCommit', incoming.fault)) return cut(org, request, reply, incoming, apiCalls);
	return await send(org, request, reply, incoming, broken ? { status: broken.status, body: broken.body } : answer, apiCalls);
}

interface Incoming {
	readonly path: string;
	readonly version: string;
	readonly rawBody: string;
	readonly body: unknown;
	readonly fault: FaultRequest;
}

function readRequest(resources: readonly ApiResource[], request: FastifyRequest): Incoming {
	const { version } = request.params as { version: string };
	const whole = request.url.split('?')[0];
	const path = whole.slice(`/services/data/${version}`.length) || '/';
	const rawBody = typeof request.body === 'string' ? request.body : JSON.stringify(request.body ?? '');
	const body = typeof request.body === 'string' ? parsedJson(request.body) : request.body;
	return { path, version, rawBody, body, fault: { method: request.method, path: whole, kind: kindOf(resources, request.method, path), body } };
}

function parsedJson(text: string): unknown {
	try {
		return text === '' ? undefined : JSON.parse(text);
	} catch {
		return new SyntaxError(text);
	}
}

function kindOf(resources: readonly ApiResource[], method: string, path: string): string {
	try {
		return findResource(resources, method, path).resource.kind;
	} catch {
		return 'unknown';
	}
}

function answerTo(org: OrgContext, resources: readonly ApiResource[], request: FastifyRequest, incoming: Incoming): { answer: ApiAnswer; apiCalls: number } {
	let apiCalls = 0;
	try {
		checkVersion(incoming.version);
		const session = authenticate(org, request.headers, incoming.fault);
		checkPolicies(org, session.userId, incoming.fault);
		apiCalls = 1;
		if (incoming.body instanceof SyntaxError) throw unreadable(`Unexpected character at [line:1, column:1]`);
		const { resource, params } = findResource(resources, request.method, incoming.path);
		const { version, path, body, rawBody } = incoming;
		const call: ApiRequest = {
			org, userId: session.userId, method: request.method, version, path, params, body, rawBody,
			query: request.query as Record<string, string>, headers: request.headers, kind: resource.kind,
		};
		const answer = perform(resource, call);
		return { answer, apiCalls: answer.apiCalls ?? apiCalls };
	} catch (error) {
		return { answer: errorAnswer(error, incoming.rawBody), apiCalls };
	}
}

function log(org: OrgContext, request: FastifyRequest, { fault, body }: Incoming, status: number, apiCalls: number): void {
	const path = request.url;
	org.calls.add({ method: request.method, path, kind: fault.kind, status, apiCalls, at: org.clock(), headers: headersToLog(request.headers), body });
}

function cut(org: OrgContext, request: FastifyRequest, reply: FastifyReply, incoming: Incoming, apiCalls: number): FastifyReply {
	log(org, request, incoming, 0, apiCalls);
	reply.hijack();
	request.raw.socket.resetAndDestroy();
	return reply;
}

async function send(org: OrgContext, request: FastifyRequest, reply: FastifyReply, incoming: Incoming, answer: ApiAnswer, apiCalls: number): Promise<FastifyReply> {
	log(org, request, incoming, answer.status, apiCalls);
	reply.code(answer.status).headers(answer.headers ?? {});
	if (answer.status !== 401) reply.header('Sforce-Limit-Info', `api-usage=${org.calls.used}/${org.calls.limit}`);
	if (answer.body === undefined) return await reply.send();
	if (typeof answer.body === 'string') return await reply.type('text/html;charset=UTF-8').send(answer.body);
	return await reply.type('application/json;charset=UTF-8').send(JSON.stringify(answer.body));
}
