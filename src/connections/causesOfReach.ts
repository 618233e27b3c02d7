import type { Cause, Evidence } from './diagnosis';

const said = ({ message }: Evidence): string => message;
const later = ({ remedy }: Evidence): string => remedy ?? 'Check again in a few minutes.';

/** Why no answer came: this says nothing about the sign-in, which may be well. */
export const reachCauses: readonly Cause[] = [
	{ cause: 'maintenance', certainty: 'proven', fits: ({ code }) => code === 'ORG_IN_MAINTENANCE', words: said, whatToDo: later },
	{
		cause: 'crm-failing',
		certainty: 'proven',
		fits: ({ kind, httpStatus }) => kind === 'unavailable' && httpStatus !== undefined && httpStatus >= 500,
		words: said,
		whatToDo: later,
	},
	{
		cause: 'address-moved',
		certainty: 'likely',
		fits: ({ kind, httpStatus }) => kind === 'unavailable' && httpStatus !== undefined && httpStatus >= 300 && httpStatus < 400,
		words: said,
		whatToDo: later,
	},
	{
		cause: 'unusable-answer',
		certainty: 'likely',
		fits: ({ kind, httpStatus }) => kind === 'unavailable' && httpStatus !== undefined,
		words: said,
		whatToDo: later,
	},
	{ cause: 'unreachable', certainty: 'proven', fits: ({ kind }) => kind === 'unavailable', words: said, whatToDo: later },
];
