import type { CrmValue, Mutation } from '../../model/record';
import type { MatchKey } from '../matchKey';
import { sameValue } from '../values/sameValue';
import type { PreparedItem } from './prepareItem';
import type { PushEntity } from './pushContext';
import type { PushProblem, RecordRef } from './pushTypes';

/** Items of one key that are written as one: applied in their order, the later ones win. */
export interface Chunk {
	readonly items: readonly PreparedItem[];
	/** How often this chunk was sent and its reply lost. */
	readonly lost: number;
}

/** A record as the push knows it. `id` is absent only in a dry run, for a record that would be created. */
export interface KnownRecord {
	readonly id?: string;
	readonly values: Readonly<Record<string, CrmValue>>;
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
	pending: Chunk[];
	refusedCreates: number;
}

/** The work of one key; without a record, its first item creates one. */
export function keyWork(
	key: MatchKey,
	entity: PushEntity,
	items: readonly PreparedItem[],
	more: { readonly record?: KnownRecord; readonly leftOut?: readonly string[]; readonly createOnly?: boolean },
): KeyWork {
	const { record, leftOut = [], createOnly = false } = more;
	return { key, entity, leftOut, createOnly, record, pending: [{ items, lost: 0 }], refusedCreates: 0 };
}

/** One write that a key is ready for, with what each item of its chunk contributes. */
export interface Step {
	readonly work: KeyWork;
	readonly chunk: Chunk;
	readonly mutation: Mutation;
	/** Fields that each item of the chunk changes, in the order of the items. */
	readonly changes: readonly (readonly string[])[];
}

/** What a key's first chunk leads to: a write, or results without one. */
export type Next =
	| { readonly step: Step }
	| { readonly unchanged: readonly PreparedItem[] }
	| { readonly refused: PreparedItem; readonly problems: readonly PushProblem[] };

/** Takes the next chunk of a key and says what is to be done with it; `undefined` when the key has nothing left. */
export function takeNext(work: KeyWork): Next | undefined {
	const chunk = work.pending.shift();
	if (!chunk) return undefined;
	if (!work.record) return nextCreate(work, chunk);
	return work.createOnly ? alreadyThere(work, chunk) : nextUpdate(work, chunk, work.record);
}

function alreadyThere(work: KeyWork, { items: [first, ...rest] }: Chunk): Next {
	if (rest.length > 0) work.pending.unshift({ items: rest, lost: 0 });
	const reason = `An earlier item already created the ${work.entity.description.label} with this match value.`;
	return { refused: first, problems: [{ reason, remedy: 'Let the node create or update to have the later item update the record.' }] };
}

/** A record is created from one item alone, so that what a later item adds can be refused without losing the record. */
function nextCreate(work: KeyWork, { items, lost }: Chunk): Next {
	const [first, ...rest] = items;
	if (rest.length > 0) work.pending.unshift({ items: rest, lost: 0 });
	const problems = missingValues(first, work.entity);
	if (problems.length > 0) return { refused: first, problems };
	const values = Object.fromEntries(
		Object.entries(first.values).filter(([name, value]) => value !== null && work.entity.fields.get(name)?.createable === true),
	);
	const mutation: Mutation = { kind: 'create', entity: work.entity.description.name, values };
	return { step: { work, chunk: { items: [first], lost }, mutation, changes: [Object.keys(values)] } };
}

function missingValues({ values }: PreparedItem, { description }: PushEntity): PushProblem[] {
	return description.fields
		.filter(({ required, name }) => required && (values[name] === undefined || values[name] === null))
		.map(({ name, label }) => ({
			field: name,
			reason: `${label} is empty, and a new ${description.label} needs it.`,
			remedy: `Give the item a value for ${label}.`,
		}));
}

function nextUpdate(work: KeyWork, chunk: Chunk, record: KnownRecord): Next {
	const view: Record<string, CrmValue> = { ...record.values };
	const changes = chunk.items.map((item) => applyTo(view, item, work.entity));
	const values = Object.fromEntries(
		[...new Set(changes.flat())].filter((name) => !same(work.entity, name, view[name], record.values[name])).map((name) => [name, view[name]]),
	);
	if (Object.keys(values).length === 0) return { unchanged: chunk.items };
	const mutation: Mutation = { kind: 'update', entity: work.entity.description.name, id: record.id ?? '', values };
	return { step: { work, chunk, mutation, changes } };
}

/** Writes an item's values over the view and names the fields that this changed. */
function applyTo(view: Record<string, CrmValue>, item: PreparedItem, entity: PushEntity): string[] {
	const changed: string[] = [];
	for (const [name, value] of Object.entries(item.values)) {
		const field = entity.fields.get(name);
		if (!field?.updateable || same(entity, name, value, view[name])) continue;
		view[name] = value;
		changed.push(name);
	}
	return changed;
}

/** A field that the CRM did not show (hidden, or not asked for) counts as different: what is not known is written. */
function same({ fields }: PushEntity, name: string, wanted: CrmValue, stored: CrmValue | undefined): boolean {
	const field = fields.get(name);
	return field !== undefined && stored !== undefined && sameValue(wanted, stored, field);
}

/** Whether the record shows everything that a mutation meant to write. */
export function shows(entity: PushEntity, values: Readonly<Record<string, CrmValue>>, wanted: Mutation['values']): boolean {
	return Object.entries(wanted).every(([name, value]) => same(entity, name, value, values[name]));
}

/** The record of a key as results name it. */
export function recordRef({ entity, record }: KeyWork): RecordRef | undefined {
	return record?.id ? { entity: entity.description.name, id: record.id } : undefined;
}
