import { CrmError, type CrmErrorDetails } from '../model/crmError';
import type { HttpResponse } from '../model/authorizedHttp';
import type { CredentialKind } from './credentialKinds';
import { failedSignIn } from './signIn/signInFailure';

/** What is known about a request that brought no usable answer. */
export interface FailedRequest {
	readonly kind: CredentialKind;
	/** The full address that was asked. */
	readonly url: string;
	readonly aborted: boolean;
	readonly redact: (text: string) => string;
}

/** Who was asked, and where. */
export interface Asked extends Pick<FailedRequest, 'url' | 'redact'> {
	readonly crmName: string;
}

/** The shapes that n8n and axios throw, as far as they are read here; each error may hide the next one in `cause`. */
interface Thrown {
	readonly name?: string;
	readonly message?: string;
	readonly code?: string;
	readonly syscall?: string;
	readonly cause?: unknown;
	readonly body?: { readonly error?: unknown; readonly error_description?: unknown };
	readonly failure?: { readonly cause?: string };
	readonly config?: { readonly url?: string; readonly baseURL?: string };
	readonly response?: { readonly status: number; readonly headers?: Readonly<Record<string, unknown>>; readonly data?: unknown };
}

/** The CRM's own 401, which n8n throws once it has renewed the sign-in in vain; `undefined` when the error is something else. */
export function refusalAnswer(error: unknown): HttpResponse | undefined {
	const response = chain(error).find((thrown) => thrown.response?.status === 401)?.response;
	return response && { status: 401, headers: flatHeaders(response.headers ?? {}), text: typeof response.data === 'string' ? response.data : '' };
}

/** Header names in lower case, repeated headers joined. */
export function flatHeaders(headers: Readonly<Record<string, unknown>>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value.join(', ') : String(value)]),
	);
}

/** Words for a request that n8n could not carry out. */
export function requestFailure(error: unknown, request: FailedRequest): CrmError {
	const thrown = chain(error);
	if (request.aborted || thrown.some(({ code, name }) => code === 'ERR_CANCELED' || name === 'AbortError')) {
		return new CrmError('cancelled', { message: 'The run was stopped.', replyLost: true });
	}
	return failedSignIn(error) ?? refusedRenewal(thrown, request) ?? brokenRenewal(thrown, request) ?? noAnswer(thrown, { ...request, crmName: request.kind.crmName });
}

/** Words for a request that n8n sent without a credential, and that brought no answer. */
export function unanswered(error: unknown, asked: Asked): CrmError {
	return noAnswer(chain(error), asked);
}

const temporary = ['server_error', 'temporarily_unavailable', 'rate_limit_exceeded'];

function refusedRenewal(thrown: readonly Thrown[], { kind, redact }: FailedRequest): CrmError | undefined {
	const { crmName } = kind;
	const reconnect = 'Open the credential and connect the account again.';
	// n8n declares this for the answer invalid_grant alone, and keeps the reason that came with it to itself.
	if (thrown.some(({ failure }) => failure?.cause === 'credential-invalid')) {
		return new CrmError('auth', { message: `The saved sign-in to ${crmName} is no longer valid.`, remedy: reconnect, code: 'invalid_grant', reason: 'refresh-refused' });
	}
	const { error, error_description: description } = thrown.find(({ code }) => code === 'EAUTH')?.body ?? {};
	if (typeof error === 'string' && !temporary.includes(error)) return kind.signInError(error, typeof description === 'string' ? redact(description) : '');
	if (thrown.some(({ message }) => message?.includes('no refresh token is available'))) {
		return new CrmError('auth', {
			message: `The sign-in to ${crmName} has ended and cannot be renewed, because ${crmName} gave no refresh token.`,
			remedy: kind.refreshTokenRemedy,
			code: 'NO_REFRESH_TOKEN',
			reason: 'no-refresh-token',
		});
	}
	return undefined;
}

/** The CRM had already refused the request when the renewal failed, so nothing was done. */
function brokenRenewal(thrown: readonly Thrown[], request: FailedRequest): CrmError | undefined {
	const atSignIn = thrown.some(({ code, config }) => code === 'EAUTH' || code === 'ESTATUS' || (config?.url !== undefined && addressOf(config) !== request.url));
	if (!atSignIn) return undefined;
	return new CrmError('unavailable', {
		message: `The sign-in to ${request.kind.crmName} had to be renewed, but its sign-in service gave no usable answer.`,
		remedy: 'Try again in a few minutes.',
		code: networkCode(thrown),
		transient: true,
	});
}

function addressOf({ url = '', baseURL = '' }: NonNullable<Thrown['config']>): string {
	return url.startsWith('/') ? `${baseURL}${url}` : url;
}

const unknownHost = ['ENOTFOUND', 'EAI_NODATA', 'EAI_NONAME'];
const neverConnected = [...unknownHost, 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL'];
/** https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const certificate = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY|DECRYPT|DECODE)|HOSTNAME_MISMATCH|ERR_TLS|^EPROTO$/;

function noAnswer(thrown: readonly Thrown[], { crmName, url, redact }: Asked): CrmError {
	const code = networkCode(thrown);
	const host = new URL(url).host;
	const surelyNotSent = (details: CrmErrorDetails): CrmError => new CrmError('unavailable', { ...details, code, replyLost: false });
	if (code && unknownHost.includes(code)) {
		return surelyNotSent({ message: `There is no ${crmName} at ${host}: the name is unknown.`, remedy: 'Check the address in the credential, and the name service of this n8n.' });
	}
	if (code && certificate.test(code)) {
		return surelyNotSent({ message: `The connection to ${host} is not trusted, so nothing was sent.`, remedy: 'Ask whoever runs this n8n about its proxy and certificates.' });
	}
	if (code && (neverConnected.includes(code) || thrown.some(({ syscall }) => syscall === 'connect' || syscall === 'getaddrinfo'))) {
		return surelyNotSent({ message: `${crmName} could not be reached at ${host}.`, remedy: 'Try again in a few minutes; if it stays, check the network of this n8n.', transient: true });
	}
	const detail = code ? '' : redact(`: ${thrown[0]?.message ?? 'unknown failure'}`);
	return new CrmError('unavailable', {
		message: `${crmName} gave no answer at ${host}, so it is not known whether the request was carried out${detail}.`,
		remedy: 'Try again in a few minutes.',
		code,
		transient: true,
		replyLost: true,
	});
}

function networkCode(thrown: readonly Thrown[]): string | undefined {
	return thrown.map(({ code }) => code).filter((code) => typeof code === 'string').at(-1);
}

function chain(error: unknown): Thrown[] {
	const found: Thrown[] = [];
	for (let next = error; typeof next === 'object' && next !== null && found.length < 8; next = (next as Thrown).cause) found.push(next as Thrown);
	return found;
}
