import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import type { AuthorizedHttp, HttpRequest, HttpResponse } from '../model/authorizedHttp';
import { CrmError } from '../model/crmError';
import { flatHeaders, refusalAnswer, requestFailure } from './credentialFailure';
import type { CredentialKind } from './credentialKinds';
import type { CrmContext } from './crmContext';
import { readSignIn } from './credentialSignIn';
import { askedByNode } from './signIn/asking';
import { reachedOtherOrg } from './signIn/reachedOtherOrg';

/** Longer than a search takes, shorter than a person waits for a run that hangs. A request that may take longer says so. */
const answerWithinMs = 120_000;

interface FullAnswer {
	readonly statusCode: number;
	readonly headers?: Readonly<Record<string, unknown>>;
	readonly body?: unknown;
}

/**
 * Reaches a CRM through n8n's own authenticated requests, so that renewal, proxies and the storing of tokens stay n8n's. `admittedOrg`
 * names the only org to which anything may be sent, by its canonical id, as soon as that is known.
 */
export function createAuthorizedHttp(context: CrmContext, kind: CredentialKind, admittedOrg: () => string | undefined = () => undefined): AuthorizedHttp {
	return {
		async send(request) {
			if (!request.path.startsWith('/')) throw new Error('A path below the host of the connection begins with a slash');
			const signal = endSignal(context, request);
			if (signal?.aborted) throw new CrmError('cancelled', { message: 'The run was stopped.' });
			const { instanceUrl, orgId, redact } = await readSignIn(context, kind);
			const admitted = admittedOrg();
			if (admitted !== undefined && orgId !== undefined && orgId !== admitted) throw reachedOtherOrg(kind.crmName, admitted, orgId);
			const url = `${instanceUrl}${request.path}`;
			// A credential that n8n signs in by itself learns its host only then.
			const target = kind.signInPath === undefined ? url : request.path;
			try {
				return await askedByNode(async () => await ask(context, kind.credentialType, optionsOf(request, target), signal), admitted);
			} catch (error) {
				const refusal = refusalAnswer(error);
				if (refusal) return refusal;
				throw requestFailure(error, { kind, url, aborted: signal?.aborted === true, redact });
			}
		},
	};
}

function optionsOf({ method, headers, body, timeoutMs = answerWithinMs }: HttpRequest, url: string): IHttpRequestOptions {
	return {
		method,
		url,
		headers: { ...headers },
		...(body === undefined ? {} : { body }),
		json: false,
		encoding: 'text',
		returnFullResponse: true,
		// Every status is an answer, but n8n renews an expired sign-in only where a 401 is still an error to it.
		ignoreHttpStatusErrors: { ignore: true, except: [401] },
		// Followed, a redirect would carry the token to whatever host it names.
		disableFollowRedirect: true,
		timeout: timeoutMs,
	};
}

async function ask(context: CrmContext, credentialType: string, options: IHttpRequestOptions, signal: AbortSignal | undefined): Promise<HttpResponse> {
	// n8n replaces the signal of the request by the one that its context hands out.
	const caller = Object.create(context, { getExecutionCancelSignal: { value: () => signal } }) as IExecuteFunctions;
	const answer = (await context.helpers.httpRequestWithAuthentication.call(caller, credentialType, options)) as FullAnswer;
	return { status: answer.statusCode, headers: flatHeaders(answer.headers ?? {}), text: typeof answer.body === 'string' ? answer.body : '' };
}

/** Ends when the run is stopped or the caller no longer wants the answer. */
function endSignal(context: CrmContext, request: HttpRequest): AbortSignal | undefined {
	const signals = [executionSignal(context), request.signal].filter((signal) => signal !== undefined);
	return signals.length > 1 ? AbortSignal.any(signals) : signals[0];
}

/** The signal that n8n gives to a run when a person stops it; some contexts have none. */
export function executionSignal(context: CrmContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}
