import type { Cause, Evidence } from './diagnosis';
import { advisedOr, minuteOf } from './wording';

const unavailable = ({ kind }: Evidence): boolean => kind === 'unavailable';
const later = advisedOr('Check again in a few minutes.');
const since = ({ unreachableSince }: Evidence): string => (unreachableSince ? ` That is so since ${minuteOf(unreachableSince)}.` : '');
const saidAndSince = (evidence: Evidence): string => `${evidence.message}${since(evidence)} The sign-in itself may be well.`;

/** Why no usable answer came: this says nothing about the sign-in, and never makes it inactive. */
export const reachCauses: readonly Cause[] = [
	{
		cause: 'maintenance',
		certainty: 'proven',
		effect: 'unreachable',
		fits: (evidence) => unavailable(evidence) && evidence.reason === 'maintenance',
		words: saidAndSince,
		whatToDo: later,
	},
	{
		cause: 'environment-gone',
		certainty: 'likely',
		effect: 'unreachable',
		fits: (evidence) => unavailable(evidence) && evidence.reason === 'environment-gone',
		words: (evidence) => `${evidence.message}${since(evidence)}`,
		whatToDo: later,
	},
	{
		cause: 'crm-failing',
		certainty: 'proven',
		effect: 'unreachable',
		fits: ({ kind, httpStatus }) => kind === 'unavailable' && httpStatus !== undefined && httpStatus >= 500,
		words: saidAndSince,
		whatToDo: later,
	},
	{
		cause: 'address-moved',
		certainty: 'likely',
		effect: 'unreachable',
		fits: ({ kind, httpStatus }) => kind === 'unavailable' && httpStatus !== undefined && httpStatus >= 300 && httpStatus < 400,
		words: (evidence) => `${evidence.message}${since(evidence)}`,
		whatToDo: later,
	},
	{
		cause: 'unusable-answer',
		certainty: 'likely',
		effect: 'unreachable',
		fits: ({ kind, httpStatus }) => kind === 'unavailable' && httpStatus !== undefined,
		words: saidAndSince,
		whatToDo: later,
	},
	{ cause: 'unreachable', certainty: 'proven', effect: 'unreachable', fits: unavailable, words: saidAndSince, whatToDo: later },
];
