import type { HoldDecision, HoldReason, SyncHold } from '../../model/syncHold';
import type { HoldKey } from '../../model/syncState';
import type { DonePlan } from '../journal/donePlan';
import { linkSubject } from '../plan/pair';
import { OF_SIDES } from '../plan/planPair';
import type { PlannedHold } from '../plan/recordPlan';
import { sameRows, stillWaiting } from '../plan/waitingRows';
import { isOfCrmAlone, mayHaveEdit } from '../plan/waits';
import type { SyncRun } from '../run/syncRun';

/** Opens, keeps and closes holds, so that afterwards exactly what the plans hold is held, and what they could not judge. */
export function holdChanges(ended: readonly DonePlan[], run: SyncRun): { readonly put: readonly SyncHold[]; readonly end: readonly HoldKey[] } {
	const stored = ended.filter(({ end }) => end?.status !== 'changed');
	const put = stored.flatMap((one) => [...one.plan.holds, ...(one.hold ? [one.hold] : [])].map((hold) => holdOf(hold, one, run)));
	const end = stored.flatMap((one) => one.plan.pair.holds.filter((hold) => !isUnjudged(hold, one, run)));
	// Two of a key: the last one says more.
	return { put: [...new Map(put.map((hold) => [JSON.stringify([hold.subject, hold.field]), hold])).values()], end };
}

/** What was held for an edit of the app stays held as long as the app does not show it. */
function isUnjudged(hold: SyncHold, one: DonePlan, run: SyncRun): boolean {
	const { field, appId } = hold;
	const { plan } = one;
	if (isCarriedOut(hold, one)) return false;
	if (field !== '') return plan.unjudged.has(field) && run.mapping.rules.some(({ rule }) => rule.id === field);
	if (plan.pair.app.kind !== 'absent' || appId === null) return false;
	if (isOfCrmAlone(hold)) return plan.delivery !== undefined;
	if (plan.merge && hold.decision === 'useCrm' && hold.rows.length > 0) return stillWaiting(plan, run).length > 0;
	return mayHaveEdit(hold);
}

/** Decisions about a whole record that tell the app to do something. */
const TELLS: Partial<Record<HoldReason, HoldDecision>> = { unseen: 'release', deletedAndEdited: 'useCrm', merged: 'useCrm' };

/** What a person decided about the whole record has gone out to the app; once, because the app may be silent about it for long. */
function isCarriedOut({ field, reason, decision }: SyncHold, { plan, delivers }: DonePlan): boolean {
	return field === '' && plan.delivery !== undefined && delivers === true && TELLS[reason] === decision;
}

/** Of anything else, to choose a side settles nothing: it is looked at once more, and waits again. What was tried again is no longer decided. */
function isBetweenSides(hold: PlannedHold, isTried: boolean): boolean {
	const { field, reason } = hold;
	return field !== '' || reason === 'restored' || OF_SIDES.includes(reason) || (!isTried && (hold.rows ?? []).length > 0);
}

function holdOf(hold: PlannedHold, { plan, link, job, hold: undone }: DonePlan, { sync, clock }: SyncRun): SyncHold {
	const { pair } = plan;
	const linked = link !== undefined || pair.known;
	const subject = linked ? linkSubject(pair.link.id) : pair.subject;
	const former = pair.holds.find(({ field, reason }) => field === hold.field && reason === hold.reason);
	const now = clock();
	const isTried = job !== undefined && hold === undone;
	const tries = (former?.tries ?? 0) + (isTried ? 1 : 0);
	return {
		...{ syncId: sync.id, subject, field: hold.field, reason: hold.reason, appId: pair.link.appId, crmId: pair.link.crmId, keyHash: linked ? null : (pair.keyHash ?? null) },
		...{ candidates: hold.candidates, words: hold.words, code: hold.code ?? null, shown: hold.shown, rows: hold.rows ?? [], tries },
		heldAt: former?.heldAt ?? now.toISOString(),
		nextTryAt: hold.nextTryAt !== undefined ? hold.nextTryAt : hold.retryAfterMs === undefined ? null : new Date(now.getTime() + hold.retryAfterMs * Math.min(Math.max(1, tries * tries), 24)).toISOString(),
		decision: former?.shown === hold.shown && sameRows(former.rows, hold.rows ?? []) && former.decision !== 'release' && isBetweenSides(hold, isTried) ? former.decision : null,
	};
}
