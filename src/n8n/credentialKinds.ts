import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { SignInKind } from '../connections/diagnosis';
import { signInError } from '../crm/salesforce/errors/toCrmError';
import { salesforceHostRefusal } from '../crm/salesforce/host';
import { canonicalId } from '../crm/salesforce/ids';
import type { CrmKind } from '../model/crmAdapter';
import type { CrmError } from '../model/crmError';
import { salesforceSignInOrigin } from './credentialAddress';

/** One way to sign in to a CRM, and the n8n credential that holds it. */
export interface CredentialKind {
	/** Name of the n8n credential type, and value of *Connect With*: nodes name it twice in their `credentials`. */
	readonly credentialType: string;
	readonly crm: CrmKind;
	/** Name of the CRM, as people say it. */
	readonly crmName: string;
	/** As the person reads it under *Connect With*. */
	readonly label: string;
	readonly description: string;
	/** Where the credential signs in; throws a `CrmError` when its fields name no host of that CRM. */
	readonly signInOrigin: (credential: ICredentialDataDecryptedObject) => string;
	/** How `signInOrigin` refuses; n8n hands on its words alone, so the words have to be recognised. */
	readonly addressRefusal: { readonly message: string; readonly remedy: string; readonly code: string };
	/** Words for what the CRM's token endpoint answered: OAuth's `error` and `error_description`. */
	readonly signInError: (error: string, description: string) => CrmError;
	/** What to change in the CRM's app so that it gives a refresh token. */
	readonly refreshTokenRemedy: string;
	readonly signInKind: SignInKind;
	/** Signing in sends a password, so repeated refusals may lock the user out. */
	readonly sendsPassword: boolean;
	/** Fields that a person fills in, and tokens that only a new sign-in changes: what makes it another credential. */
	readonly contentFields: readonly string[];
	/** The one form of an org's id, or `undefined` for a text that is none. */
	readonly canonicalOrgId: (text: string) => string | undefined;
}

/** Every sign-in that the package offers, in the order in which people see them. */
export const credentialKinds: readonly CredentialKind[] = [
	{
		credentialType: 'crmSalesforceOAuth2Api',
		crm: 'salesforce',
		crmName: 'Salesforce',
		label: 'Salesforce OAuth2',
		description: 'A person signs in to Salesforce in the browser, once',
		signInOrigin: salesforceSignInOrigin,
		addressRefusal: { ...salesforceHostRefusal, code: 'INVALID_MY_DOMAIN' },
		signInError,
		signInKind: 'oauth2',
		sendsPassword: false,
		contentFields: ['environment', 'domain', 'clientId', 'clientSecret'],
		canonicalOrgId: canonicalId,
		refreshTokenRemedy: 'Allow the scope refresh_token in the app, then connect the account again.',
	},
];

/** The sign-in that a value of *Connect With* stands for. */
export function credentialKind(connectWith: string): CredentialKind {
	const kind = credentialKinds.find((candidate) => candidate.credentialType === connectWith);
	if (!kind) throw new Error(`Connect With has no option "${connectWith}"`);
	return kind;
}
