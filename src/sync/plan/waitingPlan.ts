import type { SyncHold } from '../../model/syncHold';
import { refusedNote } from '../merge/fieldNote';
import type { RecordMerge } from '../merge/recordMerge';
import type { SyncRun } from '../run/syncRun';
import type { Pair } from './pair';
import { restingPlan, type PlannedHold, type RecordPlan } from './recordPlan';
import { sameShown, shownWith } from './shownWith';
import { unjudged } from './silentFields';
import { labelsOf, sameRows, stillWaiting } from './waitingRows';
import { waitsForApp, waitsWhole } from './waits';
import { withFields } from './words';

/**
 * What is left of a plan while the record as a whole waits for the app: nothing where any field may be the one that waits, else all but its
 * rows; and without its write, as long as the CRM has refused the same. `undefined`: nothing of it waits.
 */
export function waitingPlan(plan: RecordPlan, run: SyncRun): RecordPlan | undefined {
	const open = plan.pair.holds.find(waitsForApp);
	if (!open || plan.holds.some(({ field }) => field === '')) return undefined;
	if (mayWaitWhole(plan.pair)) return restingPlan(plan.pair);
	if (isRefusedStill(open, plan, run)) return heldAgain(withoutWrite(plan), open);
	const rows = stillWaiting(plan, run);
	const isNews = plan.pair.app.kind === 'shown' || (open.reason === 'refused' && !sameRows(rows, open.rows));
	if (rows.length === 0 || !isNews) return undefined;
	return heldAgain(plan, { ...open, words: withFields(open.words, labelsOf(rows, run)), rows });
}

/** The app is silent, and nothing says which of its fields it has edited. */
function mayWaitWhole({ known, app, crm, holds }: Pair): boolean {
	return known && app.kind === 'absent' && crm.kind === 'shown' && holds.some(waitsWhole);
}

/** What waits goes on waiting as it did while the CRM does not show the record, unless the app shows all of it as agreed. `undefined`: nothing waits. */
export function waitingMeanwhile(pair: Pair, run: SyncRun): Pick<RecordPlan, 'holds'> | undefined {
	const open = pair.holds.find(waitsForApp);
	if (!open || pair.app.kind !== 'shown') return open && { holds: [] };
	const rows = stillWaiting({ pair, unjudged: unjudged(pair, run) }, run);
	return rows.length === 0 ? undefined : { holds: [heldAsBefore({ ...open, words: withFields(open.words, labelsOf(rows, run)), rows })] };
}

/** What the CRM refused waits until a value changes, its time comes, or a person decides. */
function isRefusedStill(open: SyncHold, { pair, write }: RecordPlan, run: SyncRun): boolean {
	return write !== undefined && open.reason === 'refused' && !isDue(open, run) && sameShown(open.shown, shownWith(pair, run));
}

function isDue({ decision, nextTryAt }: SyncHold, { clock }: SyncRun): boolean {
	return decision !== null || (nextTryAt !== null && nextTryAt <= clock().toISOString());
}

function withoutWrite(plan: RecordPlan): RecordPlan {
	const { pair, write, delivery, merge } = plan;
	if (write?.kind === 'create') return restingPlan(pair);
	return { ...plan, write: undefined, merge: merge && waitingMerge(merge), updates: delivery?.kind === 'update' ? 1 : 0 };
}

/** What was to go to the CRM does not now; only a preview, which says why of every field, tells so once more. */
function waitingMerge(merge: RecordMerge): RecordMerge {
	const notes = () => merge.explain().map((note) => refusedNote(note, 'waits'));
	return { ...merge, reports: merge.reports.filter(({ decision }) => decision.action !== 'toCrm'), explain: (wanted = () => true) => notes().filter(({ decision }) => wanted(decision)) };
}

function heldAgain(plan: RecordPlan, open: SyncHold): RecordPlan {
	return { ...plan, holds: [...plan.holds, heldAsBefore(open)] };
}

function heldAsBefore({ reason, words, code, candidates, shown, rows, nextTryAt }: SyncHold): PlannedHold {
	return { field: '', appField: '', reason, words, code: code ?? undefined, candidates, shown, rows, nextTryAt };
}
