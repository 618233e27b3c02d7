import type { Cause, Evidence } from './diagnosis';


const hasCode = (...codes: readonly string[]) => ({ code }: Evidence): boolean => code !== undefined && codes.includes(code);
const said = ({ message }: Evidence): string => message;
const askAdmin = ({ remedy }: Evidence): string => remedy ?? 'Ask the admin of the CRM.';

/** Why somebody who is signed in may not use the API, or not for this. */
export const apiCauses: readonly Cause[] = [
	{
		// The body is the same for both: https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm
		cause: 'api-disabled',
		certainty: 'proven',
		fits: hasCode('API_DISABLED_FOR_ORG'),
		words: ({ crmName }) =>
			`${crmName} allows no API access to this user. It does not say which of two reasons holds: the edition of the org has no API (Enterprise, Unlimited, Performance and Developer Edition have it, Professional only as an add-on), or the user lacks the permission "API Enabled".`,
		whatToDo: () => 'Check the edition under Setup > Company Information, then the permission "API Enabled" in the profile or a permission set of the user.',
	},
	{
		cause: 'request-limit',
		certainty: 'proven',
		fits: ({ kind, transient }) => kind === 'throttled' && !transient,
		words: said,
		whatToDo: ({ remedy }) => remedy ?? 'Wait until calls of the last 24 hours expire.',
	},
	{
		cause: 'too-many-at-once',
		certainty: 'proven',
		fits: ({ kind }) => kind === 'throttled',
		words: said,
		whatToDo: ({ remedy }) => remedy ?? 'Run fewer workflows at the same time.',
	},
	{ cause: 'org-locked', certainty: 'proven', fits: hasCode('ORG_LOCKED'), words: said, whatToDo: askAdmin },
	{ cause: 'trial-expired', certainty: 'proven', fits: hasCode('TRIAL_EXPIRED'), words: said, whatToDo: askAdmin },
	{
		cause: 'object-not-found',
		certainty: 'proven',
		fits: ({ step, kind }) => step === 'describe' && kind === 'notFound',
		words: ({ entity, crmName }) => `${crmName} has no object "${entity}", or hides it from the signed-in user; it answers the same in both cases.`,
		whatToDo: () => 'Choose the object from the list; if it is not there, ask the admin of the CRM to give the user access to it.',
	},
	{
		cause: 'object-name-invalid',
		certainty: 'proven',
		fits: ({ step, kind }) => step === 'describe' && kind === 'validation',
		words: said,
		whatToDo: ({ remedy }) => remedy ?? 'Choose the object from the list.',
	},
	{ cause: 'permission-missing', certainty: 'proven', fits: ({ kind }) => kind === 'permission', words: said, whatToDo: askAdmin },
];
