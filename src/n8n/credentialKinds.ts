import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import type { SignInKind } from '../connections/diagnosis';
import { signInError } from '../crm/salesforce/errors/toCrmError';
import { salesforceHostRefusal } from '../crm/salesforce/host';
import { canonicalId } from '../crm/salesforce/ids';
import { instanceOrigin } from '../crm/salesforce/instanceOrigin';
import { isSandboxHost } from '../crm/salesforce/signIn/audience';
import { identityIds } from '../crm/salesforce/signIn/identityIds';
import { isLoopback } from '../crm/safeOrigin';
import type { CrmKind } from '../model/crmAdapter';
import type { CrmError } from '../model/crmError';
import type { SignInReason } from '../model/signInReason';
import { salesforceSignInOrigin } from './credentialAddress';
import { dynamicsKinds } from './signIn/dynamicsKinds';
import { serverForm, serverOrigin } from './signIn/serverForm';
import type { SignInForm } from './signIn/signInForm';
import { readStoredTokens } from './signIn/storedTokens';
import { tokenForm } from './signIn/tokenForm';

/** What a credential stores of a sign-in. */
export interface StoredSignIn {
	/** As the CRM named it, not yet checked; empty where it named none. */
	readonly instanceUrl: string;
	/** The CRM's own address of the signed-in user; empty where it gave none. */
	readonly identityUrl: string;
	/** The CRM's ids of the org and of the user, in canonical form, where the tokens name them. */
	readonly orgId?: string;
	readonly userId?: string;
	readonly secrets: readonly unknown[];
	/** What only a new sign-in by a person changes. */
	readonly approval: string;
}

/** How an address in a credential is refused. */
export interface AddressRefusal {
	readonly message: string;
	readonly remedy: string;
	readonly code: string;
	/** `wrong-address` unless given. */
	readonly reason?: SignInReason;
}

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
	/** Where its requests go before the CRM has named a host; `signInOrigin` unless given. Throws as that does. */
	readonly environmentOrigin?: (credential: ICredentialDataDecryptedObject) => string;
	/** Whether an origin at which it signs in is that of sandboxes; `undefined` where that does not show. */
	readonly isSandbox?: (signInOrigin: string) => boolean | undefined;
	/** The origin of an API address that a sign-in named; `undefined` where no token may go. Throws as `signInOrigin` does. */
	readonly apiOrigin: (url: string, credential: ICredentialDataDecryptedObject) => string | undefined;
	/** How the addresses are refused; n8n hands on the words alone, so the words have to be recognised. */
	readonly addressRefusals: readonly AddressRefusal[];
	/** Words for what the CRM's token endpoint answered: OAuth's `error` and `error_description`. */
	readonly signInError: (error: string, description: string) => CrmError;
	/** What to change in the CRM's app so that it gives a refresh token. */
	readonly refreshTokenRemedy: string;
	/** Of a credential that offers several, the one that the others are like. */
	readonly signInKind: SignInKind;
	/** Signing in sends a password, so repeated refusals may lock the user out. */
	readonly sendsPassword: boolean;
	/** Everything that signing in with a password sends; `undefined` where the fields do not allow it. Never throws. */
	readonly passwordContent?: (credential: ICredentialDataDecryptedObject) => readonly string[] | undefined;
	/** Fields that a person fills in. */
	readonly contentFields: readonly string[];
	/** What is stored of the present sign-in; `undefined` when nobody is signed in with the credential as it is now. Throws a `CrmError` when it may not be used. */
	readonly readTokens: (credential: ICredentialDataDecryptedObject) => StoredSignIn | undefined;
	/** When the certificate that a person entered ends, in milliseconds since 1970; absent where there is none. Never throws. */
	readonly certificateExpiresAt?: (credential: ICredentialDataDecryptedObject) => number | undefined;
	/** Fields that hold secrets, beside the tokens. */
	readonly secretFields: readonly string[];
	/** Tells one user from another where the credential itself names it, before any sign-in. */
	readonly userOf?: (credential: ICredentialDataDecryptedObject) => string;
	/** n8n signs in with the first request, and again when it has to; else a person has to connect the account. */
	readonly signsItselfIn: boolean;
	/**
	 * Path of a request that costs no call of the CRM and makes n8n sign in, where only that tells the host: the requests of such a
	 * credential are sent as paths.
	 */
	readonly signInPath?: string;
	/** The one form of an org's id, or `undefined` for a text that is none. */
	readonly canonicalOrgId: (text: string) => string | undefined;
}

const salesforce = {
	crm: 'salesforce',
	crmName: 'Salesforce',
	signInOrigin: salesforceSignInOrigin,
	isSandbox: (origin: string) => (isLoopback(origin) ? undefined : isSandboxHost(origin)),
	apiOrigin: (url: string, credential: ICredentialDataDecryptedObject) => instanceOrigin(url, salesforceSignInOrigin(credential)),
	addressRefusals: [{ ...salesforceHostRefusal, code: 'INVALID_MY_DOMAIN' }],
	signInError,
	canonicalOrgId: canonicalId,
} as const;

/** https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_versions.htm is answered without a sign-in. */
const salesforceWithoutBrowser = {
	...salesforce,
	signInPath: '/services/data',
	signsItselfIn: true,
	refreshTokenRemedy: 'Test the credential in its form.',
} as const;

function readOAuth2Tokens({ oauthTokenData }: ICredentialDataDecryptedObject): StoredSignIn | undefined {
	const tokens = (oauthTokenData ?? {}) as IDataObject;
	if (!tokens.access_token) return undefined;
	const identityUrl = typeof tokens.id === 'string' ? tokens.id : '';
	return {
		instanceUrl: tokens.instance_url ? String(tokens.instance_url) : '',
		identityUrl,
		...identityIds(identityUrl),
		secrets: [tokens.access_token, tokens.refresh_token, tokens.id_token],
		approval: String(tokens.refresh_token ?? ''),
	};
}

function withoutBrowser(credential: ICredentialDataDecryptedObject, form: SignInForm): StoredSignIn | undefined {
	const tokens = readStoredTokens(credential, form);
	return tokens && { ...tokens, ...identityIds(tokens.identityUrl), secrets: [tokens.accessToken], approval: '' };
}

function passwordContent(credential: ICredentialDataDecryptedObject): readonly string[] | undefined {
	try {
		return tokenForm.plan(credential).content;
	} catch {
		// What is wrong with a field is told by whoever signs in with it.
		return undefined;
	}
}

/** Every sign-in that the package offers, in the order in which people see them. */
export const credentialKinds: readonly CredentialKind[] = [
	{
		credentialType: 'crmSalesforceOAuth2Api',
		...salesforce,
		label: 'Salesforce OAuth2',
		description: 'A person signs in to Salesforce in the browser, once',
		signInKind: 'oauth2',
		sendsPassword: false,
		signsItselfIn: false,
		contentFields: ['environment', 'domain', 'clientId', 'clientSecret'],
		secretFields: ['clientSecret'],
		readTokens: readOAuth2Tokens,
		refreshTokenRemedy: 'Allow the scope refresh_token in the app, then connect the account again.',
	},
	{
		...salesforceWithoutBrowser,
		credentialType: 'crmSalesforceTokenApi',
		label: 'Salesforce User Name and Password',
		description: 'A user name, password and security token, where the org still allows them',
		signInKind: 'password',
		sendsPassword: true,
		passwordContent,
		contentFields: tokenForm.fields,
		secretFields: ['consumerSecret', 'password', 'securityToken'],
		readTokens: (credential) => withoutBrowser(credential, tokenForm),
	},
	{
		...salesforceWithoutBrowser,
		credentialType: 'crmSalesforceServerApi',
		label: 'Salesforce Server to Server',
		description: 'An app signs in for itself, with its secret or with a key',
		signInKind: 'clientCredentials',
		sendsPassword: false,
		signInOrigin: serverOrigin,
		apiOrigin: serverForm.apiOrigin,
		contentFields: serverForm.fields,
		secretFields: ['consumerSecret', 'privateKey'],
		readTokens: (credential) => withoutBrowser(credential, serverForm),
	},
	...dynamicsKinds,
];

/** The values of *Connect With* that stand for a CRM. */
export function signInsTo(crm: CrmKind): string[] {
	return credentialKinds.filter((kind) => kind.crm === crm).map(({ credentialType }) => credentialType);
}

/** The sign-in that a value of *Connect With* stands for. */
export function credentialKind(connectWith: string): CredentialKind {
	const kind = credentialKinds.find((candidate) => candidate.credentialType === connectWith);
	if (!kind) throw new Error(`Connect With has no option "${connectWith}"`);
	return kind;
}
