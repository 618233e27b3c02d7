import type { CrmError } from '../../model/crmError';
import { recordRef, type KeyWork, type Step } from './keyWork';
import type { PreparedItem } from './prepareItem';
import type { PushProgress } from './pushProgress';
import { problemsOf, pushResult } from './pushResult';
import type { PushResult } from './pushTypes';
import type { ItemEffect, Values } from './recordView';

/** After so many refusals of one key in a row its rest is refused unsent: the reason will not differ, and calls are not free. */
const REFUSALS_PER_KEY = 20;

/** Errors after which nothing more can be sent in this run. */
const HALTING: readonly CrmError['kind'][] = ['auth', 'throttled', 'cancelled'];

/** Errors that one of several items may have brought upon the others. */
const ITEM_AT_FAULT: readonly CrmError['kind'][] = ['validation', 'permission', 'conflict'];

/** Notes an error after which the rest of the run is refused unsent. */
export function haltOn(error: CrmError, progress: PushProgress): void {
	if (HALTING.includes(error.kind)) progress.halted ??= error;
}

/** Notes that a step is in the CRM: what its items became, and what the record now shows. */
export function applied({ work, chunk, mutation, effects }: Step, id: string, progress: PushProgress): void {
	const created = work.record === undefined;
	const before = created && progress.planned ? allEmpty(work) : work.record?.values;
	work.record = { id: id || undefined, values: { ...before, ...mutation.values } };
	work.unread = created && !progress.planned;
	work.refusals = 0;
	if (created || progress.created.has(work.key)) progress.created.set(work.key, work.record);
	if (id) progress.planned?.set(id, work.record.values);
	chunk.items.forEach((item, index) => progress.results.push(done(item, work, effects[index], created)));
}

/** What a dry run takes a new record to show in the fields that its first item left out. Other defaults only the CRM knows. */
function allEmpty({ entity: { select, fields } }: KeyWork): Values {
	return Object.fromEntries(select.map((name) => [name, fields.get(name)?.type === 'boolean' ? false : null]));
}

/** A refused chunk of several items is halved, in order, until the item at fault stands alone. */
export function refused({ work, chunk }: Step, error: CrmError, progress: PushProgress): void {
	haltOn(error, progress);
	const { items } = chunk;
	if (items.length > 1 && ITEM_AT_FAULT.includes(error.kind)) {
		const middle = Math.ceil(items.length / 2);
		work.pending.unshift({ items: items.slice(0, middle), lost: 0 }, { items: items.slice(middle), lost: 0 });
		return;
	}
	for (const item of items) progress.results.push(refusedItem(item, work, error));
	work.refusals += items.length;
	if (work.refusals >= REFUSALS_PER_KEY) refuseRest(work, error, progress);
}

/** Gives every item that a key still has the same reason. */
export function refuseRest(work: KeyWork, error: CrmError, progress: PushProgress): [] {
	for (const { items } of work.pending.splice(0)) {
		for (const item of items) progress.results.push(refusedItem(item, work, error));
	}
	return [];
}

function refusedItem(item: PreparedItem, work: KeyWork, error: CrmError): PushResult {
	const entity = work.entity.description.name;
	const candidates = (error.existingIds ?? []).map((id) => ({ entity, id }));
	return pushResult(item.index, 'refused', { record: recordRef(work), problems: problemsOf(error), candidates });
}

/** An item that is in the CRM as it should be. */
export function done(item: PreparedItem, work: KeyWork, { changed, leftOut }: ItemEffect, created = false): PushResult {
	const status = created ? 'created' : changed.length > 0 ? 'updated' : 'unchanged';
	return pushResult(item.index, status, { record: recordRef(work), changedFields: changed, leftOutFields: [...work.leftOut, ...leftOut] });
}

/** Nothing more is written for this key in this run: a second create could be a duplicate. */
export function uncertain({ work, chunk }: Step, error: CrmError, progress: PushProgress): void {
	if (work.record === undefined) progress.uncertainKeys.set(work.key, error);
	work.pending.unshift(chunk);
	for (const { items } of work.pending.splice(0)) {
		for (const { index } of items) progress.results.push(uncertainItem(index, error, recordRef(work)));
	}
}

/** An item of which reading could not tell whether it was written. */
export function uncertainItem(index: number, error: CrmError, record?: PushResult['record']): PushResult {
	const remedy = 'Run the item again later: it is found by its match value and not created twice.';
	return pushResult(index, 'uncertain', { record, problems: problemsOf(error).map((problem) => ({ ...problem, remedy })) });
}
