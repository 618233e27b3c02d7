import type { HoldReason } from '../../model/syncHold';
import type { SyncLink } from '../../model/syncLink';
import { isReleased } from '../deliveries/againPlan';
import { allWithheld } from '../deliveries/unsent';
import { crmKey } from '../match/keyHash';
import { MOST_TRIES } from '../merge/mergeField';
import type { SyncRun } from '../run/syncRun';
import { planInDoubt } from './planInDoubt';
import { planMerge } from './planMerge';
import { planSubmitted } from './planSubmitted';
import type { Pair, SubmittedPair } from './pair';
import { restingPlan, type PlannedHold, type RecordPlan } from './recordPlan';
import { appState, crmState, isConverted } from './recordStates';
import { recordMove, type RecordMove } from './recordTable';
import { isStillDeleted, sameShown, shownWith } from './shownWith';
import { withoutUnseen } from './withoutUnseen';
import { waitingMeanwhile, waitingPlan } from './waitingPlan';
import { isOvertaken } from './waits';
import { WORDS } from './words';

/** What is to be done with one record: a row of the table, then its fields one by one. Pure. */
export function planPair(pair: Pair, run: SyncRun): RecordPlan {
	return run.sync.inDoubt ? planInDoubt(pair, run, planTrusted) : planTrusted(pair, run);
}

function planTrusted(shown: Pair, run: SyncRun): RecordPlan {
	if (isSubmitted(shown)) return planSubmitted(shown, run, planTrusted);
	const pair: Pair = isStillDeleted(shown, run) ? { ...shown, app: { kind: 'deleted' } } : withoutUnseen(shown, run);
	const move = decided(pair, run) ?? (isPlainMerge(pair, run) ? 'merge' : recordMove(pair.link.ended ?? 'open', appState(pair, run), crmState(pair, run)));
	const plan = MOVES[move](pair, run);
	const made = waitingPlan(plan, run) ?? plan;
	return pair.moved && !made.link ? { ...made, link: pair.link, change: 'link' } : made;
}

function isSubmitted(pair: Pair): pair is SubmittedPair {
	return pair.submitted !== undefined && pair.crm.kind === 'shown';
}

/** Most pairs: whether they were edited is not worth looking at, because the table says the same of both. */
function isPlainMerge({ link, app, crm }: Pair, run: SyncRun): boolean {
	return link.ended === null && (app.kind === 'shown' || app.kind === 'absent') && crm.kind === 'shown' && !isConverted(crm.record, run);
}

type Make = (pair: Pair, run: SyncRun) => RecordPlan;

const MOVES: Readonly<Record<RecordMove, Make>> = {
	merge: planMerge,
	createInCrm: (pair, run) => reopened({ ...pair, crm: { kind: 'new' } }, { crmId: null, base: NOTHING }, run),
	createInApp: (pair, run) => reopened({ ...pair, app: { kind: 'new' } }, { appId: null, keyHash: keyHashOf(pair, run), base: NOTHING }, run),
	revive: (pair, run) => reopened(pair, {}, run),
	endInApp: (pair, run) => ({ ...ended(pair, run, 'deletedInCrm'), ...(pair.link.appId === null ? {} : { delivery: deletion(false), arrived: false }) }),
	tellAgain: (pair, run) => tellAgain(pair, run),
	endInCrm: (pair, run) => ended(pair, run, 'deletedInApp'),
	endMerged: (pair, run) => ({ ...ended(pair, run, 'merged'), ...held(pair, run, 'merged') }),
	handOver: (pair, run) => handOver(pair, run),
	holdDeleted: (pair, run) => ({ ...ended(pair, run, deletedBy(pair)), ...held(pair, run, 'deletedAndEdited') }),
	holdMissing: (pair, run) => ({ ...restingPlan(pair), withheld: allWithheld(pair), ...heldMissing(pair, run) }),
	holdMerged: (pair, run) => ({ ...restingPlan(pair), ...held(pair, run, 'merged') }),
	holdConverted: (pair, run) => ({ ...restingPlan(pair), ...held(pair, run, 'converted') }),
	rest: (pair) => ({ ...restingPlan(pair), arrived: pair.app.kind === 'deleted' }),
};

/** Of holds for these reasons a person decides which side counts. */
export const OF_SIDES: readonly HoldReason[] = ['deletedAndEdited', 'merged'];

/** A decision of a person about a record that is gone on one side, if it is about what both show. */
function decided(pair: Pair, run: SyncRun): RecordMove | undefined {
	const hold = pair.holds.find(({ field, decision }) => field === '' && (decision === 'useApp' || decision === 'useCrm'));
	if (!hold || !OF_SIDES.includes(hold.reason) || isOvertaken(hold, pair) || !sameShown(hold.shown, shownWith(pair, run))) return undefined;
	if (hold.decision === 'useApp') return pair.app.kind === 'shown' ? 'createInCrm' : 'rest';
	return pair.crm.kind === 'shown' ? 'createInApp' : 'endInApp';
}

function deletedBy(pair: Pair): 'deletedInApp' | 'deletedInCrm' {
	if (pair.link.ended === 'deletedInApp' || pair.link.ended === 'deletedInCrm') return pair.link.ended;
	return pair.app.kind === 'deleted' ? 'deletedInApp' : 'deletedInCrm';
}

function ended(pair: Pair, run: SyncRun, by: NonNullable<SyncLink['ended']>): RecordPlan {
	const already = pair.link.ended === by;
	const link: SyncLink = { ...pair.link, ended: by, endedAt: already ? pair.link.endedAt : run.clock().toISOString() };
	if (already) return { ...restingPlan(pair), arrived: true };
	return { ...restingPlan({ ...pair, link }), pair, link, change: 'unlink', arrived: true, deletions: by === 'deletedInApp' || by === 'deletedInCrm' ? 1 : 0 };
}

const NOTHING = new Uint8Array();

/** By it the app's new record is found. */
function keyHashOf({ crm, link }: Pair, run: SyncRun): string | null {
	return (crm.kind === 'shown' ? crmKey(crm.record.values, run)?.hash : undefined) ?? link.keyHash;
}

/** Merges as if the link had never been closed, with what changes about it. */
function reopened(pair: Pair, change: Partial<SyncLink>, run: SyncRun): RecordPlan {
	if (pair.link.ended === null) return planMerge(pair, run);
	const plan = planMerge({ ...pair, link: { ...pair.link, ...change, ended: null, endedAt: null } }, run);
	return { ...plan, link: plan.link ?? plan.pair.link, change: 'revive', arrived: plan.delivery === undefined };
}

const deletion = (again: boolean) => ({ kind: 'delete', values: {}, again }) as const;

function tellAgain(pair: Pair, run: SyncRun): RecordPlan {
	if (!pair.delivery) return { ...restingPlan(pair), ...(wasNeverTold(pair) ? { delivery: deletion(false) } : {}) };
	if (pair.delivery.tries < MOST_TRIES || !pair.delivery.handedOver || isReleased(pair)) return { ...restingPlan(pair), delivery: deletion(true) };
	return { ...restingPlan(pair), ...held(pair, run, 'unseen') };
}

/** The CRM deleted a record that the app had edited, and shows no edit of any more; or one that it shows only now. */
function wasNeverTold({ holds, moved }: Pair): boolean {
	return moved === true || holds.some(({ field, reason }) => field === '' && reason === 'deletedAndEdited');
}

function handOver(pair: Pair, run: SyncRun): RecordPlan {
	const plan = ended(pair, run, 'converted');
	const { conversion } = run.description;
	const target = pair.crm.kind === 'shown' && conversion ? pair.crm.record.values[conversion.targetIdField] : null;
	const successor = typeof target === 'string' && target !== '' ? { entity: conversion!.targetEntity, crmId: target } : null;
	return { ...plan, link: { ...plan.link!, successor }, ...(appState(pair, run) === 'edited' ? held(pair, run, 'converted') : {}) };
}

/** What the app edits of it now may be any field; what waits already goes on waiting. */
function heldMissing(pair: Pair, run: SyncRun): Pick<RecordPlan, 'holds'> {
	const isSilent = pair.app.kind === 'absent' && pair.submitted === undefined;
	if (!isSilent && appState(pair, run) === 'edited') return held(pair, run, 'absent', 'EDITED_IN_APP');
	return waitingMeanwhile(pair, run) ?? held(pair, run, 'absent');
}

function held(pair: Pair, run: SyncRun, reason: keyof typeof WORDS, code?: string): { readonly holds: readonly PlannedHold[] } {
	const former = pair.holds.find((hold) => hold.reason === reason);
	const candidates = pair.crm.kind === 'deleted' && pair.crm.mergedInto !== undefined ? [pair.crm.mergedInto] : (former?.candidates ?? []);
	return { holds: [{ field: '', appField: '', reason, words: WORDS[reason], code, candidates, shown: shownWith(pair, run) }] };
}
