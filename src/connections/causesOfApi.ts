import type { Cause } from './diagnosis';
import { advisedOr, because, said } from './wording';

const askAdmin = advisedOr('Ask the admin of the CRM.');

/** Why somebody who is signed in may not use the API, or not for this. */
export const apiCauses: readonly Cause[] = [
	{ cause: 'api-disabled', certainty: 'proven', effect: 'inactive', fits: because('api-disabled'), words: said, whatToDo: askAdmin },
	{
		cause: 'request-limit',
		certainty: 'proven',
		effect: 'none',
		fits: ({ kind, transient }) => kind === 'throttled' && !transient,
		words: said,
		whatToDo: advisedOr('Wait until the CRM allows calls again.'),
	},
	{
		cause: 'too-many-at-once',
		certainty: 'proven',
		effect: 'none',
		fits: ({ kind }) => kind === 'throttled',
		words: said,
		whatToDo: advisedOr('Run fewer workflows at the same time.'),
	},
	{
		cause: 'object-not-found',
		certainty: 'proven',
		effect: 'none',
		fits: ({ step, kind }) => step === 'describe' && kind === 'notFound',
		words: ({ entity, crmName }) => `${crmName} has no object "${entity}", or hides it from the signed-in user; it answers the same in both cases.`,
		whatToDo: () => 'Choose the object from the list; if it is not there, ask the admin of the CRM to give the user access to it.',
	},
	{
		cause: 'object-name-invalid',
		certainty: 'proven',
		effect: 'none',
		fits: ({ step, kind }) => step === 'describe' && kind === 'validation',
		words: said,
		whatToDo: advisedOr('Choose the object from the list.'),
	},
	{ cause: 'permission-missing', certainty: 'proven', effect: 'none', fits: ({ kind }) => kind === 'permission', words: said, whatToDo: askAdmin },
];
