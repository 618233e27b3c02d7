import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { dynamicsScopeExpression, entraUrlExpression } from '../src/n8n/dynamicsAddress';
import { environmentFieldsOfPerson } from '../src/n8n/signIn/dynamicsFields';

/** A person's sign-in to Dynamics 365 in the browser, kept alive by a refresh token. */
export class CrmDynamicsOAuth2Api implements ICredentialType {
	name = 'crmDynamicsOAuth2Api';

	displayName = 'CRM Sync: Dynamics 365 OAuth2 API';

	extends = ['oAuth2Api'];

	icon = { light: 'file:../icons/crm.svg', dark: 'file:../icons/crm.dark.svg' } as const;

	documentationUrl = 'https://github.com/n8n-nodes-crm-sync/n8n-nodes-crm-sync/blob/main/docs/credentials.md';

	properties: INodeProperties[] = [
		{
			displayName:
				'In Microsoft Entra ID, make an <b>app registration</b>. Enter the redirect URL above as a redirect URI of the platform <b>Web</b> (not single-page application), add the delegated API permission <b>Dynamics CRM > user_impersonation</b> and have an admin consent to it. Then copy its <b>application ID</b> to Client ID and the <b>value</b> of a client secret to Client Secret.',
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
		...environmentFieldsOfPerson,
		{
			displayName: 'Directory (Tenant) ID',
			name: 'tenantId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 72f988bf-86f1-41af-91ab-2d7cd011db47',
			description: 'From the overview of the app registration. Leave it empty where the app is for several organizations: then people sign in to their own.',
		},
		{ displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'authorizationCode' },
		{ displayName: 'Use PKCE', name: 'usePkce', type: 'hidden', default: true },
		// https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-auth-code-flow
		{ displayName: 'Authorization URL', name: 'authUrl', type: 'hidden', default: entraUrlExpression('authorize') },
		{ displayName: 'Access Token URL', name: 'accessTokenUrl', type: 'hidden', default: entraUrlExpression('token') },
		{ displayName: 'Scope', name: 'scope', type: 'hidden', default: dynamicsScopeExpression },
		// Without it Microsoft takes whoever is signed in to this browser, mostly the admin and not the integration's own user.
		{ displayName: 'Auth URI Query Parameters', name: 'authQueryParameters', type: 'hidden', default: 'prompt=select_account' },
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
		// In a node such as HTTP Request, where a workflow names the address, the token goes to Dynamics 365 only.
		{ displayName: 'Allowed HTTP Request Domains', name: 'allowedHttpRequestDomains', type: 'hidden', default: 'domains' },
		{ displayName: 'Allowed Domains', name: 'allowedDomains', type: 'hidden', default: '*.dynamics.com, *.microsoftdynamics.us, *.appsplatform.us, *.dynamics.cn' },
	];
}
