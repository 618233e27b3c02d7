import type { FieldDescription } from '../model/entity';
import type { CrmValue } from '../model/record';
import { storedValue } from './values/storedValue';

/** A match value in the form in which two values that the CRM takes for the same are equal: trimmed, and folded unless case counts. */
export type MatchKey = string;

/** The key of a canonical value of the match field, or `undefined` when the value is empty and so matches nothing. */
export function matchKeyOf(value: CrmValue | undefined, field: FieldDescription): MatchKey | undefined {
	if (value === undefined || value === null) return undefined;
	const text = String(value).trim().normalize('NFC');
	if (text === '') return undefined;
	return field.caseSensitive ? text : foldCase(text);
}

/** The key of a value as the CRM shows it, which for a number or a moment is not how it was written. */
export function storedKeyOf(stored: CrmValue | undefined, field: FieldDescription): MatchKey | undefined {
	return stored === undefined ? undefined : matchKeyOf(storedValue(stored, field), field);
}

/** Lower case can decompose letters again, and has two small sigmas. */
function foldCase(text: string): string {
	return text.toLowerCase().replaceAll('ς', 'σ').normalize('NFC');
}
