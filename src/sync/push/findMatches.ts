import { CrmError, type CrmErrorKind } from '../../model/crmError';
import type { MatchQuery } from '../../model/crmAdapter';
import type { CrmRecord, CrmValue } from '../../model/record';
import { storedKeyOf, type MatchKey } from '../matchKey';
import type { Matches } from './decideMatch';
import { unseenTarget, type PushContext, type PushEntity } from './pushContext';
import type { RecordRef } from './pushTypes';

interface MutableMatches {
	open: CrmRecord[];
	converted: { record: CrmRecord; target?: RecordRef; state?: string }[];
	targets: CrmRecord[];
}

/** Something to look for: the folded key, and the value as it is sent to the CRM. */
export interface KeyToFind {
	readonly key: MatchKey;
	readonly matchValue: CrmValue;
}

/**
 * Finds the records of many keys at once, on the entity and on its conversion target. Every key asked for is in the answer.
 *
 * @throws CrmError as `CrmAdapter.match` does.
 */
export async function findMatches(context: PushContext, keys: readonly KeyToFind[]): Promise<Map<MatchKey, Matches>> {
	const found = new Map<MatchKey, MutableMatches>(keys.map(({ key }) => [key, { open: [], converted: [], targets: [] }]));
	if (found.size === 0) return found;
	const values = [...new Map(keys.map(({ key, matchValue }) => [key, matchValue])).values()];
	const { entity, target, asksTarget } = context;
	const asked = target && asksTarget ? [entity, target] : [entity];
	const queries = asked.map((one) => matchQuery(context, one, values));
	try {
		for await (const { query, records } of context.adapter.match(queries)) {
			for (const record of records) sortIn(found, record, asked[query], context);
		}
	} catch (error) {
		throw await blamed(error, context, queries);
	}
	return found;
}

const REFUSED: readonly CrmErrorKind[] = ['permission', 'notFound', 'validation'];

/** One refused query refuses both; asked alone, the entity shows whether it was the target that the user may not see. */
async function blamed(error: unknown, { adapter, target, settings }: PushContext, queries: readonly MatchQuery[]): Promise<unknown> {
	if (!target || queries.length < 2 || !(error instanceof CrmError) || !REFUSED.includes(error.kind)) return error;
	try {
		for await (const page of adapter.match(queries.slice(0, 1))) void page;
	} catch {
		return error;
	}
	return unseenTarget(target.description.label, settings.matchField, error);
}

function matchQuery({ settings }: PushContext, { description, select }: PushEntity, values: readonly CrmValue[]): MatchQuery {
	const { conversion } = description;
	const extra = conversion ? [conversion.flagField, conversion.targetIdField, ...(conversion.stateField ? [conversion.stateField] : [])] : [];
	return { entity: description.name, field: settings.matchField, values, select: [...new Set([settings.matchField, ...select, ...extra])] };
}

function sortIn(found: Map<MatchKey, MutableMatches>, record: CrmRecord, from: PushEntity, { settings, entity }: PushContext): void {
	const key = storedKeyOf(record.values[settings.matchField], from.fields.get(settings.matchField)!);
	const matches = key === undefined ? undefined : (found.get(key) ?? nearest(found, key));
	if (!matches) return;
	const { conversion } = entity.description;
	if (from !== entity) matches.targets.push(record);
	else if (!conversion || record.values[conversion.flagField] !== true) matches.open.push(record);
	else matches.converted.push({ record, target: becameOf(record, conversion.targetIdField, conversion.targetEntity), state: stateOf(record, from, conversion.stateField) });
}

const alike = new Intl.Collator('en', { sensitivity: 'base', ignorePunctuation: false });

/** The CRM folds letters by rules of its own (a dotless i, an accent): what it found is the record of the key that is most like it. */
function nearest(found: ReadonlyMap<MatchKey, MutableMatches>, stored: MatchKey): MutableMatches | undefined {
	return [...found].find(([key]) => alike.compare(key, stored) === 0)?.[1];
}

function becameOf(record: CrmRecord, field: string, targetEntity: string): RecordRef | undefined {
	const id = record.values[field];
	return typeof id === 'string' && id !== '' ? { entity: targetEntity, id } : undefined;
}

/** What the CRM calls the state of a record. */
function stateOf(record: CrmRecord, { fields }: PushEntity, field: string | undefined): string | undefined {
	const value = field === undefined ? undefined : record.values[field];
	return fields.get(field ?? '')?.picklist.find((choice) => choice.value === value)?.label;
}

/**
 * Reads records by id through the mapped fields. Records that are gone or hidden are left out.
 *
 * @throws CrmError as `CrmAdapter.match` does.
 */
export async function readByIds(context: PushContext, from: PushEntity, ids: readonly string[]): Promise<Map<string, CrmRecord>> {
	const records = new Map<string, CrmRecord>();
	if (ids.length === 0) return records;
	const query = { entity: from.description.name, field: from.idField, values: ids, select: from.select };
	for await (const page of context.adapter.match([query])) {
		for (const record of page.records) records.set(record.id, record);
	}
	return records;
}
