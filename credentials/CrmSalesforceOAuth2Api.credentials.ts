import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { salesforceUrlExpression } from '../src/n8n/credentialAddress';

/** A person's sign-in to Salesforce in the browser, kept alive by a refresh token. */
export class CrmSalesforceOAuth2Api implements ICredentialType {
	name = 'crmSalesforceOAuth2Api';

	displayName = 'CRM Sync: Salesforce OAuth2 API';

	extends = ['oAuth2Api'];

	icon = { light: 'file:../icons/crm.svg', dark: 'file:../icons/crm.dark.svg' } as const;

	documentationUrl = 'https://github.com/n8n-nodes-crm-sync/n8n-nodes-crm-sync/blob/main/docs/credentials.md';

	properties: INodeProperties[] = [
		{
			displayName:
				'In Salesforce, create an <b>External Client App</b> (Setup > External Client App Manager; new connected apps can no longer be created). Enable OAuth there, enter the redirect URL above as its callback URL and select the scopes <b>api</b>, <b>refresh_token</b>, <b>openid</b> and <b>id</b>. Then copy its <b>consumer key</b> to Client ID and its <b>consumer secret</b> to Client Secret.',
			name: 'appNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName:
				'Everything is done as the person who signs in, with the rights of that person. Use a user of its own for this integration, so that nothing stops when somebody leaves or changes a password.',
			name: 'userNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{
					name: 'My Domain (Recommended)',
					value: 'myDomain',
					description: 'Any org or sandbox, by its own address; works also where an admin has closed the general login pages',
				},
				{
					name: 'Production',
					value: 'production',
					description: 'Production and Developer Edition orgs, through login.salesforce.com',
				},
				{
					name: 'Sandbox',
					value: 'sandbox',
					description: 'Sandboxes, through test.salesforce.com',
				},
			],
			default: 'myDomain',
		},
		{
			displayName: 'My Domain',
			name: 'domain',
			type: 'string',
			displayOptions: { show: { environment: ['myDomain'] } },
			default: '',
			required: true,
			placeholder: 'e.g. foocorp or https://foocorp--uat.sandbox.my.salesforce.com',
			description: 'Name or address of the org, as Setup > My Domain shows it. An address copied from the browser will do.',
		},
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'hidden',
			default: 'authorizationCode',
		},
		{
			displayName: 'Use PKCE',
			name: 'usePkce',
			type: 'hidden',
			default: true,
		},
		// https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_endpoints.htm
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: salesforceUrlExpression('/services/oauth2/authorize'),
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: salesforceUrlExpression('/services/oauth2/token'),
		},
		// https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_tokens_scopes.htm
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			default: 'api refresh_token openid id',
		},
		// Without it Salesforce takes whoever is signed in to this browser, mostly the admin and not the integration's own user.
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: 'prompt=login',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'body',
		},
		// In a node such as HTTP Request, where a workflow names the address, the token goes to Salesforce only.
		{
			displayName: 'Allowed HTTP Request Domains',
			name: 'allowedHttpRequestDomains',
			type: 'hidden',
			default: 'domains',
		},
		{
			displayName: 'Allowed Domains',
			name: 'allowedDomains',
			type: 'hidden',
			default: '*.salesforce.com, *.salesforce.mil, *.my-salesforce.com, *.sfcrmproducts.cn',
		},
	];
}
