import type { FailureTable } from '../../errors/knownFailure';

const askAdminForApi =
	'Use an edition with API access (Enterprise, Unlimited, Performance, Developer, or Professional with the add-on), and ask your admin to give the user the permission "API Enabled".';

/**
 * Why a whole request was refused.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm
 * https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_concepts_core_data_objects.htm (ExceptionCode)
 */
export const requestFailures: FailureTable = {
	API_DISABLED_FOR_ORG: {
		kind: 'permission',
		reason: 'api-disabled',
		words: 'Salesforce allows no API access: either the edition of your org does not include it, or the signed-in user lacks the permission "API Enabled".',
		remedy: askAdminForApi,
	},
	API_CURRENTLY_DISABLED: {
		kind: 'unavailable',
		words: 'Salesforce has switched its API off for a while.',
		remedy: 'Try again later, and look at status.salesforce.com.',
		transient: true,
	},
	FUNCTIONALITY_NOT_ENABLED: {
		kind: 'permission',
		words: 'Your Salesforce org does not have the feature that this needs. Salesforce said: {said}',
		remedy: 'Ask your Salesforce admin to enable it.',
	},
	INSUFFICIENT_ACCESS: {
		kind: 'permission',
		words: 'The signed-in user may not do this. Salesforce said: {said}',
		remedy: 'Ask your Salesforce admin for the permission.',
	},
	NOT_FOUND: {
		kind: 'notFound',
		words: 'Salesforce has no such thing, or hides it from the signed-in user. Salesforce said: {said}',
		remedy: 'Check the name or id, and the access of the signed-in user.',
	},
	INVALID_TYPE: {
		kind: 'notFound',
		words: 'The object does not exist, or is hidden from the signed-in user. Salesforce said: {said}',
		remedy: 'Choose an object from the list, or ask your Salesforce admin for access to it.',
	},
	MALFORMED_QUERY: { kind: 'validation', words: 'Salesforce did not understand the search. Salesforce said: {said}' },
	INVALID_QUERY_FILTER_OPERATOR: {
		kind: 'validation',
		words: 'Salesforce cannot search this field with these values. Salesforce said: {said}',
		remedy: 'Choose another field to match records by.',
	},
	QUERY_TOO_COMPLICATED: {
		kind: 'validation',
		words: 'The search is too complicated for Salesforce, usually because of formula fields.',
		remedy: 'Ask for fewer formula fields.',
	},
	QUERY_TIMEOUT: {
		kind: 'unavailable',
		words: 'Salesforce needed too long for the search.',
		remedy: 'Try again, and match by a field that is indexed (an external id).',
		transient: true,
	},
	INVALID_QUERY_LOCATOR: {
		kind: 'validation',
		words: 'The list of results that was being read has expired in Salesforce.',
		remedy: 'Run it again from the start.',
	},
	OPERATION_TOO_LARGE: {
		kind: 'validation',
		words: 'The search covers more records than Salesforce allows this user to search. Salesforce said: {said}',
		remedy: 'Ask your admin for "View All" access to the object, or match by an indexed field.',
	},
	JSON_PARSER_ERROR: {
		kind: 'validation',
		words: 'A value has a form that Salesforce cannot read. Salesforce said: {said}',
		remedy: 'Send the kind of value that the field holds, dates as 2026-01-31.',
	},
	METHOD_NOT_ALLOWED: { kind: 'validation', words: 'Salesforce does not allow this for the object. Salesforce said: {said}' },
	MULTIPLE_CHOICES: {
		kind: 'conflict',
		words: 'The external id matches several records in Salesforce.',
		remedy: 'Make the external id unique in Salesforce, or merge the records.',
	},
	UNSUPPORTED_API_VERSION: {
		kind: 'validation',
		words: 'Salesforce no longer offers the API version that this package uses.',
		remedy: 'Update the package.',
	},
	GONE: { kind: 'validation', words: 'Salesforce no longer offers what this package asked for.', remedy: 'Update the package.' },
	PROCESSING_HALTED: { kind: 'unavailable', words: 'Salesforce stopped before it came to this part of the request.', transient: true },
	SERVER_UNAVAILABLE: {
		kind: 'unavailable',
		words: 'Salesforce is too busy to answer.',
		remedy: 'Try again later.',
		transient: true,
	},
	UNKNOWN_EXCEPTION: {
		kind: 'unavailable',
		words: 'Salesforce failed on its own side. Salesforce said: {said}',
		remedy: 'Try again; if it stays, give the error id in the text to Salesforce Support.',
		transient: true,
	},
	ORG_IN_MAINTENANCE: {
		kind: 'unavailable',
		reason: 'maintenance',
		words: 'Your Salesforce org is under maintenance.',
		remedy: 'Try again later.',
	},
	ORG_LOCKED: { kind: 'permission', reason: 'org-locked', words: 'Salesforce has locked your org.', remedy: 'Contact Salesforce.' },
	TRIAL_EXPIRED: { kind: 'permission', reason: 'trial-expired', words: 'The trial of your Salesforce org is over.', remedy: 'Buy the edition, or use another org.' },
};
