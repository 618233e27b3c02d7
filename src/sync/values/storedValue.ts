import type { FieldDescription } from '../../model/entity';
import type { CrmValue } from '../../model/record';
import { isEmptyIn } from './canonicalValue';
import { looselyCanonical } from './looselyCanonical';

const SHOWN_IN = { timeZone: 'utc' };

/**
 * What the CRM shows, in the canonical form of its field, so that it can be compared: whatever is stored is legal, and shown in UTC.
 * A value that cannot be read stays as it is.
 */
export function storedValue(stored: CrmValue, field: FieldDescription): CrmValue {
	if (isEmptyIn(field, stored)) return null;
	const canonical = looselyCanonical(stored, field, SHOWN_IN);
	return canonical.ok ? canonical.value : stored;
}
