import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { redactor } from '../crm/redactor';
import { CrmError } from '../model/crmError';
import type { CredentialKind } from './credentialKinds';
import type { CrmContext } from './crmContext';
import { contentOf } from './signIn/storedTokens';

/** What a credential holds right now, without its secrets. */
export interface SignIn {
	/** Whether there is a token. If not, n8n signs in with the next request. */
	readonly signedIn: boolean;
	/** Origin of the CRM's API host; where only a sign-in tells it, and before the first one, of the host that signs in. */
	readonly instanceUrl: string;
	/** Tells one signed-in user from another; empty where nobody knows. */
	readonly user: string;
	/** The CRM's ids, in canonical form, where its tokens name them. */
	readonly orgId?: string;
	readonly userId?: string;
	/** When the credential's certificate ends, in milliseconds since 1970; absent where it has none. */
	readonly certificateExpiresAt?: number;
	/** Whether it signs in at an address of sandboxes, where that shows. */
	readonly sandboxHost?: boolean;
	/** What changes when a person changes the credential, secrets included: for fingerprints only. */
	readonly content: readonly string[];
	/** Everything that signing in with a password sends: by it a refusal is remembered. Absent where none is sent. */
	readonly passwordContent?: readonly string[];
	/** Removes this credential's secrets, and the name of its user, from a text. */
	readonly redact: (text: string) => string;
}

/**
 * Reads the node's credential as it is stored now, so that what another run renewed counts; `auth` when nobody is signed in and a
 * person has to do it.
 */
export async function readSignIn(context: CrmContext, kind: CredentialKind): Promise<SignIn> {
	const credential = await readCredential(context, kind);
	const tokens = kind.readTokens(credential);
	if (!tokens && !kind.signsItselfIn) throw notConnected(kind);
	const origin = (kind.environmentOrigin ?? kind.signInOrigin)(credential);
	return {
		signedIn: tokens !== undefined,
		instanceUrl: tokens?.instanceUrl ? apiOrigin(tokens.instanceUrl, kind, credential) : origin,
		user: kind.userOf?.(credential) ?? tokens?.identityUrl ?? '',
		orgId: tokens?.orgId,
		userId: tokens?.userId,
		sandboxHost: kind.isSandbox?.(kind.signInOrigin(credential)),
		content: [...contentOf(credential, kind.contentFields), tokens?.approval ?? ''],
		certificateExpiresAt: kind.certificateExpiresAt?.(credential),
		passwordContent: kind.passwordContent?.(credential),
		redact: redactor([...(tokens?.secrets ?? []), ...[...kind.secretFields, 'username'].map((name) => credential[name])]),
	};
}

/** Nobody has connected the account yet. */
export function notConnected({ crmName }: CredentialKind): CrmError {
	return new CrmError('auth', {
		message: `Nobody has signed in to ${crmName} with this credential yet.`,
		remedy: 'Open the credential and connect the account.',
		code: 'NOT_CONNECTED',
		reason: 'never-connected',
	});
}

/** The node's credential as n8n gives it; throws a worded `CrmError` where it gives none. */
export async function readCredential(context: CrmContext, kind: CredentialKind): Promise<ICredentialDataDecryptedObject> {
	try {
		return await context.getCredentials(kind.credentialType);
	} catch (error) {
		throw unreadable(error instanceof Error ? error.message : '', kind);
	}
}

/** n8n has no codes for these, only texts. */
function unreadable(text: string, kind: CredentialKind): CrmError {
	const refusal = kind.addressRefusals.find(({ message }) => text.includes(message));
	if (refusal) return new CrmError('auth', { reason: 'wrong-address', ...refusal });
	if (/credentials set|credentials not found|not require credentials|with no ID/i.test(text)) {
		return new CrmError('auth', {
			message: `This node has no credential for ${kind.crmName}.`,
			remedy: 'Choose one in the node, or create it there.',
			code: 'NO_CREDENTIAL',
			reason: 'no-credential',
		});
	}
	if (/does not exist|not found/i.test(text)) {
		return new CrmError('auth', {
			message: 'The credential of this node no longer exists, or is not shared with this workflow.',
			remedy: 'Choose another credential in the node.',
			code: 'CREDENTIAL_NOT_FOUND',
			reason: 'no-credential',
		});
	}
	return new CrmError('auth', {
		message: `n8n could not read the credential for ${kind.crmName}${text ? `: ${text}` : '.'}`,
		remedy: 'Open the credential, check its fields and save it again.',
		code: 'CREDENTIAL_UNREADABLE',
		reason: 'credential-unreadable',
	});
}

/** A token answer names the host of all later calls, and that host tells who and where: it has to be one of the CRM's own. */
function apiOrigin(url: string, kind: CredentialKind, credential: ICredentialDataDecryptedObject): string {
	const origin = kind.apiOrigin(url, credential);
	if (origin !== undefined) return origin;
	throw new CrmError('auth', {
		message: `${kind.crmName} named an API address for this sign-in that is not encrypted or not its own, so no request was sent.`,
		remedy: 'Check the address in the credential and connect the account again.',
		code: 'INVALID_INSTANCE_URL',
		reason: 'wrong-address',
	});
}
