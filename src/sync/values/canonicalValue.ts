import type { FieldDescription, FieldType } from '../../model/entity';
import type { Canonical, ValueContext } from './canonical';
import { canonicalBoolean } from './booleanValue';
import { canonicalClockTime, canonicalDate, canonicalDateTime, canonicalTime } from './dateValue';
import { canonicalDecimal, canonicalInteger } from './numberValue';
import { canonicalMultiPicklist, canonicalPicklist } from './picklistValue';
import { canonicalText } from './textValue';
import { UnreadableValue } from './unreadableValue';

type ToCanonical = (raw: unknown, field: FieldDescription, context: ValueContext) => Canonical;

const byType: Readonly<Record<FieldType, ToCanonical>> = {
	id: canonicalText,
	text: canonicalText,
	email: canonicalText,
	phone: canonicalText,
	url: canonicalText,
	reference: canonicalText,
	picklist: canonicalPicklist,
	multipicklist: canonicalMultiPicklist,
	boolean: canonicalBoolean,
	integer: canonicalInteger,
	decimal: canonicalDecimal,
	date: canonicalDate,
	datetime: canonicalDateTime,
	clocktime: canonicalClockTime,
	time: canonicalTime,
	other: () => ({ ok: false, reason: 'is of a kind that cannot be written' }),
};

/**
 * Whether a value says "nothing": `null`, blank text, or a list of nothing else. `undefined` is not empty but absent: the form did
 * not send it.
 */
export function isEmptyValue(raw: unknown): boolean {
	return Array.isArray(raw) ? raw.every((part) => part === undefined || isBlank(part)) : isBlank(raw);
}

/** Whether a value says "nothing" in this field: where several choices may stand, text of nothing but semicolons does too. */
export function isEmptyIn({ type }: FieldDescription, raw: unknown): boolean {
	if (type !== 'multipicklist') return isEmptyValue(raw);
	return isEmptyValue(Array.isArray(raw) ? raw.map(withoutSemicolons) : withoutSemicolons(raw));
}

function withoutSemicolons(raw: unknown): unknown {
	return typeof raw === 'string' ? raw.replaceAll(';', '') : raw;
}

function isBlank(raw: unknown): boolean {
	return raw === null || (typeof raw === 'string' && raw.trim() === '');
}

/** Brings one non-empty value into the canonical form of its field. Pure; the same value always gives the same result. */
export function canonicalValue(raw: unknown, field: FieldDescription, context: ValueContext): Canonical {
	if (raw instanceof UnreadableValue) return { ok: false, reason: raw.reason };
	return byType[field.type](raw, field, context);
}
