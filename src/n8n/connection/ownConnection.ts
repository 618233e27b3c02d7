import type { Connection } from '../../model/connection';
import type { StateStore, Stored } from '../../model/stateStore';
import type { OpenRun } from '../runs/inRun';
import type { ConnectionUse } from './ConnectionUse';
import { NotAdmittedError } from './NotAdmittedError';

/**
 * The connection that the node's credential is known to reach. A credential that nobody used yet is signed in with first, because what
 * a connection holds is shown only to those whose credential reaches it.
 *
 * @throws NotAdmittedError where it now reaches another org, or is new and the connection is paused; CrmError where it cannot sign in.
 */
export async function ownConnection(run: OpenRun): Promise<Stored<Connection>> {
	const use = await run.use();
	const admission = await use.admit();
	const isKnown = use.signedUp && (await stillReaches(use));
	if (!admission.admitted && (!isKnown || admission.reason === 'otherOrg')) throw new NotAdmittedError(admission);
	if (!isKnown) await run.open();
	return await storedConnection(run.store, use.connectionId);
}

/** By what its tokens say, or because nobody changed the credential since it reached it. */
async function stillReaches(use: ConnectionUse): Promise<boolean> {
	const registered = await use.registered();
	return registered !== undefined && (use.reach.orgId === registered.connection.orgId || !use.credentialChanged);
}

async function storedConnection(store: StateStore, id: string | undefined): Promise<Stored<Connection>> {
	const stored = id === undefined ? undefined : await store.connections.find(id);
	if (!stored) throw new Error('A registered connection is missing in the store');
	return stored;
}
