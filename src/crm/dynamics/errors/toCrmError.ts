import { CrmError } from '../../../model/crmError';
import type { KnownFailure } from '../../errors/knownFailure';
import { worded, type ReportedFailure } from '../../errors/worded';
import { failureIn, isDataverseError } from './dataverseFailure';
import { recordFailures } from './recordFailures';
import { requestFailures } from './requestFailures';
import { retryAfter } from './retryAfter';
import { isLostConnection, sqlErrorCode, sqlFailure } from './sqlFailure';
import { signInFailures } from './signInFailures';
import { noApiThere, statusFailure } from './statusFailures';

const known: ReadonlyMap<string, KnownFailure> = new Map(Object.entries({ ...recordFailures, ...requestFailures, ...signInFailures }));

/**
 * Codes after which the work was undone, whatever status carries them: whatever a synchronous plug-in throws undoes it.
 * https://learn.microsoft.com/en-us/power-apps/developer/data-platform/bulk-operations
 * https://learn.microsoft.com/en-us/power-apps/developer/data-platform/handle-exceptions
 */
const undone: ReadonlySet<string> = new Set(['0x80040333', sqlErrorCode, '0x80044151', '0x80040265', '0x80040224']);

// https://learn.microsoft.com/en-us/power-apps/developer/data-platform/define-custom-state-model-transitions
const readOnly: KnownFailure = {
	kind: 'conflict',
	words: 'The record is closed (a qualified or disqualified lead, a resolved case), so it is read-only. Dynamics 365 said: {said}',
	remedy: 'Reactivate it in Dynamics 365, or update what it became.',
};

const otherAudience: KnownFailure = {
	kind: 'auth',
	reason: 'audience-refused',
	words: 'Dynamics 365 refused the sign-in: it was made for another address than that of the environment.',
	remedy: 'Put the address that the environment has in the Power Platform admin center into the credential, and sign in again.',
};

/** An answer that is no success. */
export interface FailedAnswer {
	readonly status: number;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string>>;
	/** Parsed where it was JSON, text otherwise. */
	readonly body: unknown;
	/** Origin of the environment that was asked. */
	readonly origin?: string;
}

/** The failure of a request, or of one operation in a batch. */
export function requestError(answer: FailedAnswer): CrmError {
	const { status, headers, body } = answer;
	const failure = failureIn(body) ?? { message: typeof body === 'string' && !body.includes('<') ? body : '', fields: [], existing: [] };
	const unknown = !isDataverseError(body) || (failure.code === sqlErrorCode && isLostConnection(failure.message));
	const replyLost = mayBeBehind(status) && unknown;
	const meaning = meaningOf(answer, failure);
	const wait = retryAfter(headers);
	return worded(failure, wait.transient === false ? { ...meaning, words: `${meaning.words} ${waitWords(wait.retryAfterMs)}` } : meaning, { httpStatus: status, replyLost, ...wait });
}

function waitWords(delayMs = 0): string {
	return `It asks to wait for ${Math.ceil(delayMs / 60_000)} minutes.`;
}

/** Whether the failure says that nothing was done, although its status alone would not. */
export function wasUndone({ code, replyLost }: CrmError): boolean {
	return !replyLost && code !== undefined && undone.has(code);
}

function meaningOf(answer: FailedAnswer, failure: ReportedFailure): KnownFailure {
	const { status, body } = answer;
	if (status === 401) return namesOtherEnvironment(answer) ? otherAudience : statusFailure(401);
	if (isPage(body) && (status === 404 || status === 403)) return noApiThere;
	if (failure.code === '0x80040203' && /read-only|already(?: been)? closed/i.test(failure.message)) return readOnly;
	const meaning = failure.code === sqlErrorCode ? sqlFailure(failure.message) : known.get(failure.code ?? '');
	if (meaning === undefined) return statusFailure(status);
	if (failure.code === '0x80060888' && status === 404) return statusFailure(404);
	// A failure on Microsoft's side stays one, unless its code says that all was undone.
	const serverFailed = mayBeBehind(status) && meaning.kind !== 'unavailable' && !undone.has(failure.code ?? '');
	return serverFailed ? { ...statusFailure(status), words: meaning.words } : meaning;
}

/** Nobody but a gateway answers with a page. */
function isPage(body: unknown): boolean {
	return typeof body === 'string' && /^\s*<(?:!doctype|html)/i.test(body);
}

/**
 * A refusal without a good token names the address that the token has to be for.
 * https://learn.microsoft.com/en-us/power-apps/developer/data-platform/authenticate-oauth
 */
function namesOtherEnvironment({ headers, origin }: FailedAnswer): boolean {
	const wanted = /resource_id=([^\s,]+)/.exec(headers['www-authenticate'] ?? '')?.[1];
	return origin !== undefined && wanted !== undefined && URL.canParse(wanted) && new URL(wanted).origin !== origin;
}

/** A status with which a gateway gives up on a request that Dataverse may still be working on. https://www.rfc-editor.org/rfc/rfc9110#name-server-error-5xx */
function mayBeBehind(status: number): boolean {
	return (status >= 500 && status !== 501) || status === 408;
}
