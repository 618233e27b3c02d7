import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import type { FingerprintKey } from '../../model/fingerprint';
import type { CredentialKind } from '../credentialKinds';
import type { CrmContext } from '../crmContext';
import { keyedFingerprint } from '../keyedFingerprint';

/** Everything that a renewal sends. Full of secrets: it goes to `tokenUrl` and nowhere else. */
export interface SavedRefresh {
	/** Where n8n renews the sign-in. */
	readonly tokenUrl: string;
	readonly clientId: string;
	readonly clientSecret: string;
	readonly refreshToken: string;
}

/** What n8n would send to renew the node's OAuth2 sign-in, as stored right now; `undefined` where there is nothing to renew. */
export async function readSavedRefresh(context: CrmContext, kind: CredentialKind): Promise<SavedRefresh | undefined> {
	try {
		const credential = await context.getCredentials(kind.credentialType);
		return savedRefresh(credential, kind);
	} catch {
		// Why it cannot be read is told by whoever uses it; here nothing follows from it.
		return undefined;
	}
}

function savedRefresh(credential: ICredentialDataDecryptedObject, kind: CredentialKind): SavedRefresh | undefined {
	const { refresh_token: refreshToken } = (credential.oauthTokenData ?? {}) as IDataObject;
	const { accessTokenUrl, clientId, clientSecret } = credential;
	if (typeof refreshToken !== 'string' || refreshToken === '' || typeof accessTokenUrl !== 'string' || typeof clientId !== 'string') return undefined;
	// Which is encrypted, or on this machine.
	if (new URL(accessTokenUrl).origin !== kind.signInOrigin(credential)) return undefined;
	return { tokenUrl: accessTokenUrl, clientId, clientSecret: typeof clientSecret === 'string' ? clientSecret : '', refreshToken };
}

/** Tells one renewal from another, and nothing else. */
export function refreshFingerprint(key: FingerprintKey, { tokenUrl, clientId, clientSecret, refreshToken }: SavedRefresh): string {
	return keyedFingerprint(key, ['refresh', tokenUrl, clientId, clientSecret, refreshToken]);
}
