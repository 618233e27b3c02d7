import type { ICredentialDataDecryptedObject, ICredentialTestRequest, ICredentialType, IHttpRequestHelper, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';

import { authenticateWith } from '../src/n8n/signIn/authenticate';
import { preAuthenticate } from '../src/n8n/signIn/preAuthenticate';
import { salesforceTest } from '../src/n8n/signIn/salesforceTest';
import { domainField, tokenFields } from '../src/n8n/signIn/tokenFields';
import { tokenForm } from '../src/n8n/signIn/tokenForm';

/** A user name and password of Salesforce, with the consumer key of an app or without one. */
export class CrmSalesforceTokenApi implements ICredentialType {
	name = 'crmSalesforceTokenApi';

	displayName = 'CRM Sync: Salesforce User Name and Password API';

	icon = { light: 'file:../icons/crm.svg', dark: 'file:../icons/crm.dark.svg' } as const;

	documentationUrl = 'https://github.com/n8n-nodes-crm-sync/n8n-nodes-crm-sync/blob/main/docs/credentials.md';

	restrictToSupportedNodes = true as const;

	properties: INodeProperties[] = [
		{
			displayName:
				'Choose this only if you have to. External Client Apps do <b>not</b> support the user-name-password flow, and orgs created since Summer \'23 block it by default. If your org blocks it, use "CRM Sync: Salesforce OAuth2 API" or "CRM Sync: Salesforce Server to Server API" instead, or ask your admin to allow it (Setup > OAuth and OpenID Connect Settings).',
			name: 'flowNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName:
				'The <b>security token dies with every password change</b>, and Salesforce asks for a new password every three months by default. Use a <b>user of its own</b> for this integration, whose password does not expire.',
			name: 'renewalNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Editions without API access cannot connect: Contact Manager, Group, and Professional without the API add-on. The user needs the permission "API Enabled".',
			name: 'editionNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{ name: 'My Domain (Recommended)', value: 'myDomain', description: 'Any org or sandbox, by its own address; works also where an admin has closed the general login pages' },
				{ name: 'Production', value: 'production', description: 'Production and Developer Edition orgs, through login.salesforce.com' },
				{ name: 'Sandbox', value: 'sandbox', description: 'Sandboxes, through test.salesforce.com' },
			],
			default: 'myDomain',
		},
		{ ...domainField, displayOptions: { show: { environment: ['myDomain'] } } },
		{
			displayName: 'User Name',
			name: 'username',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. integration@foocorp.com.uat',
			description: 'The name with which the user signs in to Salesforce; in a sandbox it ends in the name of the sandbox',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Without the security token. A password that Salesforce refuses is not sent again by itself, so that the user is not locked out.',
		},
		{
			displayName: 'Security Token',
			name: 'securityToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Salesforce sends it by email after every password change, and after Settings > Reset My Security Token. Leave it empty where the org trusts the IP address of this n8n.',
		},
		{
			displayName: 'Consumer Key',
			name: 'consumerKey',
			type: 'string',
			default: '',
			placeholder: 'e.g. 3MVG9…',
			description: 'Of a connected app that allows the user-name-password flow. Leave key and secret empty to sign in by SOAP, where the org still allows that; Salesforce ends it with Summer \'27.',
		},
		{
			displayName: 'Consumer Secret',
			name: 'consumerSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Of the same connected app',
		},
		...tokenFields,
	];

	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		return await preAuthenticate(this, tokenForm, credentials);
	}

	authenticate = async (credentials: ICredentialDataDecryptedObject, requestOptions: IHttpRequestOptions): Promise<IHttpRequestOptions> => authenticateWith(tokenForm, credentials, requestOptions);

	test: ICredentialTestRequest = salesforceTest;
}
