import type { FieldDescription } from '../../model/entity';
import type { CrmValue } from '../../model/record';

/**
 * A canonical value as the text by which it is compared: two values are the same if their texts are. What CRMs change by themselves is no
 * difference: the case of e-mails, and how lines end.
 */
export function comparableText(value: Exclude<CrmValue, null>, field: FieldDescription): string {
	if (typeof value !== 'string') return String(value);
	if (field.type === 'email') return value.toLowerCase();
	return field.type === 'text' && value.includes('\r\n') ? value.replaceAll('\r\n', '\n') : value;
}
