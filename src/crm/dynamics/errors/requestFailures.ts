import type { FailureTable } from '../../errors/knownFailure';

const askForRole = 'Ask your Dynamics 365 administrator for a security role with this right.';
const tooMuch = 'Run fewer workflows at the same time.';

/**
 * Why a whole request was refused, by code in lower case.
 * https://learn.microsoft.com/en-us/power-apps/developer/data-platform/reference/web-service-error-codes
 * https://learn.microsoft.com/en-us/power-apps/developer/data-platform/api-limits
 */
export const requestFailures: FailureTable = {
	'0x80072322': { kind: 'throttled', words: 'Dynamics 365 takes no more than 6,000 requests of one user in five minutes, and they are used.', remedy: tooMuch, transient: true },
	'0x80072321': { kind: 'throttled', words: 'Dynamics 365 has worked as long for this user as it does in five minutes.', remedy: tooMuch, transient: true },
	'0x80072326': { kind: 'throttled', words: 'Dynamics 365 is already working on as many requests of this user as it does at once.', remedy: tooMuch, transient: true },
	'0x80040220': { kind: 'permission', words: 'The signed-in user may not do this. Dynamics 365 said: {said}', remedy: askForRole },
	'0x80048306': { kind: 'permission', words: 'The signed-in user may not do this. Dynamics 365 said: {said}', remedy: askForRole },
	'0x80048405': { kind: 'permission', words: 'The signed-in user may not do this. Dynamics 365 said: {said}', remedy: askForRole },
	'0x80041102': {
		kind: 'notFound',
		words: 'The table does not exist in this environment: leads need Dynamics 365 Sales, cases Dynamics 365 Customer Service. Dynamics 365 said: {said}',
		remedy: 'Choose a table from the list, or another environment.',
	},
	'0x80040800': { kind: 'validation', words: 'Dynamics 365 does not allow this for the table. It said: {said}' },
	'0x80060888': { kind: 'validation', words: 'Dynamics 365 did not understand the request. It said: {said}', remedy: 'Refresh the field list and check the mapping.' },
	'0x8004430c': { kind: 'validation', words: 'The search has too many conditions for Dynamics 365.' },
	'0x80044352': {
		kind: 'validation',
		words: 'Dynamics 365 no longer knows what changed since the last run: too much time has passed, or the table was changed.',
		remedy: 'Read everything once.',
	},
	'0x80072491': {
		kind: 'validation',
		words: 'Change tracking is off for this table. Dynamics 365 said: {said}',
		remedy: 'Ask your administrator to switch on "Track changes" in the properties of the table.',
	},
	'0x80040216': {
		kind: 'unavailable',
		words: 'Dynamics 365 failed on its own side. It said: {said}',
		remedy: 'Try again; if it stays, ask Microsoft Support.',
		transient: true,
	},
};
