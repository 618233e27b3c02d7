import { canonicalValue } from '../../../src/sync/values/canonicalValue';
import type { CrmValue } from '../../../src/model/record';
import type { FieldDescription } from '../../../src/model/entity';

/** The canonical value, or the reason in words after `✗`. */
export function canonical(raw: unknown, field: FieldDescription, timeZone = 'Europe/Vienna'): CrmValue {
	const outcome = canonicalValue(raw, field, { timeZone });
	return outcome.ok ? outcome.value : `✗ ${outcome.reason}`;
}
