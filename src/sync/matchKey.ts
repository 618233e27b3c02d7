import type { FieldDescription } from '../model/entity';
import type { CrmValue } from '../model/record';

/** A match value in the form in which two values that the CRM takes for the same are equal: trimmed, and folded unless case counts. */
export type MatchKey = string;

/** The key of a value of the match field, or `undefined` when the value is empty and so matches nothing. */
export function matchKeyOf(value: CrmValue | undefined, field: FieldDescription): MatchKey | undefined {
	if (value === undefined || value === null) return undefined;
	const text = String(value).trim();
	if (text === '') return undefined;
	return field.caseSensitive ? text : text.normalize('NFC').toLowerCase();
}
