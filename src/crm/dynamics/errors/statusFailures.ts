import type { KnownFailure } from '../../errors/knownFailure';

/** What an HTTP status means when the body names no code. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/compose-http-requests-handle-errors#identify-status-codes */
const statuses: Readonly<Record<number, KnownFailure>> = {
	401: {
		kind: 'auth',
		reason: 'token-refused',
		words: 'Dynamics 365 refused the sign-in: it has ended, or it was made for another environment.',
		remedy: 'Check the address of the environment in the credential, and sign in again.',
	},
	403: { kind: 'permission', words: 'The signed-in user may not do this in Dynamics 365. It said: {said}', remedy: 'Ask your Dynamics 365 administrator for a security role with this right.' },
	404: { kind: 'notFound', words: 'Dynamics 365 has no such thing, or hides it from the signed-in user. It said: {said}' },
	405: { kind: 'validation', words: 'Dynamics 365 does not allow this. It said: {said}' },
	409: { kind: 'conflict', words: 'The request conflicts with the present state in Dynamics 365.' },
	410: { kind: 'validation', words: 'Dynamics 365 no longer offers what this package asked for.', remedy: 'Update the package.' },
	412: { kind: 'conflict', words: 'The record was changed in Dynamics 365 in the meantime, or already exists. It said: {said}', remedy: 'Run it again.' },
	413: { kind: 'validation', words: 'The request is too large for Dynamics 365.' },
	414: { kind: 'validation', words: 'The address of the request is too long for Dynamics 365.' },
	429: { kind: 'throttled', words: 'Dynamics 365 takes no more requests of this user for the moment.', remedy: 'Run fewer workflows at the same time.', transient: true },
	431: { kind: 'validation', words: 'The headers of the request are too long for Dynamics 365.' },
	501: { kind: 'validation', words: 'Dynamics 365 does not offer this. It said: {said}' },
};

const moved: KnownFailure = {
	kind: 'unavailable',
	words: 'The address answers with a redirect, as after an environment was renamed or moved.',
	remedy: 'Put the present address of the environment into the credential.',
};
const failed: KnownFailure = { kind: 'unavailable', words: 'Dynamics 365 is not available at the moment.', remedy: 'Try again later, and look at the Power Platform admin center.', transient: true };
const refused: KnownFailure = { kind: 'validation', words: 'Dynamics 365 refused the request: {said}' };

/** A page where the Web API should be: the environment was deleted, renamed, or is disabled. */
export const noApiThere: KnownFailure = {
	kind: 'unavailable',
	reason: 'environment-gone',
	words: 'A web page answers instead of Dynamics 365: the environment was renamed, deleted or disabled, or a proxy stands in the way.',
	remedy: 'Check the address of the environment in the credential and its state in the Power Platform admin center.',
};

/** The meaning of a status that is no success. */
export function statusFailure(status: number): KnownFailure {
	if (statuses[status]) return statuses[status];
	if (status >= 500 || status === 408) return failed;
	return status >= 300 && status < 400 ? moved : refused;
}
