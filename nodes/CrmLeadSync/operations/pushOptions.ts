import type { INodeProperties } from 'n8n-workflow';
import { signInsTo } from '../../../src/n8n/credentialKinds';

/** What a push does in the cases that not every form has; each default is the choice that cannot do harm. */
export const pushOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Empty Values',
			name: 'emptyValues',
			type: 'options',
			options: [
				{ name: 'Leave What the CRM Has', value: 'leave', description: 'An empty value changes nothing' },
				{ name: 'Clear the Field', value: 'clear', description: 'An empty value removes what the CRM has. A value the item does not have at all still changes nothing.' },
			],
			default: 'leave',
			description: 'What to do when a mapped value is empty',
		},
		{
			displayName: 'Fail Afterwards If Anything Needs Attention',
			name: 'failAfterwards',
			type: 'boolean',
			default: false,
			description:
				'Whether to end the execution as failed, after everything was written, when an item was refused or needs a decision. A failed node shows no output, so the error lists the first items.',
		},
		{
			displayName: 'Run Assignment Rules',
			name: 'runAssignmentRules',
			type: 'boolean',
			displayOptions: { show: { '/object': ['Lead', 'Case'], '/connectWith': signInsTo('salesforce') } },
			default: false,
			description: 'Whether the active assignment rule of the CRM may choose the owner of new records. Records that are updated keep their owner.',
		},
		{
			displayName: 'Save Despite Duplicate Rules',
			name: 'saveDespiteDuplicateAlert',
			type: 'boolean',
			default: false,
			description: 'Whether to save although a duplicate rule of the CRM warns. A rule that blocks still blocks.',
		},
		{
			displayName: 'Time Zone',
			name: 'timeZone',
			type: 'string',
			default: '',
			placeholder: 'e.g. Europe/Paris',
			description: 'Zone of dates and times that carry no offset. The time zone of the workflow if empty.',
		},
		{
			displayName: 'When the Email Belongs to a Contact',
			name: 'target',
			type: 'options',
			displayOptions: { show: { '/object': ['Lead', 'lead'] } },
			options: [
				{ name: 'Send to Needs Attention', value: 'needsAttention', description: 'Write nothing; a person decides, with a link to the contact' },
				{ name: 'Create a Lead Anyway', value: 'create' },
				{ name: 'Skip the Item', value: 'skip' },
				{ name: 'Update the Contact', value: 'updateTarget', description: 'Write the values whose fields the contact has under the same name' },
			],
			default: 'needsAttention',
			description: 'What to do with a lead that is not in the CRM while a contact has its email',
		},
		{
			displayName: 'When the Lead Was Converted (Qualified)',
			name: 'converted',
			type: 'options',
			displayOptions: { show: { '/object': ['Lead', 'lead'] } },
			options: [
				{ name: 'Send to Needs Attention', value: 'needsAttention', description: 'Write nothing; a person decides, with a link to the contact' },
				{ name: 'Update the Contact', value: 'updateTarget', description: 'Write the values whose fields the contact has under the same name' },
			],
			default: 'needsAttention',
			description: 'What to do when the match value belongs to a lead that was converted (in Dynamics 365: qualified); the lead itself is never written',
		},
	],
};
