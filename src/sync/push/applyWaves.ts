import type { MutationOutcome } from '../../model/mutationOutcome';
import { takeNext, type KeyWork, type Step } from './keyWork';
import type { PushContext } from './pushContext';
import type { PushProgress } from './pushProgress';
import { pushResult } from './pushResult';
import { settleLost, type LostStep } from './settleLost';
import { applied, done, refused, refuseRest } from './stepOutcome';

/**
 * Writes the items of all keys in waves: each wave takes the next chunk of every key, so that two items of one key never travel in
 * one batch, and all keys move together. Ends when no key has anything left; every item then has a result.
 */
export async function applyWaves(works: readonly KeyWork[], context: PushContext, progress: PushProgress): Promise<void> {
	for (;;) {
		const steps = works.flatMap((work) => nextStep(work, progress));
		if (steps.length === 0) return;
		const outcomes = await send(steps, context, progress);
		const lost = steps.flatMap((step, index) => afterOutcome(step, outcomes[index], progress));
		if (lost.length > 0) await settleLost(lost, context, progress);
	}
}

/** Walks over a key's chunks that need no write, up to the first that does. */
function nextStep(work: KeyWork, progress: PushProgress): Step[] {
	for (;;) {
		if (progress.halted) return refuseRest(work, progress.halted, progress);
		const next = takeNext(work);
		if (!next) return [];
		if ('step' in next) return [next.step];
		if ('unchanged' in next) for (const item of next.unchanged) progress.results.push(done(item, work, []));
		else progress.results.push(pushResult(next.refused.index, 'refused', { problems: next.problems }));
	}
}

async function send(steps: readonly Step[], { adapter, settings }: PushContext, progress: PushProgress): Promise<readonly MutationOutcome[]> {
	if (settings.dryRun) return steps.map(({ work }) => ({ status: 'applied', id: work.record?.id ?? '' }));
	progress.wrote = true;
	return await adapter.write({ mutations: steps.map(({ mutation }) => mutation), options: settings.write });
}

function afterOutcome(step: Step, outcome: MutationOutcome, progress: PushProgress): LostStep[] {
	if (outcome.status === 'applied') {
		applied(step, outcome.id, progress);
		return [];
	}
	if (outcome.status === 'unknown') return [{ step, error: outcome.error, settled: outcome.settled }];
	if (step.mutation.kind === 'create' && outcome.error.kind === 'conflict') return [{ step, error: outcome.error, settled: true }];
	refused(step, outcome.error, progress);
	return [];
}
