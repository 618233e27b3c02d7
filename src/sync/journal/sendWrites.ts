import { CrmError, type CrmErrorKind } from '../../model/crmError';
import type { Mutation } from '../../model/record';
import type { MutationOutcome } from '../../model/mutationOutcome';
import type { SyncIntent } from '../../model/syncIntent';
import type { RecordPlan } from '../plan/recordPlan';
import { haltOn } from '../run/halt';
import { stillOurs } from '../run/lease';
import type { SyncRun } from '../run/syncRun';
import { commit } from './commit';
import { findOvertaken, stampOf } from './findOvertaken';
import { lookForWrites } from './lookForWrites';

/** A write with its intent, which is stored already. */
export interface WriteJob {
	readonly plan: RecordPlan;
	readonly intent: SyncIntent;
}

/**
 * What became of a write. `unknown`: it may have happened, or may happen still. `changed`: somebody else was faster, and nothing was done.
 * `alone`: the CRM broke down on this record by itself.
 */
export type WriteEnd =
	| { readonly status: 'applied'; readonly id: string }
	| { readonly status: 'refused' | 'unknown'; readonly error: CrmError; readonly alone?: boolean }
	| { readonly status: 'changed' };

/** A write without a usable answer. */
export interface LostWrite {
	readonly job: WriteJob;
	readonly error: CrmError;
	/** The CRM did answer, with a failure of its own. */
	readonly settled: boolean;
}

/** After such a failure nothing more is called: it would fail the same way. */
export const STOPPING: readonly CrmErrorKind[] = ['auth', 'throttled', 'cancelled'];

/** So many parts of a page are sent at most, to find the records on which the CRM chokes; and so many that it leaves without an answer. */
const MOST_PARTS = 300;
const MOST_SILENCES = 40;

/** So few records are sent one by one: halves would take as many calls. */
const FEW = 4;

/**
 * Sends all writes in the largest batches. What got no usable answer is looked for; what surely was not done is sent again in smaller
 * parts, so that a record on which the CRM chokes soon stands alone: 1 + 2·bad·log2(all) parts at most. One part is taken apart to its end
 * before the next, so that each run comes further; what is left after the last part is no fault of its records, and waits. A create
 * without any answer is never sent again.
 */
export async function sendWrites(jobs: readonly WriteJob[], run: SyncRun): Promise<Map<WriteJob, WriteEnd>> {
	const ends = new Map<WriteJob, WriteEnd>();
	const parts: (readonly LostWrite[])[] = [];
	let silences = 0;
	let again = jobs.length > 0 ? await sendOnce(jobs, ends, run) : [];
	for (let sent = 1; ; sent++) {
		if (again.some(({ settled }) => !settled)) silences += 1;
		const isLast = run.progress.halted !== undefined || sent >= MOST_PARTS || silences > MOST_SILENCES;
		if (run.progress.halted) giveUp(again, ends);
		else parts.unshift(...smaller(again));
		const part = parts.shift();
		if (!part) return ends;
		if (isLast) return leave([part, ...parts].flat(), ends);
		await noteSendingAgain(part, run);
		again = await sendOnce(part.map(({ job }) => job), ends, run);
		if (part.length === 1) again = giveUp(again, ends, true);
	}
}

/** What is not sent again says what it met. */
function giveUp(lost: readonly LostWrite[], ends: Map<WriteJob, WriteEnd>, alone = false): readonly LostWrite[] {
	for (const { job, error, settled } of lost) ends.set(job, { status: settled ? 'refused' : 'unknown', error, alone: alone && settled });
	return [];
}

function smaller<T>(list: readonly T[]): readonly (readonly T[])[] {
	if (list.length <= FEW) return list.map((one) => [one]);
	const middle = Math.ceil(list.length / 2);
	return [list.slice(0, middle), list.slice(middle)];
}

/** What it was not the turn of any more. */
function leave(lost: readonly LostWrite[], ends: Map<WriteJob, WriteEnd>): Map<WriteJob, WriteEnd> {
	for (const { job, error, settled } of lost) ends.set(job, settled ? { status: 'refused', error: NOT_SENT } : { status: 'unknown', error });
	return ends;
}

/** Should the run die, it must be known since when a create may be under way. */
async function noteSendingAgain(part: readonly LostWrite[], run: SyncRun): Promise<void> {
	const startedAt = run.clock().toISOString();
	const intents = part.flatMap(({ job: { intent } }) => (intent.kind === 'create' ? [{ ...intent, startedAt }] : []));
	if (intents.length > 0) await commit({ intents }, run);
}

/** Sends a batch; what is left to be sent again. */
async function sendOnce(batch: readonly WriteJob[], ends: Map<WriteJob, WriteEnd>, run: SyncRun): Promise<readonly LostWrite[]> {
	const answers = await write(batch, run);
	const outcomes = new Map(batch.map((job, index) => [job, answers[index] ?? NO_ANSWER]));
	const overtaken = await findOvertaken(outcomes, run);
	const lost: LostWrite[] = [];
	for (const [job, outcome] of outcomes) {
		if (overtaken.has(job)) {
			ends.set(job, { status: 'changed' });
			continue;
		}
		if (outcome.status === 'refused' && STOPPING.includes(outcome.error.kind)) haltOn(outcome.error, run);
		if (outcome.status !== 'unknown') ends.set(job, outcome);
		else lost.push({ job, error: outcome.error, settled: outcome.settled });
	}
	return lost.length > 0 ? await settle(lost, ends, run) : [];
}

async function write(batch: readonly WriteJob[], run: SyncRun): Promise<readonly MutationOutcome[]> {
	if (run.progress.halted || !(await stillOurs(run))) return batch.map(() => ({ status: 'refused', error: NOT_SENT }));
	try {
		return await run.adapter.write({ mutations: batch.map((job) => mutationOf(job, run)), options: run.settings.write });
	} catch (error) {
		haltOn(error, run);
		return batch.map(() => ({ status: 'unknown', error: error as CrmError, settled: false }));
	}
}

function mutationOf({ plan, intent }: WriteJob, { settings }: SyncRun): Mutation {
	const { entity } = settings.scope;
	const { values } = plan.write!;
	if (intent.crmId === null) return { kind: 'create', entity, values };
	return { kind: 'update', entity, id: intent.crmId, values, expectedStamp: stampOf(plan) };
}

async function settle(lost: readonly LostWrite[], ends: Map<WriteJob, WriteEnd>, run: SyncRun): Promise<readonly LostWrite[]> {
	const seen = await lookForWrites(lost, run);
	return lost.filter((one) => {
		const end = seen.get(one.job);
		if (end) ends.set(one.job, end);
		return end === undefined;
	});
}

const NO_ANSWER: MutationOutcome = { status: 'unknown', error: new CrmError('unavailable', { message: 'The CRM did not say what became of the record.' }), settled: false };

/** Tells writes that were never sent from those that the CRM refused. */
export const NOT_SENT = new CrmError('cancelled', { message: 'The run ended before this record.' });
