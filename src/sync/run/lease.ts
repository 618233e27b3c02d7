import type { SyncScope } from '../../model/syncState';
import type { SyncPorts, SyncRun } from './syncRun';

/** For so long a run may be silent before another one takes over. */
const LEASE_MS = 5 * 60_000;

export async function takeLease({ leases }: Pick<SyncPorts, 'leases'>, { connectionId, entity, appName }: SyncScope, owner: string) {
	return await leases.acquire(`sync ${JSON.stringify([connectionId, entity, appName])}`, owner, LEASE_MS);
}

/** Extends the lease, or stops the run if another one has it: asked before each remote write, because a store cannot fence the CRM. */
export async function stillOurs({ leases, progress }: SyncRun): Promise<boolean> {
	const { scope, owner, fence } = progress.lease;
	const lease = (await leases.isHeld(progress.lease)) ? await leases.acquire(scope, owner, LEASE_MS) : undefined;
	if (lease?.fence === fence) progress.lease = lease;
	else progress.halted ??= LEASE_LOST;
	return lease?.fence === fence;
}

export const LEASE_LOST = { words: 'Another run of the same sync has taken over.', remedy: 'Nothing: the other run does the rest.' };
