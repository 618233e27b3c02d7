import type { FieldDescription } from '../../model/entity';
import type { CrmValue } from '../../model/record';
import { canonicalValue, isEmptyValue } from '../values/canonicalValue';
import { comparableText } from '../values/comparableText';
import { looselyCanonical } from '../values/looselyCanonical';
import { quoted } from '../values/quoted';
import { UnreadableValue } from '../values/unreadableValue';
import { carryFor, type Carry } from './carry';
import type { CompiledRule, Sendable, ShownValue, Unsendable } from './compiledMapping';
import type { FieldRule } from './mapping';

const ABSENT: ShownValue = { kind: 'absent' };
const BLANK: ShownValue = { kind: 'blank' };
const SHOWN_IN = { timeZone: 'utc' };
/** Begins the text of what is not even a single value, so that it equals nothing that a CRM shows. */
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
	if (isEmptyValue(raw)) return field.type === 'boolean' ? ABSENT : BLANK;
	const carried = carry.toCrm(raw);
	if (!carried.ok) return unfit(raw, field, { held: 'noMapping', words: carried.words });
	if (isEmptyValue(carried.value)) return BLANK;
	const canonical = looselyCanonical(carried.value, field, { timeZone });
	if (canonical.ok) return shown(canonical.value, field);
	return unfit(raw, field, { held: 'doesNotFit', words: `the app's value ${canonical.reason}` });
}

function readCrm(raw: CrmValue | undefined, field: FieldDescription, carry: Carry): ShownValue {
	if (raw === undefined) return ABSENT;
	if (isEmptyValue(raw)) return BLANK;
	const level = carry.level(raw);
	const canonical = looselyCanonical(level, field, SHOWN_IN);
	return canonical.ok ? shown(canonical.value, field) : { kind: 'value', text: plainText(raw), value: raw };
}

function shown(value: CrmValue, field: FieldDescription): ShownValue {
	return value === null ? BLANK : { kind: 'value', text: comparableText(value, field), value };
}

/** A single value is compared as it is, because the CRM may hold the very same; anything else only with itself. */
function unfit(raw: unknown, field: FieldDescription, why: Unsendable): ShownValue {
	if (typeof raw !== 'object' && why.held === 'doesNotFit') return { kind: 'value', text: plainText(raw), value: String(raw), unfit: why };
	return { kind: 'value', text: `${NO_VALUE}${field.name}${NO_VALUE}${asJson(raw)}`, value: quoted(raw), unfit: why };
}

function plainText(raw: unknown): string {
	return String(raw).trim().normalize('NFC');
}

/** JSON escapes broken characters, so that two of them stay two. */
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
