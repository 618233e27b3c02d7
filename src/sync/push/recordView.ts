import type { CrmValue, Mutation } from '../../model/record';
import { sameValue } from '../values/sameValue';
import type { PreparedItem } from './prepareItem';
import type { PushEntity } from './pushContext';

/** Field values by name, as the CRM shows them or will. */
export type Values = Readonly<Record<string, CrmValue>>;

/** What one item does to a record. */
export interface ItemEffect {
	/** Fields that get another value. */
	readonly changed: readonly string[];
	/** Fields that should, but cannot be written this way. */
	readonly leftOut: readonly string[];
}

/** A field that the CRM did not show (hidden, or not asked for) counts as different: what is not known is written. */
export function same({ fields }: PushEntity, name: string, wanted: CrmValue, stored: CrmValue | undefined): boolean {
	const field = fields.get(name);
	return field !== undefined && stored !== undefined && sameValue(wanted, stored, field);
}

/** Whether the record shows everything that a mutation meant to write. */
export function shows(entity: PushEntity, values: Values, wanted: Mutation['values']): boolean {
	return Object.entries(wanted).every(([name, value]) => same(entity, name, value, values[name]));
}

/** What a record looks like after the items were written over it, one after the other, and what each of them did. */
export function afterItems(entity: PushEntity, before: Values, items: readonly PreparedItem[]): { readonly view: Values; readonly effects: readonly ItemEffect[] } {
	const view = Object.assign(Object.create(null) as Record<string, CrmValue>, before);
	return { view, effects: items.map((item) => writeOver(view, item, entity)) };
}

function writeOver(view: Record<string, CrmValue>, item: PreparedItem, entity: PushEntity): ItemEffect {
	const changed: string[] = [];
	const leftOut: string[] = [];
	for (const [name, value] of Object.entries(item.values)) {
		if (same(entity, name, value, view[name])) continue;
		if (entity.fields.get(name)?.updateable) {
			view[name] = value;
			changed.push(name);
		} else if (name !== entity.matchField) leftOut.push(name);
	}
	return { changed, leftOut };
}

/** The values that a new record gets from one item. An empty value is sent too, so that the CRM fills in no default for it. */
export function newRecord(item: PreparedItem, { fields }: PushEntity): { readonly values: Values; readonly effect: ItemEffect } {
	const given = Object.entries(item.values);
	const values = Object.fromEntries(given.filter(([name]) => fields.get(name)?.createable === true));
	const present = given.filter(([, value]) => value !== null).map(([name]) => name);
	return { values, effect: { changed: present.filter((name) => Object.hasOwn(values, name)), leftOut: present.filter((name) => !Object.hasOwn(values, name)) } };
}
