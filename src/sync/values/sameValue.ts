import type { FieldDescription } from '../../model/entity';
import type { CrmValue } from '../../model/record';
import { canonicalValue, isEmptyValue } from './canonicalValue';

/**
 * Whether a field that shows `stored` would look the same after `wanted` was written: CRMs trim texts, lower e-mails, round numbers,
 * and show times in another notation. `wanted` is canonical; a stored value that cannot be read counts as different.
 */
export function sameValue(wanted: CrmValue, stored: CrmValue, field: FieldDescription): boolean {
	if (isEmptyValue(wanted) || isEmptyValue(stored)) return isEmptyValue(wanted) && isEmptyValue(stored);
	if (wanted === stored) return true;
	const canonical = canonicalValue(stored, withoutLimits(field), { timeZone: 'utc' });
	if (!canonical.ok) return false;
	return field.type === 'email' ? foldCase(wanted) === foldCase(canonical.value) : wanted === canonical.value;
}

/** A stored value is legal whatever today's limits say. */
function withoutLimits(field: FieldDescription): FieldDescription {
	return { ...field, length: undefined, precision: undefined, restricted: false };
}

function foldCase(value: CrmValue): CrmValue {
	return typeof value === 'string' ? value.toLowerCase() : value;
}
