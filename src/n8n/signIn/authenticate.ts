import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { CrmError } from '../../model/crmError';
import { whoAsks } from './asking';
import { reachedOtherOrg } from './reachedOtherOrg';
import { SignInFailure } from './signInFailure';
import type { SignInForm } from './signInForm';
import { readStoredTokens } from './storedTokens';

/**
 * Sends a request to the org that the credential is signed in to: a path goes to its API host, and the token to no other. n8n calls it
 * for each request, and again after a new sign-in: one that arrived at another org than the run began with gets nothing.
 */
export function authenticateWith(form: SignInForm, credential: ICredentialDataDecryptedObject, options: IHttpRequestOptions, now = () => Date.now()): IHttpRequestOptions {
	const tokens = readStoredTokens(credential, form);
	if (!tokens || (tokens.expiresAt ?? Infinity) <= now()) throw new TokenOutdated();
	const { orgId: began } = whoAsks() ?? {};
	const reached = form.orgOf?.(tokens.identityUrl);
	if (began !== undefined && reached !== undefined && reached !== began) throw new SignInFailure(reachedOtherOrg(form.crmName, began, reached));
	const instance = form.apiOrigin(tokens.instanceUrl, credential);
	const isPath = /^\/(?!\/)/.test(options.url);
	if (instance === undefined || !(isPath || (URL.canParse(options.url) && new URL(options.url).origin === instance))) throw new SignInFailure(foreignHost(form.crmName));
	return { ...options, baseURL: isPath ? instance : undefined, headers: { ...options.headers, Authorization: `Bearer ${tokens.accessToken}` } };
}

/** A 401 to n8n, without a request: the stored token is over, or belongs to what the credential was before somebody changed it, so n8n signs in again. */
class TokenOutdated extends Error {
	readonly response = { status: 401, headers: {}, data: '' };

	constructor() {
		super('The credential has to sign in again.');
	}
}

function foreignHost(crmName: string): CrmError {
	return new CrmError('auth', {
		message: `A request was not sent, because its address is not that of the ${crmName} of this credential.`,
		remedy: 'Use the credential in the nodes of CRM Sync only.',
		code: 'INVALID_INSTANCE_URL',
		reason: 'wrong-address',
	});
}
