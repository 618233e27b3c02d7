import type { FieldDescription } from '../../model/entity';
import type { CrmValue } from '../../model/record';
import type { Canonical } from '../values/canonical';
import { canonicalValue, isEmptyIn } from '../values/canonicalValue';
import { comparableText } from '../values/comparableText';
import { looselyCanonical } from '../values/looselyCanonical';
import { quoted } from '../values/quoted';
import { UnreadableValue } from '../values/unreadableValue';
import { carryFor, type Carry } from './carry';
import type { CompiledRule, Sendable, ShownValue, Unsendable } from './compiledMapping';
import type { FieldRule } from './mapping';

const ABSENT: ShownValue = { kind: 'absent' };
const BLANK: ShownValue = { kind: 'blank' };
/** The zone of what CRMs show. */
const SHOWN_IN = 'utc';
/** Begins the text of what equals nothing that a CRM shows. */
const NO_VALUE = '\u0000';

/** Makes one row ready for many records. */
export function compileRule(rule: FieldRule, field: FieldDescription, timeZone: string): Omit<CompiledRule, 'tag'> {
	const carry = carryFor(rule.transform, field);
	return {
		rule,
		field,
		readApp: (raw) => readApp(raw, field, carry, timeZone),
		readCrm: (raw) => readCrm(raw, field, carry),
		forCrm: (shown) => forCrm(shown, field, timeZone),
		forApp: (shown) => forApp(shown, carry),
	};
}

/** What could not be read says nothing, and a checkbox has no empty state: both leave the other side as it is. */
function readApp(raw: unknown, field: FieldDescription, carry: Carry, timeZone: string): ShownValue {
	if (raw === undefined || raw instanceof UnreadableValue) return ABSENT;
	if (isEmptyIn(field, raw)) return field.type === 'boolean' ? ABSENT : BLANK;
	const carried = carry.toCrm(raw);
	if (!carried.ok) return unfit(raw, field, { held: 'noMapping', words: carried.words });
	if (isEmptyIn(field, carried.value)) return BLANK;
	const canonical = levelled(carried.value, field, carry, timeZone);
	if (canonical.ok) return shown(canonical.value, field);
	const why: Unsendable = { held: 'doesNotFit', words: `the app's value ${canonical.reason}` };
	return typeof carried.value === 'object' ? unfit(carried.value, field, why) : { ...asItIs(carried.value, field, carry), unfit: why };
}

function readCrm(raw: CrmValue | undefined, field: FieldDescription, carry: Carry): ShownValue {
	if (raw === undefined) return ABSENT;
	if (isEmptyIn(field, raw)) return BLANK;
	const canonical = levelled(raw, field, carry, SHOWN_IN);
	return canonical.ok ? shown(canonical.value, field) : asItIs(raw, field, carry);
}

/** Brought into canonical form again after it was levelled, because choices may then stand in another order. */
function levelled(raw: unknown, field: FieldDescription, { level }: Carry, timeZone: string): Canonical {
	const canonical = looselyCanonical(raw, field, { timeZone });
	return canonical.ok && level ? looselyCanonical(level(canonical.value), field, { timeZone }) : canonical;
}

function shown(value: CrmValue, field: FieldDescription): ShownValue {
	return value === null ? BLANK : { kind: 'value', text: comparableText(value, field), value };
}

/** A single value that cannot be read as one of this field: compared as the text it is, because both sides may hold the very same. */
function asItIs(raw: unknown, field: FieldDescription, { level }: Carry): ShownValue & { readonly kind: 'value' } {
	const text = String(raw).trim().normalize('NFC');
	const value = level ? String(level(text)) : text;
	// Broken characters look alike as bytes, but not as JSON.
	return { kind: 'value', text: value.isWellFormed() ? comparableText(value, field) : `${NO_VALUE}${asJson(value)}`, value };
}

/** What has no counterpart at all on the other side is compared only with itself. */
function unfit(raw: unknown, field: FieldDescription, why: Unsendable): ShownValue {
	return { kind: 'value', text: `${NO_VALUE}${field.name}${NO_VALUE}${asJson(raw)}`, value: quoted(raw), unfit: why };
}

function asJson(raw: unknown): string {
	try {
		return JSON.stringify(raw) ?? String(raw);
	} catch {
		return quoted(raw);
	}
}

function forCrm(shown: ShownValue, field: FieldDescription, timeZone: string): Sendable {
	if (shown.kind === 'absent') throw new RangeError(`What the app does not show cannot be written to ${field.name}`);
	if (shown.kind === 'blank') {
		if (field.clearable) return { ok: true, value: null };
		return { ok: false, why: { held: 'cannotBeEmpty', words: `the CRM does not let ${field.label} be empty` } };
	}
	if (shown.unfit) return { ok: false, why: shown.unfit };
	const canonical = canonicalValue(shown.value, field, { timeZone });
	if (canonical.ok) return canonical;
	return { ok: false, why: { held: 'doesNotFit', words: `the app's value ${canonical.reason}` } };
}

function forApp(shown: ShownValue, carry: Carry): Sendable {
	if (shown.kind === 'absent') throw new RangeError('What the CRM does not show cannot be sent to the app');
	if (shown.kind === 'blank') return { ok: true, value: null };
	const carried = carry.toApp(shown.value);
	if (carried.ok) return { ok: true, value: carried.value as CrmValue };
	return { ok: false, why: { held: 'noMapping', words: carried.words } };
}
