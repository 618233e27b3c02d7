import { createHmac } from 'node:crypto';

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { SignInTokens } from '../../crm/signIn/signInTokens';
import type { SignInForm } from './signInForm';

/** What a sign-in leaves in the credential: n8n stores whatever `preAuthentication` returns, encrypted. */
export interface StoredTokens extends SignInTokens {
	/** Shows for which content of the credential the token was given. */
	readonly signedInWith: string;
}

/** The tokens as they are to be stored with the credential that brought them. */
export function tokensToStore(tokens: SignInTokens, credential: ICredentialDataDecryptedObject, form: SignInForm): StoredTokens {
	return { ...tokens, signedInWith: mark(tokens.accessToken, contentOf(credential, form.fields)) };
}

/**
 * The tokens stored in a credential; `undefined` before the first sign-in, and after somebody changed a field: n8n keeps the old token
 * then, and would go on as another user or in another org.
 */
export function readStoredTokens(credential: ICredentialDataDecryptedObject, form: SignInForm): SignInTokens | undefined {
	const { accessToken, instanceUrl, identityUrl, signedInWith, expiresAt } = credential;
	if (typeof accessToken !== 'string' || accessToken === '' || typeof instanceUrl !== 'string') return undefined;
	if (signedInWith !== mark(accessToken, contentOf(credential, form.fields))) return undefined;
	return { accessToken, instanceUrl, identityUrl: typeof identityUrl === 'string' ? identityUrl : '', ...(typeof expiresAt === 'number' ? { expiresAt } : {}) };
}

/** The values of a credential's fields, in their order. */
export function contentOf(credential: ICredentialDataDecryptedObject, fields: readonly string[]): string[] {
	return fields.map((name) => String(credential[name] ?? ''));
}

/** Keyed by the token, which only n8n knows, so that nobody can guess the content from it. */
function mark(accessToken: string, content: readonly string[]): string {
	return createHmac('sha256', accessToken).update(JSON.stringify(content)).digest('base64url');
}
