import type { Known, Reach, RegistryChanges } from '../../connections/registry/registryTypes';
import type { StateStore } from '../../model/stateStore';
import { StateStoreError } from '../../model/stateStoreError';

/** Far more often than processes ever meet on one connection. */
const attempts = 20;

/** What is stored about a credential, and about the connection that it reaches. */
export async function readKnown({ connections }: StateStore, credentialId: string, reach: Pick<Reach, 'crm' | 'orgId'>): Promise<Known> {
	const signIn = await connections.findSignIn(credentialId);
	if (signIn) return { signIn, connection: await connections.find(signIn.value.connectionId) };
	return { connection: reach.orgId === undefined ? undefined : await connections.findByOrg(reach.crm, reach.orgId) };
}

/**
 * Reads, decides and stores what was decided; reads and decides anew where another process was faster.
 *
 * @throws StateStoreError where that never ends, or the store fails.
 */
export async function decideAndStore<K, D extends { readonly changes?: RegistryChanges } | undefined>(
	store: StateStore,
	read: () => Promise<K>,
	decide: (known: K) => D,
): Promise<D> {
	for (let attempt = 0; attempt < attempts; attempt += 1) {
		const decision = decide(await read());
		if (!decision?.changes || (await store.connections.commit(decision.changes))) return decision;
	}
	throw new StateStoreError('locked', 'The state of the connection kept changing while it was read.', 'Run it again in a moment.');
}
