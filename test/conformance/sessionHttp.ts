import type { AuthorizedHttp, HttpRequest, HttpResponse } from '../../src/model/authorizedHttp';
import { CrmError } from '../../src/model/crmError';

/** How to reach a CRM with a session. */
export interface SessionSource {
	readonly origin: string;
	/** Gives a session's token; asked again once when a request was refused with 401. */
	readonly issue: () => string | Promise<string>;
}

/** Failures after which the request surely never reached the CRM. */
const neverLeft = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

/** Real HTTP with a session, renewed at most once per request. */
export function sessionHttp({ origin, issue }: SessionSource): AuthorizedHttp {
	let token: string | undefined;
	return {
		send: async (request) => {
			token ??= await issue();
			const first = await exchange(origin, token, request);
			if (first.status !== 401) return first;
			token = await issue();
			return await exchange(origin, token, request);
		},
	};
}

async function exchange(origin: string, token: string, { method, path, headers, body, signal }: HttpRequest): Promise<HttpResponse> {
	try {
		const response = await fetch(`${origin}${path}`, { method, body, signal, redirect: 'manual', headers: { ...headers, authorization: `Bearer ${token}` } });
		return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
	} catch (error) {
		if (signal?.aborted) throw new CrmError('cancelled', { message: 'The run was stopped.' });
		// Under Jest, fetch throws an Error of another realm.
		const { cause } = error as { cause?: { code?: string } };
		throw new CrmError('unavailable', { message: 'No answer from the CRM.', replyLost: !neverLeft.has(cause?.code ?? ''), cause: error });
	}
}
