import type { ICredentialDataDecryptedObject, ICredentialTestRequest, ICredentialType, IHttpRequestHelper, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';

import { authenticateWith } from '../src/n8n/signIn/authenticate';
import { preAuthenticate } from '../src/n8n/signIn/preAuthenticate';
import { salesforceTest } from '../src/n8n/signIn/salesforceTest';
import { serverForm } from '../src/n8n/signIn/serverForm';
import { domainField, tokenFields } from '../src/n8n/signIn/tokenFields';

const jwt = { flow: ['jwt'] };

/** An app of Salesforce that signs in for itself: client credentials, or JWT bearer. */
export class CrmSalesforceServerApi implements ICredentialType {
	name = 'crmSalesforceServerApi';

	displayName = 'CRM Sync: Salesforce Server to Server API';

	icon = { light: 'file:../icons/crm.svg', dark: 'file:../icons/crm.dark.svg' } as const;

	documentationUrl = 'https://github.com/n8n-nodes-crm-sync/n8n-nodes-crm-sync/blob/main/docs/credentials.md';

	restrictToSupportedNodes = true as const;

	properties: INodeProperties[] = [
		{
			displayName: 'Flow',
			name: 'flow',
			type: 'options',
			options: [
				{ name: 'Client Credentials', value: 'clientCredentials', description: 'The app has a secret and names the user to act as; the simplest way without a browser' },
				{ name: 'JWT Bearer', value: 'jwt', description: 'The app holds a certificate, and n8n signs with the private key' },
			],
			default: 'clientCredentials',
		},
		{
			displayName:
				'In Salesforce, create an <b>External Client App</b> (Setup > External Client App Manager), enable OAuth with the scope <b>api</b>, and enable the <b>client credentials flow</b>. Then, in the policies of the app, enter the user to <b>run as</b>. Copy its consumer key and consumer secret to the fields below.',
			name: 'clientCredentialsNotice',
			type: 'notice',
			displayOptions: { show: { flow: ['clientCredentials'] } },
			default: '',
		},
		{
			displayName:
				'In Salesforce, create an <b>External Client App</b> (Setup > External Client App Manager), enable OAuth with the scopes <b>api</b> and <b>refresh_token</b>, enable the <b>JWT bearer flow</b> and upload the certificate. Then, in the policies of the app, admit <b>admin approved users</b> and give the user a permission set of the app.',
			name: 'jwtNotice',
			type: 'notice',
			displayOptions: { show: jwt },
			default: '',
		},
		{
			displayName:
				'Everything is done as one user, with the rights of that user. Use a user of its own for this integration. Editions without API access cannot connect: Contact Manager, Group, and Professional without the API add-on.',
			name: 'userNotice',
			type: 'notice',
			default: '',
		},
		{
			...domainField,
			description: 'Name or address of the org, as Setup > My Domain shows it. An address copied from the browser will do; client credentials do not work at login.salesforce.com or test.salesforce.com.',
		},
		{
			displayName: 'Consumer Key',
			name: 'consumerKey',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 3MVG9…',
			description: 'Of the app, from its OAuth settings',
		},
		{
			displayName: 'Consumer Secret',
			name: 'consumerSecret',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { flow: ['clientCredentials'] } },
			default: '',
			required: true,
			description: 'Of the same app',
		},
		{
			displayName: 'User Name',
			name: 'username',
			type: 'string',
			displayOptions: { show: jwt },
			default: '',
			required: true,
			placeholder: 'e.g. integration@foocorp.com.uat',
			description: 'The Salesforce user to act as; in a sandbox the name ends in the name of the sandbox',
		},
		{
			displayName: 'Private Key',
			name: 'privateKey',
			type: 'string',
			typeOptions: { password: true, rows: 4 },
			displayOptions: { show: jwt },
			default: '',
			required: true,
			placeholder: 'e.g. -----BEGIN PRIVATE KEY----- …',
			description: 'The RSA key that belongs to the certificate in the app, as PEM without a passphrase. Line breaks may be missing.',
		},
		{
			displayName: 'Audience',
			name: 'audience',
			type: 'options',
			options: [
				{ name: 'By the Address', value: 'automatic', description: 'Sandbox where the address is one of a sandbox or scratch org, else production' },
				{ name: 'Production', value: 'production', description: 'At https://login.salesforce.com' },
				{ name: 'Sandbox', value: 'sandbox', description: 'At https://test.salesforce.com' },
			],
			displayOptions: { show: jwt },
			default: 'automatic',
			description: 'For which kind of org the signed request is meant; change it only if Salesforce refuses the audience',
		},
		...tokenFields,
	];

	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		return await preAuthenticate(this, serverForm, credentials);
	}

	authenticate = async (credentials: ICredentialDataDecryptedObject, requestOptions: IHttpRequestOptions): Promise<IHttpRequestOptions> => authenticateWith(serverForm, credentials, requestOptions);

	test: ICredentialTestRequest = salesforceTest;
}
