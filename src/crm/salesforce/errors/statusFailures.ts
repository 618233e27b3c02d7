import type { KnownFailure } from '../../errors/knownFailure';

/** What an HTTP status means when the body names no code. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm */
const statuses: Readonly<Record<number, KnownFailure>> = {
	300: { kind: 'conflict', words: 'The external id matches several records in Salesforce.', remedy: 'Make the external id unique in Salesforce, or merge the records.' },
	401: { kind: 'auth', words: 'Salesforce refused the sign-in.', remedy: 'Open the credential in n8n and sign in again.' },
	403: { kind: 'permission', words: 'The signed-in user may not do this in Salesforce.', remedy: 'Ask your Salesforce admin for the permission.' },
	404: { kind: 'notFound', words: 'Salesforce has no such thing, or hides it from the signed-in user.' },
	409: { kind: 'conflict', words: 'The request conflicts with the present state in Salesforce.' },
	410: { kind: 'validation', words: 'Salesforce no longer offers what this package asked for.', remedy: 'Update the package.' },
	412: { kind: 'conflict', words: 'The record was changed in Salesforce in the meantime.', remedy: 'Run it again.' },
	413: { kind: 'validation', words: 'The request is too large for Salesforce.' },
	414: { kind: 'validation', words: 'The address of the request is too long for Salesforce.' },
	429: { kind: 'throttled', words: 'Too many requests at once.', remedy: 'Run fewer workflows at the same time.', transient: true },
	431: { kind: 'validation', words: 'The headers of the request are too long for Salesforce.' },
};

const moved: KnownFailure = {
	kind: 'unavailable',
	words: 'The Salesforce address answers with a redirect, as after a change of My Domain.',
	remedy: "Put your org's present My Domain URL into the credential.",
};
const failed: KnownFailure = { kind: 'unavailable', words: 'Salesforce is not available at the moment.', remedy: 'Try again later, and look at status.salesforce.com.', transient: true };
const refused: KnownFailure = { kind: 'validation', words: 'Salesforce refused the request: {said}' };

/** The meaning of a status that is no success. */
export function statusFailure(status: number): KnownFailure {
	if (statuses[status]) return statuses[status];
	if (status >= 500 || status === 408) return failed;
	return status >= 300 && status < 400 ? moved : refused;
}
