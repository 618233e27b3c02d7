import type { EntityDescription, FieldDescription } from '../../model/entity';
import type { CrmValue } from '../../model/record';
import { matchKeyOf, type MatchKey } from '../matchKey';
import type { Canonical, ValueContext } from '../values/canonical';
import { canonicalValue, isEmptyValue } from '../values/canonicalValue';
import { quoted } from '../values/quoted';
import { pushResult } from './pushResult';
import type { EmptyValuePolicy, PushItem, PushProblem, PushResult } from './pushTypes';

/** What a name given for a reference turned out to be. */
export type NamedReference = (field: FieldDescription, name: string) => Canonical;

export interface PreparationContext extends ValueContext {
	readonly description: EntityDescription;
	readonly fields: ReadonlyMap<string, FieldDescription>;
	readonly matchField: string;
	readonly emptyValues: EmptyValuePolicy;
	readonly reference: NamedReference;
}

/** An item whose every value fits its field. `values` holds canonical values and, where the policy clears, `null`. */
export interface PreparedItem {
	readonly index: number;
	readonly item: PushItem;
	readonly key: MatchKey;
	readonly matchValue: CrmValue;
	readonly values: Readonly<Record<string, CrmValue>>;
}

export type Preparation = { readonly prepared: PreparedItem } | { readonly refused: PushResult };

/** Brings one item into canonical form, or refuses it with every problem it has, so that a person mends them all at once. */
export function prepareItem(item: PushItem, context: PreparationContext): Preparation {
	const { values, problems } = canonicalValues(item, context);
	const matchField = context.fields.get(context.matchField)!;
	const matchValue = values[context.matchField];
	const key = matchKeyOf(matchValue, matchField);
	if (key === undefined && !problems.some(({ field }) => field === context.matchField)) problems.push(missingMatchValue(matchField));
	if (problems.length > 0 || key === undefined) return { refused: pushResult(item.index, 'refused', { problems }) };
	return { prepared: { index: item.index, item, key, matchValue, values } };
}

/** The canonical values of an item's fields. Built without a prototype, so that no field name can mean anything else. */
export function canonicalValues(item: PushItem, context: PreparationContext): { values: Record<string, CrmValue>; problems: PushProblem[] } {
	const values = Object.create(null) as Record<string, CrmValue>;
	const problems: PushProblem[] = [];
	for (const [name, raw] of Object.entries(item.values)) {
		if (raw === undefined) continue;
		const field = context.fields.get(name);
		const outcome = field ? canonicalOf(raw, field, context) : unknownField(context);
		if (outcome === undefined) continue;
		if (outcome.ok) values[name] = outcome.value;
		else problems.push({ field: name, reason: `${field?.label ?? quoted(name)}: ${outcome.reason}.` });
	}
	return { values, problems };
}

function canonicalOf(raw: unknown, field: FieldDescription, context: PreparationContext): Canonical | undefined {
	return isEmptyValue(raw) ? emptyValue(field, context) : nonEmptyValue(raw, field, context);
}

/** A value is never dropped silently. */
function unknownField({ description }: PreparationContext): Canonical {
	return { ok: false, reason: `${description.label} has no such field, or the signed-in user may not see it` };
}

/** A checkbox has no empty state, so an empty value never unticks one. */
function emptyValue(field: FieldDescription, { emptyValues, matchField }: PreparationContext): Canonical | undefined {
	if (emptyValues === 'leave' || field.type === 'boolean' || field.name === matchField) return undefined;
	if (!field.clearable) return { ok: false, reason: 'cannot be emptied in the CRM, and the value is empty' };
	return { ok: true, value: null };
}

function nonEmptyValue(raw: unknown, field: FieldDescription, context: PreparationContext): Canonical {
	const canonical = canonicalValue(raw, field, context);
	if (!canonical.ok || (field.type !== 'reference' && field.type !== 'id')) return canonical;
	return context.reference(field, String(canonical.value));
}

function missingMatchValue({ name, label }: FieldDescription): PushProblem {
	return {
		field: name,
		reason: `${label} is empty, so no existing record can be found by it.`,
		remedy: `Give the item a value for ${label}, or match on another field.`,
	};
}

/** Refuses a name for a reference whose names are not looked up. */
export function notAnId(field: FieldDescription, name: string): Canonical {
	const need = field.type === 'id' ? '' : `, which a link to ${field.referenceTo.join(' or ') || 'a record'} needs`;
	return { ok: false, reason: `${quoted(name)} is not a record id of the CRM${need}` };
}
