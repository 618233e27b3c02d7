import type { SyncBatch } from '../../model/syncState';
import { LEASE_LOST, stillOurs } from '../run/lease';
import type { SyncRun } from '../run/syncRun';

/** Stores a step of the run, or stops the run where another one has taken over. */
export async function commit(batch: SyncBatch, run: SyncRun): Promise<void> {
	const outcome = await run.state.commit(batch, run.progress.lease);
	if (outcome === 'leaseLost') run.progress.halted ??= LEASE_LOST;
	if (outcome === 'clash') run.progress.halted ??= { words: 'Another node has linked one of these records meanwhile.', remedy: 'Run the sync again.' };
	if (outcome === 'stored') await stillOurs(run);
}
