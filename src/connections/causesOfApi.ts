import type { Cause, Evidence } from './diagnosis';

const hasCode = (...codes: readonly string[]) => ({ code }: Evidence): boolean => code !== undefined && codes.includes(code);
const said = ({ message }: Evidence): string => message;
const askAdmin = ({ remedy }: Evidence): string => remedy ?? 'Ask the admin of the CRM.';

/** Why somebody who is signed in may not use the API, or not for this. */
export const apiCauses: readonly Cause[] = [
	{ cause: 'api-disabled', certainty: 'proven', fits: hasCode('API_DISABLED_FOR_ORG'), words: said, whatToDo: askAdmin },
	{
		cause: 'request-limit',
		certainty: 'proven',
		fits: ({ kind, transient }) => kind === 'throttled' && !transient,
		words: said,
		whatToDo: ({ remedy }) => remedy ?? 'Wait until the CRM allows calls again.',
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
