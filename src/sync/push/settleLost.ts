import { CrmError } from '../../model/crmError';
import type { CrmRecord } from '../../model/record';
import type { MatchKey } from '../matchKey';
import type { Matches } from './decideMatch';
import { findMatches, readByIds } from './findMatches';
import { shows, type Step } from './keyWork';
import type { PushContext } from './pushContext';
import type { PushProgress } from './pushProgress';
import { pushResult } from './pushResult';
import { applied, haltOn, refused, uncertain } from './stepOutcome';

/** A step whose reply was lost, or a create that the CRM refused because the record is already there. */
export interface LostStep {
	readonly step: Step;
	readonly error: CrmError;
	/** The CRM answered, if only with a failure: a read shows all there is to see. */
	readonly settled: boolean;
}

/**
 * Finds out by reading what became of steps without a usable reply. A create is found again by its match key and never repeated
 * unless the CRM had answered and nothing is there; an update is repeated once, because writing the same values twice is harmless.
 * What cannot be told is reported as uncertain.
 */
export async function settleLost(lost: readonly LostStep[], context: PushContext, progress: PushProgress): Promise<void> {
	try {
		const creates = lost.filter(({ step }) => step.mutation.kind === 'create');
		const found = await findMatches(context, creates.map(({ step }) => step.chunk.items[0]));
		for (const create of creates) settleCreate(create, found, progress);
		await settleUpdates(lost.filter(({ step }) => step.mutation.kind === 'update'), context, progress);
	} catch (error) {
		if (!(error instanceof CrmError)) throw error;
		for (const { step, error: cause } of lost) uncertain(step, cause, progress);
		haltOn(error, progress);
	}
}

function settleCreate({ step, error, settled }: LostStep, found: ReadonlyMap<MatchKey, Matches>, progress: PushProgress): void {
	const { work, chunk } = step;
	const open = found.get(work.key)?.open ?? [];
	if (open.length === 1) adopt(step, open[0], progress);
	else if (open.length > 1) ambiguous(step, open, progress);
	else if (error.kind === 'conflict') refused(step, error, progress);
	else if (settled && chunk.lost === 0) work.pending.unshift({ items: chunk.items, lost: 1 });
	else if (settled) refused(step, error, progress);
	else uncertain(step, error, progress);
}

/** The record is there: ours when it shows what we wrote, otherwise somebody else's, to be updated like any existing one. */
function adopt(step: Step, record: CrmRecord, progress: PushProgress): void {
	const { work, chunk, mutation } = step;
	if (shows(work.entity, record.values, mutation.values)) {
		applied(step, record.id, progress);
		return;
	}
	work.record = { id: record.id, values: record.values };
	work.pending.unshift(chunk);
}

function ambiguous({ work, chunk }: Step, open: readonly CrmRecord[], progress: PushProgress): void {
	const candidates = open.map(({ entity, id }) => ({ entity, id }));
	const problem = {
		reason: `${open.length} records have this match value after a reply was lost; it is not clear which one is meant.`,
		remedy: 'Open them by their links and merge them.',
	};
	work.pending.unshift(chunk);
	for (const { items } of work.pending.splice(0)) {
		for (const { index } of items) progress.results.push(pushResult(index, 'needsAttention', { problems: [problem], candidates }));
	}
}

async function settleUpdates(updates: readonly LostStep[], context: PushContext, progress: PushProgress): Promise<void> {
	for (const entity of new Set(updates.map(({ step }) => step.work.entity))) {
		const here = updates.filter(({ step }) => step.work.entity === entity);
		const records = await readByIds(context, entity, here.map(({ step }) => step.work.record!.id!));
		for (const update of here) settleUpdate(update, records.get(update.step.work.record!.id!), progress);
	}
}

function settleUpdate({ step, error, settled }: LostStep, record: CrmRecord | undefined, progress: PushProgress): void {
	const { work, chunk, mutation } = step;
	if (record && shows(work.entity, record.values, mutation.values)) {
		applied(step, record.id, progress);
	} else if (record && chunk.lost === 0) {
		work.record = { id: record.id, values: record.values };
		work.pending.unshift({ items: chunk.items, lost: 1 });
	} else if (settled) {
		refused(step, error, progress);
	} else {
		uncertain(step, error, progress);
	}
}
