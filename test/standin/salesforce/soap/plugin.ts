import type { FastifyInstance, FastifyRequest } from 'fastify';
import { setTimeout as wait } from 'node:timers/promises';
import { headersToLog } from '../calls';
import type { FaultRequest } from '../faults/Faults';
import type { SignInHost } from '../oauth/plugin';
import type { OrgContext } from '../org/OrgContext';
import type { SignIn } from '../signIn/SignInLog';
import { faultEnvelope, readCall, resultEnvelope, SoapFault, type SoapCall, type Wsdl } from './envelope';
import { login, userInfo } from './login';

const wsdls: Readonly<Record<string, Wsdl>> = { u: 'partner', c: 'enterprise' };
const oldest = 31;
const newest = 67;

interface Asked {
	readonly host: SignInHost;
	readonly signIn: SignIn;
	readonly call: SoapCall;
}

/** The operations of the SOAP API that are imitated: signing in, asking who one is, signing out. */
const operations: Readonly<Record<string, (asked: Asked) => object | undefined>> = {
	login: ({ host, signIn, call }) => login(host, signIn, call),
	// https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_getuserinfo.htm
	getUserInfo: (asked) => {
		const { org, userId } = sessionOf(asked);
		const user = org.users.find(userId);
		return user && userInfo(org, user);
	},
	// https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_logout.htm
	logout: (asked) => {
		const { org, token } = sessionOf(asked);
		org.sessions.end(token);
		return undefined;
	},
};

/** The SOAP API of login hosts and orgs, as far as it signs in. https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_quickstart_intro.htm */
export function serveSoap(app: FastifyInstance, host: SignInHost): void {
	for (const url of ['/services/Soap/:kind/:version', '/services/Soap/:kind/:version/:org']) {
		app.post(url, async (request, reply) => {
			const { kind, version } = request.params as { kind: string; version: string };
			const fault: FaultRequest = { method: 'POST', path: request.url, kind: 'soap', body: undefined };
			for (const org of host.orgs()) {
				const latency = org.faults.strike('latency', fault);
				if (latency) await wait(latency.milliseconds);
				const broken = org.faults.strike('serverError', fault);
				if (broken) return await reply.code(broken.status).send(typeof broken.body === 'string' ? broken.body : JSON.stringify(broken.body));
			}
			const signIn: SignIn = { grant: 'soap', host: host.kind, ip: request.ip, loginUrl: host.url(), apiVersion: version, org: host.kind === 'myDomain' ? host.orgs()[0] : undefined };
			const { status, body } = answerTo({ host, signIn }, wsdls[kind], request);
			signIn.org?.calls.add({ method: 'POST', path: request.url, kind: 'soap', status, apiCalls: 0, at: signIn.org.clock(), headers: headersToLog(request.headers), body: undefined });
			return await reply.code(status).type('text/xml;charset=UTF-8').send(body);
		});
	}
}

function answerTo(asked: Omit<Asked, 'call'>, wsdl: Wsdl | undefined, request: FastifyRequest): { readonly status: number; readonly body: string } {
	try {
		const version = Number(asked.signIn.apiVersion);
		if (!wsdl || !(version >= oldest && version <= newest)) throw new SoapFault('UNSUPPORTED_API_VERSION', 'Invalid Api version specified on URL');
		const call = readCall(String(request.body ?? ''));
		const operate = Object.hasOwn(operations, call.operation) ? operations[call.operation] : undefined;
		if (!operate) throw new SoapFault('soapenv:Client', `No operation available for request {urn:${wsdl}.soap.sforce.com}${call.operation}`);
		return { status: 200, body: resultEnvelope(wsdl, call.operation, operate({ ...asked, call })) };
	} catch (error) {
		if (error instanceof SoapFault) return { status: 500, body: faultEnvelope(wsdl ?? 'partner', error) };
		throw error;
	}
}

function sessionOf({ host, call }: Asked): { readonly org: OrgContext; readonly userId: string; readonly token: string } {
	const header = call.headers.SessionHeader as { readonly sessionId?: unknown } | undefined;
	const token = String(header?.sessionId ?? '');
	for (const org of host.orgs()) {
		const session = org.sessions.find(token);
		if (session && org.users.isActive(session.userId)) return { org, userId: session.userId, token };
	}
	throw new SoapFault('INVALID_SESSION_ID', 'Invalid Session ID found in SessionHeader: Illegal Session');
}
