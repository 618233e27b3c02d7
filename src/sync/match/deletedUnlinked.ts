import type { SyncHold } from '../../model/syncHold';
import { loadMemory } from '../holds/loadMemory';
import { commit } from '../journal/commit';
import type { Pair } from '../plan/pair';
import { restingPlan, type RecordPlan } from '../plan/recordPlan';
import { WORDS } from '../plan/words';
import type { SyncRun } from '../run/syncRun';
import { newLink, type Shown } from './findPartners';

const DELETED_IN_APP = 'DELETED_IN_APP';

/**
 * Records that the app deleted before they had a link. Where it is not known yet whether a create in the CRM was done, that is remembered,
 * so that the create, when it is found, makes a closed link; what else is held about them ends with the plans given back.
 */
export async function forgetDeleted(deleted: readonly Shown[], run: SyncRun): Promise<readonly RecordPlan[]> {
	const creates = new Set([...run.progress.openCreates.values()].map(({ appId }) => appId));
	await rememberDeleted(deleted.filter(({ id }) => creates.has(id)).map(({ id }) => id!), run);
	const over = deleted.filter(({ id }) => !creates.has(id));
	const pairs = over.map((one): Pair => ({ items: one.items, link: newLink(run, one, null), known: false, app: { kind: 'deleted' }, crm: { kind: 'absent' }, subject: `app:${one.id}`, holds: [] }));
	return (await loadMemory(pairs, run)).filter(({ holds }) => holds.length > 0).map(restingPlan);
}

async function rememberDeleted(ids: readonly string[], run: SyncRun): Promise<void> {
	const { sync, clock, state, dryRun } = run;
	if (ids.length === 0) return;
	await state.notes.add(sync.id, DELETED_IN_APP, ids.map((id) => [id, ''] as const));
	const holds = ids.map((id): SyncHold => ({
		...{ syncId: sync.id, subject: `app:${id}`, field: '', reason: 'uncertain', appId: id, crmId: null, keyHash: null, candidates: [], words: WORDS.uncertain },
		...{ code: DELETED_IN_APP, shown: '', rows: [], heldAt: clock().toISOString(), tries: 0, nextTryAt: null, decision: null },
	}));
	if (!dryRun) await commit({ holds }, run);
}

/** Which of these records the app deleted before they had a link. */
export async function deletedBefore(appIds: readonly string[], { state, sync }: SyncRun): Promise<ReadonlySet<string>> {
	const noted = await state.notes.find(sync.id, DELETED_IN_APP, appIds);
	const held = await state.holdsOf(sync.id, appIds.map((id) => `app:${id}`));
	return new Set([...noted.keys(), ...held.filter(({ code }) => code === DELETED_IN_APP).map(({ appId }) => appId!)]);
}
