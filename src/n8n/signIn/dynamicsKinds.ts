import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { canonicalId } from '../../crm/dynamics/guids';
import { addressRefusals } from '../../crm/dynamics/host';
import { readCertificate } from '../../crm/dynamics/signIn/certificate';
import { entraError } from '../../crm/dynamics/signIn/entraError';
import { claimsOf, identityUrlOf } from '../../crm/dynamics/signIn/tokenClaims';
import { CrmError } from '../../model/crmError';
import type { CredentialKind, StoredSignIn } from '../credentialKinds';
import { dynamicsApiOrigin, dynamicsEnvironment, entraOrigin } from '../dynamicsAddress';
import { dynamicsAppForm } from './dynamicsAppForm';
import { readStoredTokens } from './storedTokens';

const dynamics = {
	crm: 'dynamics',
	crmName: 'Dynamics 365',
	signInOrigin: entraOrigin,
	environmentOrigin: dynamicsEnvironment,
	apiOrigin: dynamicsApiOrigin,
	addressRefusals: Object.values(addressRefusals),
	signInError: entraError,
	canonicalOrgId: canonicalId,
	sendsPassword: false,
} as const;

/** The two ways to sign in to Dynamics 365. Their tokens name no environment, so that only the CRM can tell which one it is. */
export const dynamicsKinds: readonly CredentialKind[] = [
	{
		...dynamics,
		credentialType: 'crmDynamicsOAuth2Api',
		label: 'Dynamics 365 OAuth2',
		description: 'A person signs in to Dynamics 365 in the browser, once',
		signInKind: 'oauth2',
		signsItselfIn: false,
		contentFields: ['environmentType', 'environmentUrl', 'authorityUrl', 'tenantId', 'clientId', 'clientSecret'],
		secretFields: ['clientSecret'],
		readTokens: readPersonsTokens,
		refreshTokenRemedy: 'Connect the account again, and accept everything that Microsoft asks for.',
	},
	{
		...dynamics,
		credentialType: 'crmDynamicsAppApi',
		label: 'Dynamics 365 App',
		description: 'An app signs in for itself, with its secret or with a certificate',
		signInKind: 'clientCredentials',
		signsItselfIn: true,
		contentFields: dynamicsAppForm.fields,
		certificateExpiresAt: certificateEnd,
		secretFields: ['clientSecret', 'privateKey'],
		readTokens: readAppTokens,
		userOf: ({ tenantId, clientId }) => `${String(tenantId)} ${String(clientId)}`,
		refreshTokenRemedy: 'Test the credential in its form.',
	},
];

function readAppTokens(credential: ICredentialDataDecryptedObject): StoredSignIn | undefined {
	const tokens = readStoredTokens(credential, dynamicsAppForm);
	return tokens && { instanceUrl: tokens.instanceUrl, identityUrl: tokens.identityUrl, secrets: [tokens.accessToken], approval: '' };
}

function certificateEnd({ proof, certificate }: ICredentialDataDecryptedObject): number | undefined {
	try {
		return proof === 'certificate' ? readCertificate(certificate).expiresAt : undefined;
	} catch {
		// What is wrong with it is told by whoever signs in with it.
		return undefined;
	}
}

function readPersonsTokens(credential: ICredentialDataDecryptedObject): StoredSignIn | undefined {
	const tokens = (credential.oauthTokenData ?? {}) as IDataObject;
	if (typeof tokens.access_token !== 'string' || tokens.access_token === '') return undefined;
	const environment = dynamicsEnvironment(credential);
	checkAudience(tokens.access_token, environment);
	return {
		instanceUrl: environment,
		identityUrl: identityUrlOf(tokens.access_token, entraOrigin(credential)),
		secrets: [tokens.access_token, tokens.refresh_token, tokens.id_token],
		approval: String(tokens.refresh_token ?? ''),
	};
}

/**
 * A person connects an account for one environment, and a renewal stays with it: after another one was entered, the old token would go
 * to the new address. https://learn.microsoft.com/en-us/entra/identity-platform/access-token-claims-reference
 */
function checkAudience(accessToken: string, environment: string): void {
	const { aud } = claimsOf(accessToken);
	if (typeof aud !== 'string' || !URL.canParse(aud) || !aud.startsWith('http')) return;
	if (new URL(aud).host.replace('.api.crm', '.crm') === new URL(environment).host) return;
	throw new CrmError('auth', {
		message: 'The account was connected for another environment than the Environment URL in this credential now names, so nothing was sent.',
		remedy: 'Open the credential and connect the account again.',
		code: 'OTHER_ENVIRONMENT',
		reason: 'audience-refused',
	});
}
