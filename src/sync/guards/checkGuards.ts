import type { SyncHold } from '../../model/syncHold';
import type { GuardCount } from '../../model/syncState';
import { commit } from '../journal/commit';
import type { SyncRun } from '../run/syncRun';
import type { SyncResult } from '../run/syncTypes';
import { GuardBook, halted } from './GuardBook';
import { REVIEW, reviewed } from './openGuard';

/**
 * Before anything is written: a run that may exceed a guard is first made dry. If it would, nothing is written and one review is held,
 * with the numbers and examples.
 */
export async function checkGuards(atMost: GuardCount, run: SyncRun, preview: (dry: SyncRun) => AsyncIterable<readonly SyncResult[]>): Promise<void> {
	if (run.dryRun || run.progress.halted || run.guard.lets(atMost)) return;
	const { guard, settings, clock } = run;
	const book = new GuardBook(settings, guard.before, guard.allowed, clock, false);
	const progress = { ...run.progress, openCreates: new Map(run.progress.openCreates) };
	for await (const results of preview({ ...run, dryRun: true, guard: book, progress })) void results;
	run.progress.halted ??= progress.halted;
	if (run.progress.halted || guard.lets(book.planned)) return;
	run.progress.halted = halted(book.planned, book);
	await commit({ holds: [review(run, book)] }, run);
}

function review({ sync, clock, progress }: SyncRun, { planned, examples }: GuardBook): SyncHold {
	return {
		...{ syncId: sync.id, subject: REVIEW, field: '', reason: 'guard', appId: null, crmId: null, keyHash: null, candidates: examples },
		...{ words: progress.halted!.words, code: 'GUARD', shown: reviewed(planned), heldAt: clock().toISOString(), tries: 0, nextTryAt: null, decision: null },
	};
}
