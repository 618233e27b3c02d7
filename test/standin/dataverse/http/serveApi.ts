import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { setTimeout as wait } from 'node:timers/promises';
import type { ApiAnswer, ApiRequest } from '../api/ApiRequest';
import { answerTo, routeOf } from '../api/dispatch';
import { parseUrl } from '../api/parseUrl';
import { runBatch, type BatchAnswer } from '../batch/runBatch';
import { headersToLog, type LoggedOperation } from '../calls';
import type { EnvironmentContext } from '../environment/EnvironmentContext';
import type { ServiceLimit } from '../faults/EnvironmentFaults';
import type { FaultRequest } from '../faults/FaultSwitches';
import { authenticate, Unauthorized } from './authenticate';
import { DataverseError } from './DataverseError';
import { cut, gatewayPage } from './openHost';

interface Made extends ApiAnswer {
	readonly operations?: readonly LoggedOperation[];
}

interface Incoming {
	readonly request: FastifyRequest;
	readonly reply: FastifyReply;
	readonly base: string;
	readonly path: string;
	readonly body: unknown;
	readonly fault: FaultRequest;
}

/** Serves the Web API below `/api/data/v9.x`, with tokens, faults and the log around each request. */
export function serveApi(app: FastifyInstance, env: EnvironmentContext): void {
	app.all('/api/data/:version', async (request, reply) => await serve(env, request, reply));
	app.all('/api/data/:version/*', async (request, reply) => await serve(env, request, reply));
}

async function serve(env: EnvironmentContext, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
	const incoming = readRequest(env, request, reply);
	const { fault } = incoming;
	const latency = env.faults.strike('latency', fault);
	if (latency) await wait(latency.milliseconds);
	if (env.settings.mode === 'gone') return await sendPage(env, incoming, 404, gatewayPage(404, 'Not Found'));
	const broken = env.faults.strike('serverError', fault);
	if (broken?.work === 'late') env.settings.lateWork.push(() => void attempt(env, incoming));
	if (broken && broken.work !== 'before') return await sendBroken(env, incoming, broken);
	if (env.faults.strike('resetBeforeCommit', fault)) return cutOff(env, incoming, []);
	const made = attempt(env, incoming);
	if (env.faults.strike('resetAfterCommit', fault)) return cutOff(env, incoming, made.operations ?? []);
	if (broken) return await sendBroken(env, incoming, broken, made.operations);
	return await send(env, incoming, made);
}

function readRequest(env: EnvironmentContext, request: FastifyRequest, reply: FastifyReply): Incoming {
	const { version } = request.params as { version: string };
	const prefix = `/api/data/${version}`;
	const path = request.url.slice(prefix.length + 1);
	const text = typeof request.body === 'string' ? request.body : '';
	const batch = /^\$batch(\?|$)/.test(path);
	const body = batch ? text : parsedJson(text);
	return {
		request,
		reply,
		base: env.url + prefix,
		path,
		body,
		fault: { method: request.method, path: `/${path.split('?')[0]}`, kind: batch ? 'batch' : kindOf(env, request, path), body },
	};
}

function parsedJson(text: string): unknown {
	try {
		return text === '' ? undefined : JSON.parse(text);
	} catch {
		return new SyntaxError(text);
	}
}

const headersOf = (request: FastifyRequest): Record<string, string | undefined> =>
	Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]));

function kindOf(env: EnvironmentContext, request: FastifyRequest, path: string): string {
	try {
		const [user] = env.users;
		return routeOf({ env, user, method: request.method, base: '', url: parseUrl(path), headers: headersOf(request), body: undefined, contentIds: new Map() })
			.kind;
	} catch {
		return 'unknown';
	}
}

function attempt(env: EnvironmentContext, { request, path, base, body, fault }: Incoming): Made {
	try {
		if (env.faults.strike('ipFirewall', fault))
			throw new DataverseError(
				403,
				'0x80095ffe',
				`The IP address ${request.ip} you are using to access the Dataverse environment is not within the range of IP addresses that your organization's administrator has configured.`,
			);
		const user = authenticate(env, request.headers, fault);
		const limited = env.faults.strike('serviceProtection', fault);
		if (limited) throw tooMany(limited.limit, limited.retryAfter);
		if (!/^\/api\/data\/v9\.[0-2]$/.test(base.slice(env.url.length)))
			throw new DataverseError(404, '0x80060888', `Resource not found for the segment '${base.split('/').pop() ?? ''}'.`);
		if (body instanceof SyntaxError) throw new DataverseError(400, '0x80048d19', `Error identified in Payload provided by the user: Invalid JSON.`);
		const asked: ApiRequest = { env, user, method: request.method, base, url: parseUrl(path), headers: headersOf(request), body, contentIds: new Map() };
		if (fault.kind !== 'batch') return answerTo(asked, routeOf(asked));
		return batchAnswer(runBatch(asked), env.faults.strike('cutBatch', fault)?.afterParts);
	} catch (error) {
		if (error instanceof DataverseError) return { status: error.status, body: error.body(), headers: error.headers };
		if (error instanceof Unauthorized) return { status: 401, headers: { 'WWW-Authenticate': error.header } };
		throw error;
	}
}

// https://learn.microsoft.com/en-us/power-apps/developer/data-platform/api-limits#service-protection-api-limit-errors-returned
const limits: Record<ServiceLimit, readonly [code: string, message: string]> = {
	requests: ['0x80072322', 'Number of requests exceeded the limit of 6000 over time window of 300 seconds.'],
	time: [
		'0x80072321',
		'Combined execution time of incoming requests exceeded limit of 1,200,000 milliseconds over time window of 300 seconds. Decrease number of concurrent requests or reduce the duration of requests and try again later.',
	],
	concurrency: ['0x80072326', 'Number of concurrent requests exceeded the limit of 52.'],
};

const tooMany = (limit: ServiceLimit, retryAfter: number): DataverseError => new DataverseError(429, ...limits[limit], { 'Retry-After': String(retryAfter) });

function batchAnswer({ status, parts, boundary, operations }: BatchAnswer, cutAfter: number | undefined): Made {
	const whole = parts.map((part) => `--${boundary}\r\n${part}\r\n`);
	const text =
		cutAfter === undefined
			? `${whole.join('')}--${boundary}--\r\n`
			: `${whole.slice(0, cutAfter).join('')}${(whole[cutAfter] ?? `--${boundary}--`).slice(0, 60)}`;
	return { status, body: text, headers: { 'Content-Type': `multipart/mixed; boundary=${boundary}` }, operations };
}

function log(env: EnvironmentContext, { request, fault, path, body }: Incoming, status: number, operations: readonly LoggedOperation[] = []): void {
	env.calls.add({
		method: request.method,
		path: `/${path}`,
		kind: fault.kind,
		status,
		at: env.clock(),
		headers: headersToLog(request.headers),
		body,
		operations,
	});
}

function cutOff(env: EnvironmentContext, incoming: Incoming, operations: readonly LoggedOperation[]): FastifyReply {
	log(env, incoming, 0, operations);
	return cut(incoming.request, incoming.reply);
}

async function sendPage(env: EnvironmentContext, incoming: Incoming, status: number, html: string): Promise<FastifyReply> {
	log(env, incoming, status);
	return await incoming.reply.code(status).type('text/html; charset=us-ascii').send(html);
}

async function sendBroken(
	env: EnvironmentContext,
	incoming: Incoming,
	{ status, body }: { status: number; body: string | object },
	operations?: readonly LoggedOperation[],
): Promise<FastifyReply> {
	if (typeof body === 'string') return await sendPage(env, incoming, status, body);
	return await send(env, incoming, { status, body, ...(operations ? { operations } : {}) });
}

async function send(env: EnvironmentContext, incoming: Incoming, { status, body, headers = {}, operations }: Made): Promise<FastifyReply> {
	log(env, incoming, status, operations);
	const { reply } = incoming;
	const requestId = env.guids.next();
	reply.code(status).headers({ 'OData-Version': '4.0', REQ_ID: requestId, 'x-ms-service-request-id': requestId, Date: new Date(env.clock()).toUTCString() });
	// https://learn.microsoft.com/en-us/power-apps/developer/data-platform/send-parallel-requests
	if (status !== 401)
		reply.headers({ 'x-ms-dop-hint': '4', 'x-ms-ratelimit-burst-remaining-xrm-requests': '5999', 'x-ms-ratelimit-time-remaining-xrm-requests': '1,200.00' });
	reply.headers(headers);
	if (body === undefined) return await reply.send();
	if (typeof body === 'string') return await reply.send(body);
	return await reply.type('application/json; odata.metadata=minimal').send(JSON.stringify(body));
}
