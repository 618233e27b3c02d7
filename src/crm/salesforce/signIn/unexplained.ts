import type { KnownFailure } from '../../errors/knownFailure';

/** A refusal that says nothing precise. Each way of signing in has its own usual reasons. */
export const unexplainedPassword: KnownFailure = {
	kind: 'auth',
	reason: 'password-or-flow-refused',
	words: 'Salesforce refused the user name and password. It does not say why: one of them or the security token is wrong, the user is locked, or the org does not allow this way of signing in. Salesforce said: {said}',
	remedy: 'Check all three (every password change makes a new security token), ask your admin to unlock the user, and to look at the login history of the user, which names the reason.',
};

export const unexplainedClientCredentials: KnownFailure = {
	kind: 'auth',
	reason: 'app-refused',
	words: 'Salesforce refused the app. Salesforce said: {said}',
	remedy: 'Ask your Salesforce admin to check that the client credentials flow is enabled in the app, with a user to run as.',
};

export const unexplainedJwt: KnownFailure = {
	kind: 'auth',
	reason: 'assertion-refused',
	words: 'Salesforce refused the signed request. It does not say why: the private key does not belong to the certificate of the app, the certificate has expired, or the clock of this n8n is wrong. Salesforce said: {said}.',
	remedy: 'Give the app the certificate that belongs to the private key of the credential, or enter the new private key, and check the user name and the environment.',
};
