import type { CrmAdapter, MatchQuery } from '../../model/crmAdapter';
import { CrmError } from '../../model/crmError';
import type { EntityDescription, FieldDescription } from '../../model/entity';
import { matchKeyOf, storedKeyOf } from '../matchKey';
import { quoted } from '../values/quoted';
import { notAnId, type NamedReference } from './prepareItem';
import type { PushItem } from './pushTypes';

const LONGEST_NAME = 255;

/** A unique field of an entity that references lead to. */
interface TargetKey {
	readonly entity: EntityDescription;
	readonly field: FieldDescription;
}

/**
 * Looks up the records that items name by a unique field instead of an id, all in one search, and answers how each name is to be written.
 *
 * @throws CrmError as `CrmAdapter.describe` and `match` do; an entity that the user may not see has no keys.
 */
export async function resolveKeys(adapter: CrmAdapter, { fields }: EntityDescription, items: readonly PushItem[]): Promise<NamedReference> {
	const named = fields.filter(({ namedBy }) => namedBy === 'key').map((field) => ({ field, names: namesIn(items, field, adapter) }));
	const asked = named.filter(({ names }) => names.length > 0);
	const keys = await keysOf(adapter, new Set(asked.flatMap(({ field }) => field.referenceTo)));
	const ids = await search(adapter, keys, (entity) => asked.flatMap(({ field, names }) => (field.referenceTo.includes(entity) ? names : [])));
	return (field, name) => {
		const own = keys.filter(({ entity }) => field.referenceTo.includes(entity.name));
		const found = new Set(own.flatMap((key) => [...(ids.get(placeOf(key, matchKeyOf(name, key.field))) ?? [])]));
		const [only] = found;
		if (found.size === 1) return { ok: true, value: only };
		if (own.length === 0) return notAnId(field, name);
		const where = own.map((key) => `${key.entity.label} by ${key.field.label}`).join(', ');
		return { ok: false, reason: `${quoted(name)} is no record id, and ${found.size === 0 ? 'no record' : `${found.size} records`} can be found by it (${where})` };
	};
}

function namesIn(items: readonly PushItem[], { name: field }: FieldDescription, adapter: CrmAdapter): readonly string[] {
	const names = items.map(({ values }) => values[field]).filter((raw) => typeof raw === 'string' || typeof raw === 'number').map((raw) => String(raw).trim().normalize('NFC'));
	return [...new Set(names)].filter((name) => name !== '' && name.length <= LONGEST_NAME && adapter.canonicalId(name) === undefined);
}

async function keysOf(adapter: CrmAdapter, entities: ReadonlySet<string>): Promise<readonly TargetKey[]> {
	const keys: TargetKey[] = [];
	for (const name of entities) {
		const entity = await describeVisible(adapter, name);
		if (entity) keys.push(...entity.fields.filter(({ externalId, filterable, type }) => externalId && filterable && type !== 'id').map((field) => ({ entity, field })));
	}
	return keys;
}

async function describeVisible(adapter: CrmAdapter, name: string): Promise<EntityDescription | undefined> {
	try {
		return await adapter.describe(name);
	} catch (error) {
		if (error instanceof CrmError && (error.kind === 'notFound' || error.kind === 'permission')) return undefined;
		throw error;
	}
}

/** Ids by key and folded value. */
async function search(adapter: CrmAdapter, keys: readonly TargetKey[], namesOf: (entity: string) => readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
	const ids = new Map<string, Set<string>>();
	if (keys.length === 0) return ids;
	const queries = keys.map(({ entity, field }): MatchQuery => ({ entity: entity.name, field: field.name, values: [...new Set(namesOf(entity.name))], select: [] }));
	for await (const { query, records } of adapter.match(queries)) {
		for (const { id, values } of records) {
			const key = keys[query];
			const place = placeOf(key, storedKeyOf(values[key.field.name], key.field));
			ids.set(place, (ids.get(place) ?? new Set()).add(id));
		}
	}
	return ids;
}

function placeOf({ entity, field }: TargetKey, value: string | undefined): string {
	return JSON.stringify([entity.name, field.name, value ?? null]);
}
