import type { FieldDescription } from '../../model/entity';
import type { CrmValue } from '../../model/record';
import { canonicalValue, isEmptyValue } from './canonicalValue';

/**
 * What the CRM shows, in the canonical form of its field, so that it can be compared: whatever is stored is legal, and shown in UTC.
 * A value that cannot be read stays as it is.
 */
export function storedValue(stored: CrmValue, field: FieldDescription): CrmValue {
	if (isEmptyValue(stored)) return null;
	const canonical = canonicalValue(stored, { ...field, length: undefined, precision: undefined, restricted: false }, { timeZone: 'utc' });
	return canonical.ok ? canonical.value : stored;
}
