import type { FieldDescription } from '../../model/entity';
import type { CrmValue } from '../../model/record';
import { isEmptyIn } from './canonicalValue';
import { storedValue } from './storedValue';

/**
 * Whether a field that shows `stored` would look the same after `wanted` was written: CRMs trim texts, lower e-mails, round numbers,
 * drop fractions of seconds, and show times in another notation. `wanted` is canonical; what cannot be read counts as different.
 */
export function sameValue(wanted: CrmValue, stored: CrmValue, field: FieldDescription): boolean {
	if (isEmptyIn(field, wanted) || isEmptyIn(field, stored)) return isEmptyIn(field, wanted) && isEmptyIn(field, stored);
	if (wanted === stored) return true;
	const shown = storedValue(stored, field);
	if (wanted === shown) return true;
	if (typeof wanted !== 'string' || typeof shown !== 'string') return false;
	if (field.type === 'email') return wanted.toLowerCase() === shown.toLowerCase();
	return field.type === 'text' && unixLines(wanted) === unixLines(shown);
}

function unixLines(text: string): string {
	return text.replaceAll('\r\n', '\n');
}
