import type { ICredentialDataDecryptedObject, ICredentialTestRequest, ICredentialType, IHttpRequestHelper, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';

import { authenticateWith } from '../src/n8n/signIn/authenticate';
import { dynamicsAppForm } from '../src/n8n/signIn/dynamicsAppForm';
import { environmentFieldsOfApp } from '../src/n8n/signIn/dynamicsFields';
import { dynamicsTest } from '../src/n8n/signIn/dynamicsTest';
import { preAuthenticate } from '../src/n8n/signIn/preAuthenticate';
import { tokenFields } from '../src/n8n/signIn/tokenFields';

const certificate = { proof: ['certificate'] };

/** An app registration of Microsoft Entra ID that signs in for itself: by its secret, or by a certificate. */
export class CrmDynamicsAppApi implements ICredentialType {
	name = 'crmDynamicsAppApi';

	displayName = 'CRM Sync: Dynamics 365 App API';

	icon = { light: 'file:../icons/crm.svg', dark: 'file:../icons/crm.dark.svg' } as const;

	documentationUrl = 'https://github.com/n8n-nodes-crm-sync/n8n-nodes-crm-sync/blob/main/docs/credentials.md';

	restrictToSupportedNodes = true as const;

	properties: INodeProperties[] = [
		{
			displayName:
				'In Microsoft Entra ID, make an <b>app registration</b> and a client secret (or upload a certificate) in it. Then, in the Power Platform admin center, add the app to the environment as an <b>application user</b> (Environments > your environment > Settings > Users + permissions > Application users) with a <b>security role</b>. It needs no API permission and no redirect URL.',
			name: 'appNotice',
			type: 'notice',
			default: '',
		},
		...environmentFieldsOfApp,
		{
			displayName: 'Directory (Tenant) ID',
			name: 'tenantId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 72f988bf-86f1-41af-91ab-2d7cd011db47',
			description: 'From the overview of the app registration; the domain of the tenant will do too',
		},
		{
			displayName: 'Application (Client) ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 51f81489-12ee-4a9e-aaae-a2591f45987d',
			description: 'From the overview of the app registration',
		},
		{
			displayName: 'Proof',
			name: 'proof',
			type: 'options',
			options: [
				{ name: 'Certificate', value: 'certificate', description: 'The app has a certificate, and n8n signs with its private key; no secret travels' },
				{ name: 'Client Secret', value: 'secret', description: 'The simplest way; the secret ends after two years at the latest' },
			],
			default: 'secret',
			description: 'How the app proves who it is',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { proof: ['secret'] } },
			default: '',
			required: true,
			description: 'The <b>value</b> of the secret, which is shown only once, right after it was made; not the Secret ID beside it',
		},
		{
			displayName: 'Certificate',
			name: 'certificate',
			type: 'string',
			typeOptions: { password: true, rows: 4 },
			displayOptions: { show: certificate },
			default: '',
			required: true,
			placeholder: 'e.g. -----BEGIN CERTIFICATE----- …',
			description: 'The certificate that was uploaded to the app, as PEM. Line breaks may be missing.',
		},
		{
			displayName: 'Private Key',
			name: 'privateKey',
			type: 'string',
			typeOptions: { password: true, rows: 4 },
			displayOptions: { show: certificate },
			default: '',
			required: true,
			placeholder: 'e.g. -----BEGIN PRIVATE KEY----- …',
			description: 'The RSA key that belongs to the certificate, as PEM without a passphrase. Line breaks may be missing.',
		},
		...tokenFields,
		{ displayName: 'Expires At', name: 'expiresAt', type: 'hidden', default: '' },
	];

	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		return await preAuthenticate(this, dynamicsAppForm, credentials);
	}

	authenticate = async (credentials: ICredentialDataDecryptedObject, requestOptions: IHttpRequestOptions): Promise<IHttpRequestOptions> => authenticateWith(dynamicsAppForm, credentials, requestOptions);

	test: ICredentialTestRequest = dynamicsTest;
}
