import type { CrmError } from '../../../model/crmError';
import type { KnownFailure } from '../../errors/knownFailure';
import { worded } from '../../errors/worded';
import { recordFailures } from './recordFailures';
import { requestFailures } from './requestFailures';
import { failuresIn, isErrorList, type SalesforceFailure } from './salesforceFailure';
import { preciseSignInFailures } from './preciseSignInFailures';
import { signInFailures } from './signInFailures';
import { statusFailure } from './statusFailures';

const known: ReadonlyMap<string, KnownFailure> = new Map(Object.entries({ ...recordFailures, ...requestFailures, ...signInFailures }));

// These 401 texts mean a policy of the org, so a fresh token never helps: https://github.com/jsforce/jsforce/pull/1774
const sessionPolicy: KnownFailure = {
	kind: 'auth',
	reason: 'session-policy',
	words: "Salesforce accepts the sign-in, but a policy of your org does not let this session use the API. Salesforce said: {said}",
	remedy: "Ask your Salesforce admin to check the session policy of the profile, the app's policies and API access control; signing in again does not help.",
};

// https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_api.htm
const tooManyAtOnce: KnownFailure = {
	kind: 'throttled',
	words: 'Salesforce is already working on as many long requests of your org as it allows at once.',
	remedy: 'Run fewer workflows at the same time.',
	transient: true,
};
const dailyLimit: KnownFailure = {
	kind: 'throttled',
	words: "Your Salesforce org has used all API calls of its last 24 hours. Salesforce said: {said}",
	remedy: 'Wait until calls of the last 24 hours expire, make fewer calls, or buy more.',
};

/** The failure of a whole request, from its HTTP status and the parsed body. */
export function requestError(httpStatus: number, body: unknown): CrmError {
	const failures = failuresIn(body);
	const failure = failures.find(({ code }) => code !== undefined && (known.has(code) || code === 'REQUEST_LIMIT_EXCEEDED')) ?? failures[0];
	const replyLost = mayBeBehind(httpStatus) && !isErrorList(body);
	if (!failure) return statusError(httpStatus, body, replyLost);
	// A failure on Salesforce's side stays one, whatever code it carries.
	const meaning = meaningOf(failure) ?? statusFailure(httpStatus);
	const serverFailed = mayBeBehind(httpStatus) && meaning.kind !== 'unavailable';
	return worded(failure, serverFailed ? { ...statusFailure(httpStatus), words: meaning.words } : meaning, { httpStatus, replyLost });
}

/** The failure of one record in a batch that was answered. */
export function recordError(row: unknown): CrmError {
	const [failure = { message: '', fields: [], existing: [] }] = failuresIn(row);
	return worded(failure, meaningOf(failure) ?? { kind: 'validation', words: 'Salesforce refused the record: {said}' });
}

/**
 * The failure of a sign-in, from OAuth's `error` and `error_description` or a SOAP fault's code and sentence. `unexplained` is what a
 * refusal means in this way of signing in when it says no more than that it is one; unless given, that of a saved sign-in.
 */
export function signInError(error: string, description: string, unexplained?: KnownFailure): CrmError {
	const failure = { code: error, message: description, fields: [], existing: [] };
	const otherwise = unexplained ?? (error === 'invalid_grant' ? signInFailures.invalid_grant : undefined);
	return worded(failure, meaningOf(failure) ?? otherwise ?? { kind: 'auth', reason: 'app-refused', words: 'Salesforce refused the sign-in: {said}' });
}

/** A failure of a sign-in with a meaning that its code has nowhere else. */
export function wordedFailure({ code, message }: { readonly code: string; readonly message: string }, meaning: KnownFailure): CrmError {
	return worded({ code, message, fields: [], existing: [] }, meaning);
}

function meaningOf({ code, message }: SalesforceFailure): KnownFailure | undefined {
	if (code === 'REQUEST_LIMIT_EXCEEDED') return /concurrent/i.test(message) ? tooManyAtOnce : dailyLimit;
	if (/This session is not valid for use with the REST API|Connected app is not attached to Agent/i.test(message)) return sessionPolicy;
	const precise = preciseSignInFailures.get(code ?? '')?.find(([pattern]) => pattern.test(message))?.[1];
	return precise ?? (code === undefined || code === 'invalid_grant' ? undefined : known.get(code));
}

/**
 * A status with which a gateway gives up on a request that Salesforce may still be working on. Unless the body is Salesforce's own,
 * it says nothing about what became of the request. https://www.rfc-editor.org/rfc/rfc9110#name-server-error-5xx
 */
function mayBeBehind(httpStatus: number): boolean {
	return httpStatus >= 500 || httpStatus === 408;
}

function statusError(httpStatus: number, body: unknown, replyLost: boolean): CrmError {
	const message = typeof body === 'string' && !body.includes('<') ? body : '';
	return worded({ message, fields: [], existing: [] }, statusFailure(httpStatus), { httpStatus, replyLost });
}
