import { CrmError, type CrmErrorKind } from '../../model/crmError';
import type { Mutation } from '../../model/record';
import type { MutationOutcome } from '../../model/mutationOutcome';
import type { SyncIntent } from '../../model/syncIntent';
import type { RecordPlan } from '../plan/recordPlan';
import { haltOn } from '../run/halt';
import { stillOurs } from '../run/lease';
import type { SyncRun } from '../run/syncRun';
import { findOvertaken, stampOf } from './findOvertaken';
import { lookForWrites } from './lookForWrites';

/** A write with its intent, which is stored already. */
export interface WriteJob {
	readonly plan: RecordPlan;
	readonly intent: SyncIntent;
}

/** What became of a write. `unknown`: it may have happened, or may happen still. `changed`: somebody else was faster, and nothing was done. */
export type WriteEnd =
	| { readonly status: 'applied'; readonly id: string }
	| { readonly status: 'refused' | 'unknown'; readonly error: CrmError }
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

/** So many times at most a page is sent again in smaller parts, to find the records on which the CRM chokes. */
const MOST_REPEATS = 40;

/**
 * Sends all writes in the largest batches. What got no usable answer is looked for; what surely was not done is sent again, in halves,
 * so that a record on which the CRM chokes soon stands alone. A create without any answer is never sent again.
 */
export async function sendWrites(jobs: readonly WriteJob[], run: SyncRun): Promise<Map<WriteJob, WriteEnd>> {
	const ends = new Map<WriteJob, WriteEnd>();
	const queue: (readonly WriteJob[])[] = jobs.length > 0 ? [jobs] : [];
	for (let sent = 0; queue.length > 0; sent++) {
		const batch = queue.shift()!;
		const again = await sendOnce(batch, ends, run);
		const alone = batch.length === 1 && sent > 0;
		if (run.progress.halted || sent >= MOST_REPEATS || alone) for (const { job, error, settled } of again) ends.set(job, { status: settled ? 'refused' : 'unknown', error });
		else queue.push(...halves(again.map(({ job }) => job)));
	}
	return ends;
}

function halves<T>(list: readonly T[]): readonly (readonly T[])[] {
	const middle = Math.ceil(list.length / 2);
	return [list.slice(0, middle), list.slice(middle)].filter((half) => half.length > 0);
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
