import { activate } from '../../connections/registry/wishes';
import type { Connection } from '../../model/connection';
import type { Stored } from '../../model/stateStore';
import type { OpenRun } from '../runs/inRun';
import { NotAdmittedError } from './NotAdmittedError';
import { ownConnection } from './ownConnection';
import { decideAndStore } from './registryAccess';

/**
 * Finds the connection to activate. A credential that was never used has to show which org it reaches, although that one may be paused:
 * else nobody could end the pause once the credentials that were used before it are gone.
 */
export async function activateUnknown(run: OpenRun): Promise<Stored<Connection>> {
	const use = await run.use();
	const admission = await use.admit();
	const mayBePaused = admission.admitted ? use.reach.orgId === undefined : admission.reason === 'paused';
	if (use.signedUp || !mayBePaused) return await ownConnection(run);
	const identity = await (await use.openUnregistered()).identify();
	const paused = async () => await run.store.connections.findByOrg(use.reach.crm, identity.orgId);
	await decideAndStore(run.store, paused, (connection) => {
		const outcome = connection && activate(connection, use.trying.now);
		return outcome?.done ? { changes: outcome.changes } : undefined;
	});
	const registration = await use.register(identity);
	if (!registration.admitted) throw new NotAdmittedError(registration);
	return (await run.store.connections.find(registration.connectionId)) as Stored<Connection>;
}
