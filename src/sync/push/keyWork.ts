import type { Mutation } from '../../model/record';
import type { MatchKey } from '../matchKey';
import { alreadyExists } from './decideMatch';
import type { PreparedItem } from './prepareItem';
import type { PushEntity } from './pushContext';
import type { PushProblem, RecordRef } from './pushTypes';
import { afterItems, newRecord, same, type ItemEffect, type Values } from './recordView';

/** Items of one key that are written as one: applied in their order, the later ones win. */
export interface Chunk {
	readonly items: readonly PreparedItem[];
	/** How often this chunk was sent and its reply lost. */
	readonly lost: number;
}

/** A record as the push knows it. `id` is absent only in a dry run, for a record that would be created. */
export interface KnownRecord {
	readonly id?: string;
	readonly values: Values;
}

/** The items of one match key on their way to one record. */
export interface KeyWork {
	readonly key: MatchKey;
	readonly entity: PushEntity;
	/** Mapped fields that the entity does not have. */
	readonly leftOut: readonly string[];
	/** An item that finds the record already there is refused. */
	readonly createOnly: boolean;
	record?: KnownRecord;
	/** Created and not read since, so that what the CRM filled in by itself is not known. */
	unread: boolean;
	pending: Chunk[];
	/** Items that the CRM refused one after the other. */
	refusals: number;
}

/** The work of one key; without a record, its first item creates one. */
export function keyWork(
	key: MatchKey,
	entity: PushEntity,
	items: readonly PreparedItem[],
	more: { readonly record?: KnownRecord; readonly leftOut?: readonly string[]; readonly createOnly?: boolean },
): KeyWork {
	const { record, leftOut = [], createOnly = false } = more;
	return { key, entity, leftOut, createOnly, record, unread: false, pending: [{ items, lost: 0 }], refusals: 0 };
}

/** One write that a key is ready for, with what each item of its chunk contributes. */
export interface Step {
	readonly work: KeyWork;
	readonly chunk: Chunk;
	readonly mutation: Mutation;
	/** In the order of the items. */
	readonly effects: readonly ItemEffect[];
}

/** An item that is not sent. */
export interface Refusal {
	readonly item: PreparedItem;
	readonly problems: readonly PushProblem[];
	readonly candidates?: readonly RecordRef[];
}

/** What a key's first chunk leads to: a write, or results without one. */
export type Next =
	| { readonly step: Step }
	| { readonly unchanged: readonly PreparedItem[]; readonly effects: readonly ItemEffect[] }
	| { readonly refused: readonly Refusal[] };

/** Takes the next chunk of a key and says what is to be done with it; `undefined` when the key has nothing left. */
export function takeNext(work: KeyWork): Next | undefined {
	const chunk = work.pending.shift();
	if (!chunk) return undefined;
	if (!work.record) return nextCreate(work, chunk);
	return work.createOnly ? alreadyThere(work, chunk) : nextUpdate(work, chunk, work.record);
}

function alreadyThere(work: KeyWork, { items }: Chunk): Next {
	const { description, fields, matchField } = work.entity;
	const problems = [alreadyExists(description.label, fields.get(matchField)?.label ?? matchField)];
	const record = recordRef(work);
	return { refused: items.map((item) => ({ item, problems, candidates: record ? [record] : [] })) };
}

/** A record is created from one item alone, so that what a later item adds can be refused without losing the record. */
function nextCreate(work: KeyWork, { items, lost }: Chunk): Next {
	const complete = items.findIndex((item) => missing(item, work.entity).length === 0);
	if (complete !== 0) {
		const incomplete = complete < 0 ? items : items.slice(0, complete);
		if (complete > 0) work.pending.unshift({ items: items.slice(complete), lost: 0 });
		return { refused: incomplete.map((item) => ({ item, problems: missingValues(item, work.entity) })) };
	}
	if (items.length > 1) work.pending.unshift({ items: items.slice(1), lost: 0 });
	const { values, effect } = newRecord(items[0], work.entity);
	const mutation: Mutation = { kind: 'create', entity: work.entity.description.name, values };
	return { step: { work, chunk: { items: [items[0]], lost }, mutation, effects: [effect] } };
}

function missing({ values }: PreparedItem, { required }: PushEntity): PushEntity['required'] {
	return required.filter(({ name }) => values[name] === undefined || values[name] === null);
}

function missingValues(item: PreparedItem, entity: PushEntity): PushProblem[] {
	return missing(item, entity).map(({ name, label }) => ({
		field: name,
		reason: `${label} is empty, and a new ${entity.description.label} needs it.`,
		remedy: `Give the item a value for ${label}.`,
	}));
}

/** Where a later item brings back what an earlier one changed, nothing is written, and so nothing counts as changed. */
function nextUpdate(work: KeyWork, chunk: Chunk, record: KnownRecord): Next {
	const after = afterItems(work.entity, record.values, chunk.items);
	const touched = [...new Set(after.effects.flatMap(({ changed }) => changed))];
	const different = touched.filter((name) => !same(work.entity, name, after.view[name], record.values[name]));
	const values = Object.fromEntries(different.map((name) => [name, after.view[name]]));
	const effects = after.effects.map(({ changed, leftOut }) => ({ leftOut, changed: changed.filter((name) => Object.hasOwn(values, name)) }));
	if (different.length === 0) return { unchanged: chunk.items, effects };
	const mutation: Mutation = { kind: 'update', entity: work.entity.description.name, id: record.id ?? '', values };
	return { step: { work, chunk, mutation, effects } };
}

/** The record of a key as results name it. */
export function recordRef({ entity, record }: KeyWork): RecordRef | undefined {
	return record?.id ? { entity: entity.description.name, id: record.id } : undefined;
}
