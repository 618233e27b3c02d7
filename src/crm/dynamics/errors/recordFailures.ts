import type { FailureTable } from '../../errors/knownFailure';

const plugIn = {
	kind: 'validation',
	words: 'An automation of your environment (a plug-in or a real-time workflow) refused the record, in its own words: {said}',
	remedy: 'Change the values so that it accepts them, or show this to your Dynamics 365 administrator.',
} as const;

/**
 * Why one record was refused, by code in lower case.
 * https://learn.microsoft.com/en-us/power-apps/developer/data-platform/reference/web-service-error-codes
 */
export const recordFailures: FailureTable = {
	'0x80040217': {
		kind: 'notFound',
		words: 'The record, or one that it refers to, does not exist or is hidden from the signed-in user. Dynamics 365 said: {said}',
		remedy: 'Check the ids that are sent, the owner and the linked records among them.',
	},
	'0x80060891': {
		kind: 'notFound',
		words: 'No record has this alternate key. Dynamics 365 said: {said}',
		remedy: 'Check the key values that are sent.',
	},
	'0x80060882': { kind: 'conflict', words: 'The record was changed in Dynamics 365 in the meantime.', remedy: 'Run it again.' },
	'0x80060883': { kind: 'conflict', words: 'Dynamics 365 cannot tell whether the record was changed in the meantime.', remedy: 'Run it again.' },
	'0x80040333': {
		kind: 'conflict',
		words: 'A duplicate detection rule of your environment found a record like this one. Dynamics 365 said: {said}',
		remedy: 'Update the existing record, or allow saving despite a duplicate alert.',
	},
	'0x80040237': { kind: 'conflict', words: 'A record with this id already exists.', remedy: 'Update the existing record instead.' },
	'0x80060892': {
		kind: 'conflict',
		words: 'Another record already has these values of an alternate key. Dynamics 365 said: {said}',
		remedy: 'Update the existing record instead, or send another value.',
	},
	'0x80040265': plugIn,
	// https://learn.microsoft.com/en-us/power-apps/developer/data-platform/best-practices/business-logic/use-invalidpluginexecutionexception-plugin-workflow-activities
	'0x80040224': {
		kind: 'validation',
		words: 'An automation of your environment (a plug-in or a real-time workflow) failed at the record without a word for you. Dynamics 365 said: {said}',
		remedy: 'Show this to your Dynamics 365 administrator: whoever made the automation has to repair it.',
	},
	'0x80040227': {
		kind: 'conflict',
		words: 'The record cannot be deleted, because something still refers to it. Dynamics 365 said: {said}',
		remedy: 'Remove what refers to it first.',
	},
	'0x80040203': {
		kind: 'validation',
		words: 'Dynamics 365 does not take the values[ of {fields}]. It said: {said}',
		remedy: 'Correct the values that it names.',
	},
	'0x80048d19': {
		kind: 'validation',
		words: 'A value has a form that its column does not take[ ({fields})]. Dynamics 365 said: {said}',
		remedy: 'Send the kind of value that the column holds, and refresh the field list.',
	},
	'0x8004431a': {
		kind: 'validation',
		words: 'A value is not among the choices[ of {fields}]. Dynamics 365 said: {said}',
		remedy: 'Use one of the choices that the column offers, or have the choice added there.',
	},
	'0x80044330': {
		kind: 'validation',
		words: 'A number is too large or too small[ for {fields}]. Dynamics 365 said: {said}',
		remedy: 'Send a number within the range of the column.',
	},
	'0x80044331': { kind: 'validation', words: 'A text is too long[ for {fields}]. Dynamics 365 said: {said}', remedy: 'Shorten the text before it is sent.' },
	'0x80040239': { kind: 'validation', words: 'A date is too far in the past for Dynamics 365: {said}', remedy: 'Send a date after 1753.' },
	'0x80048408': {
		kind: 'validation',
		words: 'Status and status reason do not fit together. Dynamics 365 said: {said}',
		remedy: 'Map a status reason that belongs to the status, or only one of the two.',
	},
	'0x80044151': {
		kind: 'unavailable',
		words: 'Dynamics 365 needed too long and undid the work.',
		remedy: 'Try again later, and ask your administrator about slow automations of this table.',
		transient: true,
	},
	'0x8004f502': {
		kind: 'permission',
		words: 'A column is secured, and the signed-in user may not give it a value. Dynamics 365 said: {said}',
		remedy: 'Ask your administrator for a column security profile, or take the column out of the mapping.',
	},
	'0x8004f507': {
		kind: 'permission',
		words: 'A column is secured, and the signed-in user may not change it. Dynamics 365 said: {said}',
		remedy: 'Ask your administrator for a column security profile, or take the column out of the mapping.',
	},
	'0x8004e00b': plugIn,
};
