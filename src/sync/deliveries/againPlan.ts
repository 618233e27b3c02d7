import type { SyncHold } from '../../model/syncHold';
import { MOST_TRIES } from '../merge/mergeField';
import { mergeRecord } from '../merge/mergeRecord';
import type { Pair } from '../plan/pair';
import { hadAll, mergeInput, unsentValues, valuesForApp } from '../plan/planMerge';
import { restingPlan, type PlannedHold, type RecordPlan } from '../plan/recordPlan';
import { shownWith } from '../plan/shownWith';
import { isOvertaken, waitsWhole } from '../plan/waits';
import type { SyncRun } from '../run/syncRun';
import { allWithheld, withheldRows } from './unsent';

/** Sends what was delivered once more, with the same id; a new record that the app never shows is held after some tries. Nothing where there is nothing to send any more. */
export function againPlan(pair: Pair, run: SyncRun): RecordPlan | undefined {
	const { kind, handedOver, tries } = pair.delivery!;
	if (isWaiting(pair)) return withheld(pair);
	const waiting = unseenHold(pair);
	if (waiting) return { ...restingPlan(pair), holds: [heldAs(waiting)] };
	if (kind === 'delete') return { ...restingPlan(pair), delivery: { kind, values: {}, again: true } };
	if (pair.link.ended !== null) return undefined;
	if (pair.crm.kind !== 'shown') return withheld(pair);
	if (kind !== 'create' || pair.link.appId !== null) return awaitedPlan(pair, run);
	if (handedOver && tries >= MOST_TRIES && !isReleased(pair)) return unseen(pair, run);
	return { ...restingPlan(pair), delivery: { kind, values: valuesForApp(pair, run), again: true } };
}

/** What a record that the app has was sent, and is not known to have arrived. */
function awaitedPlan(pair: Pair, run: SyncRun): RecordPlan | undefined {
	const merge = mergeRecord(mergeInput(pair, run));
	const values = unsentValues(pair, merge, run);
	const rows = withheldRows(pair, merge, run);
	if (Object.keys(values).length === 0) return rows && { ...restingPlan(pair), withheld: rows };
	return { ...restingPlan(pair), withheld: rows, delivery: { kind: 'update', values, again: hadAll(pair, values, run) } };
}

/** To send it before the app shows more might undo or double something there: nothing is to be read for it. */
export function isWaiting(pair: Pair): boolean {
	return isUnclear(pair) || mayBeOvertaken(pair);
}

/** The app may have edited what was on its way to it: any field may be the one that waits. */
function mayBeOvertaken({ delivery, link, holds }: Pair): boolean {
	if (delivery?.kind === 'delete' || link.ended !== null || link.appId === null) return false;
	return holds.some(waitsWhole);
}

/** It has another key than it was delivered under, and one of the app's records that wait there may be it: to send it again might double that. */
function isUnclear({ delivery, link, holds }: Pair): boolean {
	return delivery?.kind === 'create' && link.appId === null && holds.some(({ subject, field, reason }) => subject === `crm:${link.crmId}` && field === '' && reason === 'ambiguous');
}

/** It cannot be sent now, and no run has handed it over. */
function withheld(pair: Pair): RecordPlan | undefined {
	const rows = allWithheld(pair);
	return rows && { ...restingPlan(pair), withheld: rows };
}

/** A person wants what the app does not show to be sent once more. */
export function isReleased(pair: Pair): boolean {
	return pair.delivery !== undefined && pair.holds.some((hold) => hold.field === '' && hold.reason === 'unseen' && hold.decision === 'release' && !isOvertaken(hold, pair));
}

/** It is held because the app never showed it, and nobody has decided: nothing is to be read for it. */
export function unseenHold({ holds, delivery, link }: Pair): SyncHold | undefined {
	if (delivery?.kind !== 'create' || !delivery.handedOver || delivery.tries < MOST_TRIES || link.ended !== null) return undefined;
	return holds.find(({ field, reason, decision }) => field === '' && reason === 'unseen' && decision === null);
}

function heldAs({ reason, words, code, candidates, shown }: SyncHold): PlannedHold {
	return { field: '', appField: '', reason, words, code: code ?? undefined, candidates, shown };
}

function unseen(pair: Pair, run: SyncRun): RecordPlan {
	const words = 'The app does not show the record although it was told to create it several times. Look at the workflow, or create it by hand.';
	return { ...restingPlan(pair), holds: [{ field: '', appField: '', reason: 'unseen', words, candidates: [], shown: shownWith(pair, run) }] };
}
