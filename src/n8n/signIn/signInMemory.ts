import type { FingerprintKey } from '../../model/fingerprint';
import type { KeyMemory, LeaseStore, RefusalStore } from '../../model/stateStore';
import { getStateStore } from '../stateStore';

/** What is remembered of sign-ins between runs and across processes. */
export interface SignInMemory {
	readonly refusals: RefusalStore;
	readonly leases: LeaseStore;
	readonly key: FingerprintKey;
	readonly keys: KeyMemory;
}

/** That of this n8n. Throws `StateStoreError`. */
export async function openSignInMemory(): Promise<SignInMemory> {
	const { store, key } = await getStateStore();
	return { refusals: store.refusals, leases: store.leases, keys: store.keys, key };
}
