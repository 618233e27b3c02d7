import type { Reach, Trying } from '../../connections/registry/registryTypes';
import { CrmError } from '../../model/crmError';
import type { FingerprintKey } from '../../model/fingerprint';
import type { RefusalStore } from '../../model/stateStore';
import type { CredentialKind } from '../credentialKinds';
import { readSignIn } from '../credentialSignIn';
import type { CrmContext } from '../crmContext';
import { keyedFingerprint } from '../keyedFingerprint';
import { seenOrg } from './seenOrgs';

/** A node's credential as it is right now, in the words of the registry. */
export interface CredentialUse {
	readonly trying: Trying;
	readonly reach: Reach;
	/** When its certificate ends, in milliseconds since 1970; absent where it has none. */
	readonly certificateExpiresAt?: number;
	/** Whether it signs in at an address of sandboxes, where that shows. */
	readonly sandboxHost?: boolean;
	/** Why the credential cannot be used at all; nothing was sent. */
	readonly unusable?: CrmError;
}

/** What a credential is compared with. */
export interface UseMemory {
	readonly key: FingerprintKey;
	readonly refusals: Pick<RefusalStore, 'find'>;
}

/** Reads the node's credential; one that cannot be read, or that nobody has connected, is described too, so that it is remembered. */
export async function readCredentialUse(context: CrmContext, kind: CredentialKind, { memory, manual, now }: { memory: UseMemory; manual: boolean; now: string }): Promise<CredentialUse> {
	const { key } = memory;
	const chosen = context.getNode().credentials?.[kind.credentialType];
	const who = { credentialId: chosen?.id ?? '', credentialType: kind.credentialType, credentialName: chosen?.name ?? '', manual, now, sendsPassword: kind.sendsPassword };
	try {
		const { instanceUrl, orgId, userId, content, certificateExpiresAt, sandboxHost, passwordContent } = await readSignIn(context, kind);
		const refusalForgotten = passwordContent && !(await memory.refusals.find(keyedFingerprint(key, passwordContent)));
		const trying = { ...who, fingerprint: keyedFingerprint(key, content), refusalForgotten };
		const named = orgId === undefined ? seenOrg(trying, instanceUrl) : { orgId, userId };
		return { trying, reach: { crm: kind.crm, instanceUrl, ...named }, certificateExpiresAt, sandboxHost };
	} catch (error) {
		if (!(error instanceof CrmError)) throw error;
		return { trying: { ...who, fingerprint: keyedFingerprint(key, []), unusable: true }, reach: { crm: kind.crm, instanceUrl: '' }, unusable: error };
	}
}
