import { randomUUID } from 'node:crypto';

import { CrmError } from '../model/crmError';
import type { FingerprintKey } from '../model/fingerprint';
import type { SignInReason } from '../model/signInReason';
import type { StateStore } from '../model/stateStore';
import { StateStoreError } from '../model/stateStoreError';
import type { CredentialKind } from './credentialKinds';
import type { CrmContext } from './crmContext';
import { askOnce, type TokenAnswer } from './refreshDiagnosis/askOnce';
import { readSavedRefresh, refreshFingerprint } from './refreshDiagnosis/savedRefresh';

/** Where it is remembered what was asked, so that it is asked once, by one process. */
export interface DiagnosisMemory {
	readonly store: Pick<StateStore, 'leases' | 'refusals'>;
	readonly key: FingerprintKey;
}

/** Finds out more about a failure; gives it back as it is where nothing more can be known. Throws nothing. */
export type ExplainRefusal = (error: CrmError) => Promise<CrmError>;

/** Longer than the one request may take. */
const leaseMs = 60_000;

/** Reasons that say no more about a renewal than n8n itself does. */
const sayNothing: ReadonlyArray<SignInReason | undefined> = [undefined, 'refresh-refused', 'password-or-flow-refused', 'app-refused'];

/**
 * n8n tells that the renewal of an OAuth2 sign-in was refused, and keeps the CRM's reason to itself. So the CRM is asked once more, by a
 * plain token request with the very token that it has refused: once per token, by one process at a time, and only if the credential still
 * is the one that was in use when this function was called. Call it before anything is sent with the credential.
 */
export async function createRefreshDiagnosis(context: CrmContext, kind: CredentialKind, memory: DiagnosisMemory): Promise<ExplainRefusal> {
	const before = await fingerprintNow(context, kind, memory.key);
	return async (error) => {
		if (error.reason !== 'refresh-refused' || before === undefined) return error;
		try {
			return await explain({ context, kind, memory, error, before });
		} catch (failure) {
			if (failure instanceof StateStoreError) return error;
			throw failure;
		}
	};
}

interface Refused {
	readonly context: CrmContext;
	readonly kind: CredentialKind;
	readonly memory: DiagnosisMemory;
	readonly error: CrmError;
	/** Of what was refused. */
	readonly before: string;
}

async function fingerprintNow(context: CrmContext, kind: CredentialKind, key: FingerprintKey): Promise<string | undefined> {
	const saved = await readSavedRefresh(context, kind);
	return saved && refreshFingerprint(key, saved);
}

async function explain(refused: Refused): Promise<CrmError> {
	const { memory, before, error } = refused;
	const { leases, refusals } = memory.store;
	const known = await refusals.find(before);
	if (known) return remembered(refused, known);
	const lease = await leases.acquire(`diagnose:${before}`, randomUUID(), leaseMs);
	// Somebody else is asking; the next run finds what was answered.
	if (!lease) return error;
	try {
		return await explainAlone(refused);
	} finally {
		await leases.release(lease);
	}
}

async function explainAlone(refused: Refused): Promise<CrmError> {
	const { context, kind, memory, before, error } = refused;
	const { refusals } = memory.store;
	const known = await refusals.find(before);
	if (known) return remembered(refused, known);
	const saved = await readSavedRefresh(context, kind);
	if (!saved || refreshFingerprint(memory.key, saved) !== before) return replaced(refused);
	const remember = async ({ reason = 'refresh-refused', message }: CrmError): Promise<void> =>
		await refusals.remember({ fingerprint: before, refusedAt: new Date().toISOString(), code: reason, words: message });
	// Before it is sent: what is cut off here was asked all the same, and is not asked again.
	await remember(error);
	const explained = explainedBy(await askOnce(context, kind, saved), refused);
	await remember(explained);
	return explained;
}

function explainedBy(answer: TokenAnswer, { error, kind }: Refused): CrmError {
	if (answer.said === 'refused') return sayNothing.includes(answer.error.reason) ? error : answer.error;
	if (answer.said === 'nothing') return error;
	const { crmName } = kind;
	if (answer.replaced) return refusal(error, 'refresh-used-up', `${crmName} took the saved sign-in when asked once more, and replaced it by one that cannot be stored.`);
	return new CrmError('conflict', { message: `${crmName} refused to renew the sign-in, and took it when asked once more.`, code: error.code, reason: 'refresh-taken-again', transient: true });
}

function replaced({ error, kind }: Refused): CrmError {
	const message = `${kind.crmName} refused a saved sign-in that was replaced in the meantime.`;
	return new CrmError('conflict', { message, remedy: 'Run it again.', code: error.code, reason: 'replaced-meanwhile', transient: true });
}

function remembered({ error }: Refused, { code, words }: { readonly code: string; readonly words: string }): CrmError {
	const reason = code as SignInReason;
	// Taken then and refused again now: it did not pass.
	return sayNothing.includes(reason) || reason === 'refresh-taken-again' ? error : refusal(error, reason, words);
}

function refusal({ code }: CrmError, reason: SignInReason, message: string): CrmError {
	return new CrmError('auth', { message, code, reason });
}
