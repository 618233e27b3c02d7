import type { INodeProperties } from 'n8n-workflow';

import { credentialKinds } from './credentialKinds';

/** The choice of a sign-in, first in every node; beside it a node lists the credentials, each shown for its value here. */
export const connectWithProperty: INodeProperties = {
	displayName: 'Connect With',
	name: 'connectWith',
	type: 'options',
	noDataExpression: true,
	options: credentialKinds.map(({ label, credentialType, description }) => ({ name: label, value: credentialType, description })),
	default: credentialKinds[0].credentialType,
	description: 'How this node signs in to the CRM',
};
