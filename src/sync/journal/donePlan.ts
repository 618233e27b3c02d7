import type { VersionedRecord } from '../../model/changeReader';
import type { SyncLink } from '../../model/syncLink';
import type { PlannedHold, RecordPlan } from '../plan/recordPlan';
import { shownWith } from '../plan/shownWith';
import { labelsOf, rowsNotWritten } from '../plan/waitingRows';
import { withFields, WORDS } from '../plan/words';
import type { SyncRun } from '../run/syncRun';
import { decidedHold } from './checkCreates';
import { STOPPING, NOT_SENT, type WriteEnd, type WriteJob } from './sendWrites';

/** A plan with what became of it: what is stored, and what the result says. */
export interface DonePlan {
	readonly plan: RecordPlan;
	readonly job?: WriteJob;
	readonly end?: WriteEnd;
	/** Whether the journal keeps the intent, because the outcome is not known. */
	readonly intent?: 'open' | 'ended';
	readonly link?: SyncLink;
	/** Beside those of the plan. */
	readonly hold?: PlannedHold;
	/** What the CRM made of the values that it took. */
	readonly readBack?: VersionedRecord['values'];
	/** What the plan sends to the app may go out. */
	readonly delivers?: boolean;
	readonly deliveryId?: string;
}

/** What all writes of a page came to. */
export interface PageEnds {
	readonly ends: ReadonlyMap<WriteJob, WriteEnd>;
	readonly readBack: ReadonlyMap<string, VersionedRecord>;
}

/** What is stored of a plan, by what became of its write. A refused create leaves no link; a refused update leaves the base as it was. */
export function done(plan: RecordPlan, job: WriteJob | undefined, { ends, readBack }: PageEnds, run: SyncRun): DonePlan {
	const deliveryId = plan.delivery && (plan.delivery.again && plan.pair.delivery ? plan.pair.delivery.id : run.newId());
	if (!job) return { plan, link: plan.link, delivers: true, deliveryId };
	const end = ends.get(job) ?? { status: 'refused', error: NOT_SENT };
	if (end.status === 'changed') return { plan, job, end, intent: 'ended' };
	if (end.status === 'applied') {
		const made = madeOfIt(readBack.get(end.id), run);
		return { plan, job, end, intent: 'ended', link: writtenLink(plan, end.id, made), readBack: made, delivers: true, deliveryId };
	}
	const isNew = plan.write!.kind === 'create';
	const hold = whyHeld(plan, end, run);
	const intent = end.status === 'unknown' ? 'open' : 'ended';
	return { plan, job: isNew ? sentUntilNow(job, run) : job, end, intent, hold, link: isNew ? undefined : plan.link, delivers: !isNew && !plan.delivery?.onceWritten, deliveryId };
}

/** From now on a create without an answer is waited for. */
function sentUntilNow(job: WriteJob, { clock }: SyncRun): WriteJob {
	return { ...job, intent: { ...job.intent, startedAt: clock().toISOString() } };
}

function writtenLink({ pair, link = pair.link, write }: RecordPlan, crmId: string, readBack: DonePlan['readBack']): SyncLink {
	return { ...link, crmId, base: write!.baseAfter(readBack) };
}

/** What the CRM shows after a write is what it made of it, unless somebody else has changed the record since. */
function madeOfIt(shown: VersionedRecord | undefined, { settings }: SyncRun): DonePlan['readBack'] {
	const byOthers = shown?.changedBy !== undefined && shown.changedBy !== settings.userId;
	return byOthers ? undefined : shown?.values;
}

const HOUR_MS = 60 * 60_000;

/** A record that a person had created again waits with that decision. */
function whyHeld(plan: RecordPlan, end: WriteEnd & { readonly status: 'refused' | 'unknown' }, run: SyncRun): PlannedHold {
	const why = whyNotDone(plan, end, run);
	const decided = plan.write?.kind === 'create' ? decidedHold(plan.pair) : undefined;
	return decided ? { ...why, reason: decided.reason, shown: decided.shown, rows: decided.rows } : why;
}

function whyNotDone(plan: RecordPlan, { status, error, alone }: WriteEnd & { readonly status: 'refused' | 'unknown' }, run: SyncRun): PlannedHold {
	const held = { field: '', appField: '', code: error.code, candidates: error.existingIds ?? [], shown: shownWith(plan.pair, run), rows: rowsNotWritten(plan, run) };
	if (status === 'unknown') return { ...held, reason: 'uncertain', words: WORDS.uncertain };
	if (STOPPING.includes(error.kind)) return { ...held, reason: 'notRun', words: WORDS.notRun };
	const soon = alone !== true && (error.kind === 'conflict' || error.kind === 'unavailable' || error.transient);
	return { ...held, reason: 'refused', words: withFields(error.message, labelsOf(held.rows, run)), retryAfterMs: soon ? 0 : HOUR_MS };
}
