import type { CommitOutcome, SyncBatch } from '../../model/syncState';
import type { PlannedHold } from '../plan/recordPlan';
import { WORDS } from '../plan/words';
import { LEASE_LOST, stillOurs } from '../run/lease';
import type { SyncRun } from '../run/syncRun';
import { batchOf } from './batchOf';
import type { DonePlan } from './donePlan';

/** Stores a step of the run that makes no links, or stops the run where another one has taken over. */
export async function commit(batch: SyncBatch, run: SyncRun): Promise<void> {
	await store(batch, run);
}

/**
 * Stores what a page came to. Where somebody else has linked one of its records meanwhile, the others are stored one by one, and that one
 * is held.
 */
export async function commitPage(ended: readonly DonePlan[], run: SyncRun): Promise<readonly DonePlan[]> {
	if ((await storeEnded(ended, run)) !== 'clash') return ended;
	const stored: DonePlan[] = [];
	for (const one of ended) {
		const clashes = (await storeEnded([one], run)) === 'clash';
		const apart: DonePlan = { ...one, link: undefined, delivers: false, hold: LINKED_MEANWHILE };
		if (clashes) await storeEnded([apart], run);
		stored.push(clashes ? apart : one);
	}
	return stored;
}

async function storeEnded(ended: readonly DonePlan[], run: SyncRun): Promise<CommitOutcome> {
	const outcome = await store(batchOf(ended, run), run);
	if (outcome === 'stored') run.guard.add(ended);
	return outcome;
}

/** The same of one that may make links. `clash`: nothing was stored. */
export async function store(batch: SyncBatch, run: SyncRun): Promise<CommitOutcome> {
	const { state, progress } = run;
	const outcome = await state.commit(batch, progress.lease);
	if (outcome === 'leaseLost') progress.halted ??= LEASE_LOST;
	if (outcome === 'stored') {
		const settled = new Set(batch.endedIntents);
		for (const [key, { id }] of progress.openCreates) if (settled.has(id)) progress.openCreates.delete(key);
		await stillOurs(run);
	}
	return outcome;
}

const LINKED_MEANWHILE: PlannedHold = { field: '', appField: '', reason: 'linkedElsewhere', words: WORDS.linkedElsewhere, candidates: [], shown: '' };
