import type { CrmError } from '../../model/crmError';
import { recordRef, type KeyWork, type Step } from './keyWork';
import type { PreparedItem } from './prepareItem';
import type { PushProgress } from './pushProgress';
import { problemsOf, pushResult } from './pushResult';
import type { PushResult } from './pushTypes';

/** After so many refused creates of one key the rest is refused unsent: the reason will not differ, and calls are not free. */
const REFUSED_CREATES_PER_KEY = 20;

/** Errors after which nothing more can be sent in this run. */
const HALTING: readonly CrmError['kind'][] = ['auth', 'throttled', 'cancelled'];

/** Notes an error after which the rest of the run is refused unsent. */
export function haltOn(error: CrmError, progress: PushProgress): void {
	if (HALTING.includes(error.kind)) progress.halted ??= error;
}

/** Notes that a step is in the CRM: what its items became, and what the record now shows. */
export function applied({ work, chunk, mutation, changes }: Step, id: string, progress: PushProgress): void {
	const created = work.record === undefined;
	work.record = { id: id || undefined, values: { ...work.record?.values, ...mutation.values } };
	chunk.items.forEach((item, index) => progress.results.push(done(item, work, changes[index], created)));
}

/** A refused chunk of several items is halved, in order, until the item at fault stands alone. */
export function refused({ work, chunk }: Step, error: CrmError, progress: PushProgress): void {
	haltOn(error, progress);
	const { items } = chunk;
	if (items.length > 1) {
		const middle = Math.ceil(items.length / 2);
		work.pending.unshift({ items: items.slice(0, middle), lost: 0 }, { items: items.slice(middle), lost: 0 });
		return;
	}
	progress.results.push(refusedItem(items[0], work, error));
	if (work.record === undefined && ++work.refusedCreates >= REFUSED_CREATES_PER_KEY) refuseRest(work, error, progress);
}

/** Gives every item that a key still has the same reason. */
export function refuseRest(work: KeyWork, error: CrmError, progress: PushProgress): [] {
	for (const { items } of work.pending.splice(0)) {
		for (const item of items) progress.results.push(refusedItem(item, work, error));
	}
	return [];
}

function refusedItem(item: PreparedItem, work: KeyWork, error: CrmError): PushResult {
	return pushResult(item.index, 'refused', { record: recordRef(work), problems: problemsOf(error) });
}

/** An item that is in the CRM as it should be. */
export function done(item: PreparedItem, work: KeyWork, changedFields: readonly string[], created = false): PushResult {
	const status = created ? 'created' : changedFields.length > 0 ? 'updated' : 'unchanged';
	return pushResult(item.index, status, { record: recordRef(work), changedFields, leftOutFields: work.leftOut });
}

/** Nothing more is written for this key in this run: a second create could be a duplicate. */
export function uncertain(step: Step, error: CrmError, progress: PushProgress): void {
	const { work, chunk } = step;
	if (work.record === undefined) progress.uncertainKeys.set(work.key, error);
	work.pending.unshift(chunk);
	const remedy = 'Run the item again later: it is found by its match value and not created twice.';
	for (const { items } of work.pending.splice(0)) {
		for (const { index } of items) {
			const problems = problemsOf(error).map((problem) => ({ ...problem, remedy }));
			progress.results.push(pushResult(index, 'uncertain', { record: recordRef(work), problems }));
		}
	}
}
