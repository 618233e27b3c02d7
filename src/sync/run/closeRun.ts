import type { SyncHold } from '../../model/syncHold';
import { compareAbsent } from './compareAbsent';
import { commit } from '../journal/commit';
import { REVIEW } from '../guards/openGuard';
import { deletedBefore } from '../match/deletedUnlinked';
import { WORDS } from '../plan/words';
import { doubtAfter } from './doubt';
import { unlessHalted } from './halt';
import type { SyncRun } from './syncRun';
import type { SyncSummary } from './syncTypes';

/**
 * After everything else is stored: what a full listing does not show is held, creates that never appeared are given back to the app, and
 * the watermark moves. A run that was stopped leaves the watermark where it is.
 */
export async function closeRun(run: SyncRun): Promise<SyncSummary> {
	const { progress, sync, settings, dryRun } = run;
	if (!dryRun) await unlessHalted(run, async () => await compareAbsent(run));
	const gaps = settings.readChanges ? (run.adapter.changeGaps?.() ?? []) : [];
	const waits = run.crmWaits ? { crmWaits: UNREAD } : {};
	const unread = sync.unread && (run.crmWaits || progress.readApp !== true);
	if (!dryRun && progress.halted && unread !== sync.unread) await commit({ sync: { ...sync, unread } }, run);
	if (dryRun || progress.halted) return { runs: sync.runs, stopped: progress.halted, busy: false, gaps, ...waits };
	const seenAll = settings.readChanges && progress.cursor !== undefined;
	const runs = sync.runs + 1;
	const doubt = await doubtAfter(run, seenAll && run.changePages.full);
	const stored = { ...sync, runs, cursor: seenAll ? progress.cursor! : sync.cursor, inDoubt: doubt.inDoubt, unread };
	const never = seenAll ? neverAppeared(run) : [];
	const gone = await deletedBefore(never.flatMap(({ hold }) => hold.appId ?? []), run);
	const [over, open] = [never.filter(({ hold }) => gone.has(hold.appId ?? '')), never.filter(({ hold }) => !gone.has(hold.appId ?? ''))];
	const review = settings.readChanges || run.guard.isLetThrough ? [{ syncId: sync.id, subject: REVIEW, field: '' }] : [];
	const holds = [...doubt.holds, ...open.map(({ hold }) => hold)];
	const endedHolds = [...doubt.endedHolds, ...review, ...over.map(({ hold }) => hold)];
	await commit({ sync: stored, holds, endedIntents: never.map(({ id }) => id), endedHolds }, run);
	return { runs, stopped: progress.halted, busy: false, gaps, ...waits };
}

const UNREAD = {
	words: 'The last run over all records of the app did not come to all of them. Until one does, what changes in the CRM waits, because it is not known what the app has, and has edited.',
	remedy: 'Run the workflow once with all records of the app.',
};

/** So long after a create without an answer, a record that no reading of changes has shown will not come. */
const GIVEN_UP_AFTER_MS = 60 * 60_000;

function neverAppeared({ progress, clock, sync }: SyncRun): readonly { readonly id: string; readonly hold: SyncHold }[] {
	const now = clock();
	const late = [...progress.openCreates].filter(([, { startedAt }]) => now.getTime() - Date.parse(startedAt) > GIVEN_UP_AFTER_MS);
	return late.map(([keyHash, { id, appId }]) => ({
		id,
		hold: {
			...{ syncId: sync.id, subject: appId === null ? `key:${keyHash}` : `app:${appId}`, field: '', reason: 'notRun', appId, crmId: null, keyHash, candidates: [], words: WORDS.notRun, code: null },
			...{ shown: '', rows: [], heldAt: now.toISOString(), tries: 0, nextTryAt: null, decision: null },
		},
	}));
}
