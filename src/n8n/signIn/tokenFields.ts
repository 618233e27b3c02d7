import type { INodeProperties } from 'n8n-workflow';

/** Where n8n keeps what a sign-in brought. The token is the field whose emptiness, or a 401, makes n8n sign in. */
export const tokenFields: INodeProperties[] = [
	{ displayName: 'Access Token', name: 'accessToken', type: 'hidden', typeOptions: { expirable: true, password: true }, default: '' },
	{ displayName: 'Instance URL', name: 'instanceUrl', type: 'hidden', default: '' },
	{ displayName: 'Identity URL', name: 'identityUrl', type: 'hidden', default: '' },
	{ displayName: 'Signed In With', name: 'signedInWith', type: 'hidden', typeOptions: { password: true }, default: '' },
	// For the nodes of this package alone: no workflow can have the token sent anywhere else.
	{ displayName: 'Allowed HTTP Request Domains', name: 'allowedHttpRequestDomains', type: 'hidden', default: 'none' },
];

/** Where the credential signs in, as in the credential of a person. */
export const domainField: INodeProperties = {
	displayName: 'My Domain',
	name: 'domain',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. foocorp or https://foocorp--uat.sandbox.my.salesforce.com',
	description: 'Name or address of the org, as Setup > My Domain shows it. An address copied from the browser will do.',
};
