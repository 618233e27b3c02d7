import type { SyncHold } from '../../model/syncHold';
import type { GuardCount } from '../../model/syncState';
import { commit } from '../journal/commit';
import type { RecordPlan } from '../plan/recordPlan';
import type { SyncRun } from '../run/syncRun';
import type { SyncResult } from '../run/syncTypes';
import { GuardBook, halted } from './GuardBook';
import { countedNow, REVIEW } from './openGuard';
import { reviewed } from './reviewNumbers';

/**
 * Before anything is written: a run that may exceed a guard is first made dry. If it would, nothing is written and one review is held,
 * with the numbers and examples.
 */
export async function checkGuards(atMost: GuardCount, run: SyncRun, preview: (dry: SyncRun) => AsyncIterable<readonly SyncResult[]>): Promise<void> {
	if (run.dryRun || run.progress.halted || run.guard.letsApproved(atMost)) return;
	const { guard, settings, clock } = run;
	const book = new GuardBook(settings, guard.now, guard.allowed, clock);
	const progress = { ...run.progress, openCreates: new Map(run.progress.openCreates) };
	for await (const results of preview({ ...run, dryRun: true, guard: book, progress })) void results;
	run.progress.halted ??= progress.halted;
	if (run.progress.halted || guard.letsApproved(book.planned)) return;
	await stop(book.planned, book.examples, run);
}

/**
 * Stops a run that turns out to change more than it was reckoned to, before a page of it is written. Looks again at what is counted, so
 * that syncs that run at the same time exceed their guard by a page each at most.
 */
export async function checkPage(plans: readonly RecordPlan[], run: SyncRun): Promise<void> {
	if (run.progress.halted || !plans.some(({ updates, deletions }) => updates + deletions > 0)) return;
	run.guard.recount(await countedNow(run));
	if (run.guard.admits(plans)) return;
	const book = new GuardBook(run.settings, run.guard.now, run.guard.allowed, run.clock);
	book.note(plans);
	await stop(book.planned, book.examples, run);
}

async function stop(planned: GuardCount, examples: readonly string[], run: SyncRun): Promise<void> {
	const { sync, clock, guard } = run;
	const { words, remedy, code } = halted(planned, guard);
	run.progress.halted = { words, remedy, code };
	const review: SyncHold = {
		...{ syncId: sync.id, subject: REVIEW, field: '', reason: 'guard', appId: null, crmId: null, keyHash: null, candidates: examples },
		...{ words, code: code ?? null, shown: reviewed(planned), rows: [], heldAt: clock().toISOString(), tries: 0, nextTryAt: null, decision: null },
	};
	await commit({ holds: [review] }, run);
}
