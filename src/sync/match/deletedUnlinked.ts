import type { SyncHold } from '../../model/syncHold';
import { commit } from '../journal/commit';
import { WORDS } from '../plan/words';
import type { SyncRun } from '../run/syncRun';

const DELETED_IN_APP = 'DELETED_IN_APP';

/**
 * A record may be deleted in the app before it is known whether its create in the CRM was done: remembered, so that the create, when it
 * is found, makes a closed link.
 */
export async function rememberDeleted(appIds: readonly string[], run: SyncRun): Promise<void> {
	const { progress, sync, clock, state, dryRun } = run;
	const creates = new Set([...progress.openCreates.values()].map(({ appId }) => appId));
	const ids = appIds.filter((id) => creates.has(id));
	if (ids.length === 0) return;
	await state.notes.add(sync.id, DELETED_IN_APP, ids.map((id) => [id, ''] as const));
	const holds = ids.map((id): SyncHold => ({
		...{ syncId: sync.id, subject: `app:${id}`, field: '', reason: 'uncertain', appId: id, crmId: null, keyHash: null, candidates: [], words: WORDS.uncertain },
		...{ code: DELETED_IN_APP, shown: '', heldAt: clock().toISOString(), tries: 0, nextTryAt: null, decision: null },
	}));
	if (!dryRun) await commit({ holds }, run);
}

/** Which of these records the app deleted before they had a link. */
export async function deletedBefore(appIds: readonly string[], { state, sync }: SyncRun): Promise<ReadonlySet<string>> {
	const noted = await state.notes.find(sync.id, DELETED_IN_APP, appIds);
	const held = await state.holdsOf(sync.id, appIds.map((id) => `app:${id}`));
	return new Set([...noted.keys(), ...held.filter(({ code }) => code === DELETED_IN_APP).map(({ appId }) => appId!)]);
}
