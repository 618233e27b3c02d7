import { CrmError } from '../../model/crmError';
import type { CrmRecord } from '../../model/record';
import type { MatchKey } from '../matchKey';
import type { Matches } from './decideMatch';
import { findMatches, readByIds } from './findMatches';
import type { Step } from './keyWork';
import type { PushContext } from './pushContext';
import type { PushProgress } from './pushProgress';
import { pushResult } from './pushResult';
import { shows } from './recordView';
import { applied, haltOn, refused, uncertain } from './stepOutcome';

/** A step without a usable reply, or a create that the CRM refused because a record stands in its way. */
export interface LostStep {
	readonly step: Step;
	readonly error: CrmError;
	/** `refused`: surely not done. `settled`: the CRM answered with a failure, and a read shows all there is to see. `lost`: no answer. */
	readonly how: 'refused' | 'settled' | 'lost';
	/** Sending it once more may help. */
	readonly mayRepeat: boolean;
}

/** What reading showed: records of the keys of creates, and the records of updates by id. */
interface Seen {
	readonly matches: ReadonlyMap<MatchKey, Matches>;
	readonly records: ReadonlyMap<string, CrmRecord>;
}

/**
 * Finds out by reading what became of steps without a usable reply. A create is found again by its match key and never repeated
 * unless the CRM had answered and nothing is there; an update is repeated, because writing the same values twice is harmless.
 * What cannot be told is reported as uncertain.
 */
export async function settleLost(lost: readonly LostStep[], context: PushContext, progress: PushProgress): Promise<void> {
	const seen = progress.halted ? undefined : await look(lost, context, progress);
	for (const loss of lost) {
		if (!seen) unseen(loss, progress);
		else if (loss.step.mutation.kind === 'create') settleCreate(loss, seen.matches.get(loss.step.work.key)?.open ?? [], progress);
		else settleUpdate(loss, seen.records.get(loss.step.mutation.id), progress);
	}
}

/** Everything is read before anything is settled, so that a failing read leaves no step half settled. */
async function look(lost: readonly LostStep[], context: PushContext, progress: PushProgress): Promise<Seen | undefined> {
	const steps = lost.map(({ step }) => step);
	const updates = steps.flatMap(({ work: { entity }, mutation }) => (mutation.kind === 'update' ? [{ entity, id: mutation.id }] : []));
	try {
		const matches = await findMatches(context, steps.filter(({ mutation }) => mutation.kind === 'create').map(({ chunk }) => chunk.items[0]));
		const records = new Map<string, CrmRecord>();
		for (const entity of new Set(updates.map((update) => update.entity))) {
			const ids = updates.filter((update) => update.entity === entity).map(({ id }) => id);
			for (const [id, record] of await readByIds(context, entity, ids)) records.set(id, record);
		}
		return { matches, records };
	} catch (error) {
		if (!(error instanceof CrmError)) throw error;
		haltOn(error, progress);
		return undefined;
	}
}

function unseen({ step, error, how }: LostStep, progress: PushProgress): void {
	if (how === 'refused') refused(step, error, progress);
	else uncertain(step, error, progress);
}

function settleCreate({ step, error, how, mayRepeat }: LostStep, open: readonly CrmRecord[], progress: PushProgress): void {
	const { work, chunk } = step;
	if (open.length > 1) ambiguous(step, open, how, progress);
	else if (open.length === 1) found(step, open[0], error, how, progress);
	else if (how === 'settled' && mayRepeat) work.pending.unshift({ items: chunk.items, lost: chunk.lost + 1 });
	else if (how === 'lost') uncertain(step, error, progress);
	else refused(step, error, progress);
}

/**
 * The record is there: ours when it shows what we wrote, otherwise to be updated like any existing one. A run that may only create
 * cannot know whether it is ours, changed by the CRM, or somebody else's.
 */
function found(step: Step, record: CrmRecord, error: CrmError, how: LostStep['how'], progress: PushProgress): void {
	const { work, chunk, mutation } = step;
	if (how !== 'refused' && shows(work.entity, record.values, mutation.values)) {
		applied(step, record.id, progress);
		return;
	}
	work.record = { id: record.id, values: record.values };
	if (how !== 'refused' && work.createOnly) uncertain(step, error, progress);
	else work.pending.unshift(chunk);
}

function ambiguous({ work, chunk }: Step, open: readonly CrmRecord[], how: LostStep['how'], progress: PushProgress): void {
	const candidates = open.map(({ entity, id }) => ({ entity, id }));
	const after = how === 'refused' ? 'the CRM refused a new one' : 'a reply was lost';
	const problem = {
		reason: `${open.length} records have this match value after ${after}; it is not clear which one is meant.`,
		remedy: 'Open them by their links and merge them.',
	};
	work.pending.unshift(chunk);
	for (const { items } of work.pending.splice(0)) {
		for (const { index } of items) progress.results.push(pushResult(index, 'needsAttention', { problems: [problem], candidates }));
	}
}

function settleUpdate({ step, error, how, mayRepeat }: LostStep, record: CrmRecord | undefined, progress: PushProgress): void {
	const { work, chunk, mutation } = step;
	if (record && shows(work.entity, record.values, mutation.values)) {
		applied(step, record.id, progress);
	} else if (record && mayRepeat) {
		work.record = { id: record.id, values: record.values };
		work.pending.unshift({ items: chunk.items, lost: chunk.lost + 1 });
	} else if (how === 'settled') {
		refused(step, error, progress);
	} else {
		uncertain(step, error, progress);
	}
}
