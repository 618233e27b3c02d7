import type { FieldType } from '../../../model/entity';
import type { CrmValue } from '../../../model/record';
import { canonicalId } from '../guids';

/** Longer than any text that can be searched. https://learn.microsoft.com/en-us/power-apps/maker/data-platform/types-of-fields */
const longestLiteral = 4_000;

/**
 * A value as a filter compares a column of this type with it, or `undefined` when no record can have it: nothing at all, a text that is
 * no id where an id is, one longer than any text that can be searched.
 *
 * https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/query/filter-rows
 */
export function columnLiteral(value: CrmValue, type: FieldType): string | undefined {
	if (value === null || value === '') return undefined;
	const literal = literals[type](value);
	return literal !== undefined && literal.length <= longestLiteral ? literal : undefined;
}

const literals: Readonly<Record<FieldType, (value: string | number | boolean) => string | undefined>> = {
	id: (value) => canonicalId(String(value)),
	reference: (value) => canonicalId(String(value)),
	text: textLiteral,
	email: textLiteral,
	phone: textLiteral,
	url: textLiteral,
	picklist: (value) => matching(value, /^-?\d{1,10}$/),
	multipicklist: () => undefined,
	other: () => undefined,
	boolean: (value) => (/^(?:true|false)$/i.test(String(value)) ? String(value).toLowerCase() : undefined),
	integer: (value) => matching(value, /^-?\d{1,18}$/),
	decimal: (value) => matching(value, /^-?\d{1,18}(?:\.\d{1,18})?$/),
	date: (value) => matching(value, /^\d{4}-\d{2}-\d{2}$/),
	datetime: momentLiteral,
	clocktime: (value) => matching(value, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/) && `${String(value)}Z`,
	time: () => undefined,
};

/**
 * A text as a quoted literal: the only way that text from outside enters a filter. A quote is doubled; nothing else has a meaning, and
 * whoever puts the filter into an address encodes the whole. Half of a surrogate pair cannot be sent in UTF-8 and becomes the
 * replacement character; a zero no text can hold.
 *
 * https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html#sec_URLParsing
 */
function textLiteral(value: string | number | boolean): string | undefined {
	const text = String(value).toWellFormed();
	return text.includes('\0') ? undefined : `'${text.replaceAll("'", "''")}'`;
}

function matching(value: string | number | boolean, pattern: RegExp): string | undefined {
	return pattern.test(String(value)) ? String(value) : undefined;
}

function momentLiteral(value: string | number | boolean): string | undefined {
	if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,7})?)?(?:Z|[+-]\d{2}:\d{2})$/.test(String(value))) return undefined;
	const time = Date.parse(String(value));
	return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
