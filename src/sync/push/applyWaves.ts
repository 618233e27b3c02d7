import { CrmError } from '../../model/crmError';
import type { MutationOutcome } from '../../model/mutationOutcome';
import { readByIds } from './findMatches';
import { takeNext, type KeyWork, type Step } from './keyWork';
import type { PushContext } from './pushContext';
import type { PushProgress } from './pushProgress';
import { pushResult } from './pushResult';
import { settleLost, type LostStep } from './settleLost';
import { applied, done, refused, refuseRest } from './stepOutcome';

/** Into so many parts go the steps that were sent before without an answer. */
const PARTS = 5;

/** So often a step is sent again while sending in smaller parts gets others through. */
const MOST_REPEATS = 8;

/**
 * Writes the items of all keys in waves: each wave takes the next chunk of every key, so that two items of one key never travel in
 * one batch, and all keys move together. Ends when no key has anything left; every item then has a result.
 */
export async function applyWaves(works: readonly KeyWork[], context: PushContext, progress: PushProgress): Promise<void> {
	let waiting = works;
	while (waiting.length > 0) {
		await readCreated(waiting, context, progress);
		const steps = waiting.flatMap((work) => nextStep(work, progress));
		const lost = await sendWave(steps, context, progress);
		if (lost.length > 0) await settleLost(lost, context, progress);
		waiting = waiting.filter(({ pending }) => pending.length > 0);
	}
}

/** One step on which the CRM chokes takes all of its batch along; sent again in parts, it stands alone after a few waves. */
async function sendWave(steps: readonly Step[], context: PushContext, progress: PushProgress): Promise<LostStep[]> {
	const repeated = steps.filter(({ chunk }) => chunk.lost > 0);
	const size = Math.ceil(repeated.length / PARTS);
	const parts = Array.from({ length: size && Math.ceil(repeated.length / size) }, (_, part) => repeated.slice(part * size, (part + 1) * size));
	const first = await sendPart(steps.filter(({ chunk }) => chunk.lost === 0), context, progress);
	const again: LostStep[] = [];
	for (const part of parts) again.push(...(await sendPart(part, context, progress)));
	const helps = again.length < repeated.length && size > 1;
	return [...first, ...again.map((loss) => ({ ...loss, mayRepeat: helps && loss.step.chunk.lost < MOST_REPEATS }))];
}

async function sendPart(steps: readonly Step[], context: PushContext, progress: PushProgress): Promise<LostStep[]> {
	if (steps.length === 0) return [];
	const { halted } = progress;
	if (halted) {
		for (const step of steps) refused(step, halted, progress);
		return [];
	}
	const outcomes = await send(steps, context, progress);
	return steps.flatMap((step, index) => afterOutcome(step, outcomes[index] ?? noAnswer(), progress));
}

/** Before a later item is compared with a record created for an earlier one: CRMs fill in defaults. */
async function readCreated(works: readonly KeyWork[], context: PushContext, progress: PushProgress): Promise<void> {
	const unread = works.filter(({ unread, createOnly }) => unread && !createOnly);
	if (unread.length === 0 || progress.halted) return;
	const records = await readByIds(context, context.entity, unread.map(({ record }) => record!.id!));
	for (const work of unread) {
		work.unread = false;
		const record = records.get(work.record!.id!);
		if (record) work.record = { id: record.id, values: record.values };
	}
}

/** Walks over a key's chunks that need no write, up to the first that does. */
function nextStep(work: KeyWork, progress: PushProgress): Step[] {
	for (;;) {
		if (progress.halted) return refuseRest(work, progress.halted, progress);
		const next = takeNext(work);
		if (!next) return [];
		if ('step' in next) return [next.step];
		if ('unchanged' in next) next.unchanged.forEach((item, index) => progress.results.push(done(item, work, next.effects[index])));
		else for (const { item, ...more } of next.refused) progress.results.push(pushResult(item.index, 'refused', more));
	}
}

async function send(steps: readonly Step[], { adapter, settings }: PushContext, progress: PushProgress): Promise<readonly MutationOutcome[]> {
	if (settings.dryRun) return steps.map(({ work }) => ({ status: 'applied', id: work.record?.id ?? '' }));
	progress.wrote = true;
	try {
		return await adapter.write({ mutations: steps.map(({ mutation }) => mutation), options: settings.write });
	} catch (error) {
		if (!(error instanceof CrmError)) throw error;
		progress.halted ??= error;
		return steps.map(() => ({ status: 'unknown', error, settled: false }));
	}
}

function afterOutcome(step: Step, outcome: MutationOutcome, progress: PushProgress): LostStep[] {
	if (outcome.status === 'applied') {
		applied(step, outcome.id, progress);
		return [];
	}
	const { error } = outcome;
	if (outcome.status === 'unknown') return [{ step, error, how: outcome.settled ? 'settled' : 'lost', mayRepeat: true }];
	if (step.mutation.kind === 'create' && error.kind === 'conflict') return [{ step, error, how: 'refused', mayRepeat: false }];
	refused(step, error, progress);
	return [];
}

function noAnswer(): MutationOutcome {
	return { status: 'unknown', error: new CrmError('unavailable', { message: 'The CRM did not say what became of the record.' }), settled: false };
}
