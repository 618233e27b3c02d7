import type { FieldDescription } from '../../model/entity';
import type { Canonical } from './canonical';
import { quoted } from './quoted';

/**
 * Text as CRMs keep it: without white space at the ends, and accented letters as one character, however the sender composed them.
 * Numbers and checkboxes become their usual text; lists and objects do not.
 */
export function canonicalText(raw: unknown, field: FieldDescription): Canonical {
	if (typeof raw === 'object' || typeof raw === 'function' || typeof raw === 'symbol') {
		return { ok: false, reason: `holds ${Array.isArray(raw) ? 'a list' : 'an object'}, not a single text` };
	}
	if (typeof raw === 'number' && !Number.isFinite(raw)) return { ok: false, reason: `${String(raw)} is not a value` };
	const text = String(raw).trim().normalize('NFC');
	if (!text.isWellFormed()) return { ok: false, reason: 'contains broken characters (half of a surrogate pair)' };
	const limit = lengthLimit(field);
	if (isLonger(text, limit)) {
		return { ok: false, reason: `is ${text.length.toLocaleString('en-US')} characters long; the field takes ${limit.toLocaleString('en-US')}` };
	}
	if (field.type === 'email' && !/^[^\s@]+@[^\s@]+$/.test(text)) return { ok: false, reason: `${quoted(text)} is not an e-mail address` };
	return { ok: true, value: text };
}

/** The length of a link is that of the id; what is given for it may be a name, which has none. */
function lengthLimit({ type, length }: FieldDescription): number {
	return length === undefined || length <= 0 || type === 'reference' || type === 'id' ? Infinity : length;
}

/** Counts characters, not UTF-16 units, so that an emoji at the very end is the CRM's decision and never refused here by mistake. */
function isLonger(text: string, limit: number): boolean {
	if (text.length <= limit) return false;
	if (text.length > limit * 2) return true;
	return [...text].length > limit;
}
