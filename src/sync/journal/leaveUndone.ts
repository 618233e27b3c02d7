import type { RecordPlan } from '../plan/recordPlan';
import { restingPlan } from '../plan/recordPlan';
import { sameShown, shownWith } from '../plan/shownWith';
import { waitsForApp } from '../plan/waits';
import { WORDS } from '../plan/words';
import { notRun } from '../run/resultOf';
import type { SyncRun } from '../run/syncRun';
import type { SyncResult } from '../run/syncTypes';
import { commitPage } from './commit';
import type { DonePlan } from './donePlan';

/**
 * The results of plans that the run does not come to. What the app showed is held; where the run has stopped and the app shows everything
 * each time, only what a form sent, because the next run plans all else anew without that.
 */
export async function leaveUndone(plans: readonly RecordPlan[], run: SyncRun): Promise<readonly SyncResult[]> {
	const isShownAgain = run.progress.halted !== undefined && run.input.mode === 'all';
	const held = plans.filter((plan) => wouldBeForgotten(plan, run) && (!isShownAgain || isSubmission(plan)));
	if (held.length > 0) await commitPage(held.map((plan) => leftUndone(plan, run)), run);
	return plans.map(({ pair }) => notRun(pair, run));
}

function isSubmission({ pair }: RecordPlan): boolean {
	return pair.submitted !== undefined || (pair.app.kind === 'shown' && pair.link.appId === null);
}

/** It would do something for what the app shows, and nothing that is held of it says so yet. */
function wouldBeForgotten({ pair, write, delivery, link, holds }: RecordPlan, run: SyncRun): boolean {
	if (pair.app.kind === 'absent' && !pair.submitted) return false;
	if (pair.holds.some((hold) => waitsForApp(hold) && sameShown(hold.shown, shownWith(pair, run)))) return false;
	return write !== undefined || delivery !== undefined || link !== undefined || holds.length > 0;
}

/** All that was held of it stays. */
function leftUndone({ pair }: RecordPlan, run: SyncRun): DonePlan {
	const unjudged = new Set(pair.holds.map(({ field }) => field));
	const { words, code } = run.progress.halted ?? { words: WORDS.notRun };
	return { plan: { ...restingPlan(pair), unjudged }, hold: { field: '', appField: '', reason: 'notRun', words, code, candidates: [], shown: shownWith(pair, run) } };
}
