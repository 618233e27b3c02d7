import type { FieldDescription } from '../../model/entity';
import type { Canonical, ValueContext } from './canonical';
import { canonicalValue } from './canonicalValue';

const loosened = new WeakMap<FieldDescription, FieldDescription>();

/**
 * The canonical form of one non-empty value, whatever its length, and among choices also those no longer offered: for comparing, because
 * whatever is stored is legal.
 */
export function looselyCanonical(raw: unknown, field: FieldDescription, context: ValueContext): Canonical {
	return canonicalValue(raw, withoutLimits(field), context);
}

/** Made once for each field, because it is needed for every value. */
function withoutLimits(field: FieldDescription): FieldDescription {
	const known = loosened.get(field);
	if (known) return known;
	const loose = { ...field, length: undefined, precision: undefined, restricted: false };
	loosened.set(field, loose);
	return loose;
}
