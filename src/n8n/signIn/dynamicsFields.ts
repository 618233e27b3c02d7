import type { INodeProperties } from 'n8n-workflow';

const custom = { environmentType: ['custom'] };

const environmentTypeField: INodeProperties = {
	displayName: 'Environment Type',
	name: 'environmentType',
	type: 'options',
	options: [
		{ name: 'China', value: 'china', description: 'Operated by 21Vianet: addresses end in dynamics.cn' },
		{ name: 'Custom', value: 'custom', description: 'Any other cloud, by its addresses' },
		{ name: 'DoD', value: 'dod', description: 'US Department of Defense: addresses end in appsplatform.us' },
		{ name: 'GCC', value: 'gcc', description: 'US government community cloud: addresses end in crm9.dynamics.com' },
		{ name: 'GCC High', value: 'gccHigh', description: 'US government: addresses end in microsoftdynamics.us' },
		{ name: 'Public Cloud', value: 'public', description: 'If you do not know, it is most likely this' },
	],
	default: 'public',
};

const environmentUrlField: INodeProperties = {
	displayName: 'Environment URL',
	name: 'environmentUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://foocorp.crm4.dynamics.com',
	description: 'Address of the Dynamics 365 environment; one copied from the browser will do',
};

const serviceFields: INodeProperties[] = [
	{
		displayName: 'Sign-In Address',
		name: 'authorityUrl',
		type: 'string',
		displayOptions: { show: custom },
		default: '',
		required: true,
		placeholder: 'e.g. https://login.microsoftonline.com',
		description: 'Origin of the sign-in service (authority) of that cloud',
	},
	{
		displayName: 'Discovery Address',
		name: 'discoveryUrl',
		type: 'string',
		displayOptions: { show: custom },
		default: '',
		placeholder: 'e.g. https://globaldisco.crm.dynamics.com',
		description: 'Origin of Global Discovery in that cloud; only List Environments needs it',
	},
];

/** Which environment an app reaches, and in which cloud it signs in. */
export const environmentFieldsOfApp: INodeProperties[] = [environmentTypeField, { ...environmentUrlField, required: true }, ...serviceFields];

/** The same for a person, who can look the environment up after a first sign-in without it. */
export const environmentFieldsOfPerson: INodeProperties[] = [
	environmentTypeField,
	{ ...environmentUrlField, hint: 'To look it up, leave it empty, connect, and run CRM Connection → List Environments; then enter it and connect again' },
	...serviceFields,
];
