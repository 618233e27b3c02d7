import type { FieldType } from '../../../model/entity';
import type { CrmValue } from '../../../model/record';
import { canonicalId } from '../ids';
import { soqlLiteral } from './soqlLiteral';

/** https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_soslsoql.htm */
const longestLiteral = 4_000;

/**
 * A value as SOQL compares a field of this type with it, or `undefined` when no record can have it: nothing at all, a text that is
 * no id in an id field, one longer than any searchable field. A type that is not known is judged by the value.
 *
 * https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_conditionexpression.htm
 */
export function fieldLiteral(value: CrmValue, type?: FieldType): string | undefined {
	if (value === null || value === '') return undefined;
	const literal = literals[type ?? typeByValue(value)](value);
	return literal !== undefined && literal.length <= longestLiteral ? literal : undefined;
}

const literals: Readonly<Record<FieldType, (value: string | number | boolean) => string | undefined>> = {
	id: idLiteral,
	reference: idLiteral,
	text: quoted,
	email: quoted,
	phone: quoted,
	url: quoted,
	picklist: quoted,
	multipicklist: quoted,
	other: quoted,
	boolean: (value) => (/^(?:true|false)$/i.test(String(value)) ? String(value).toLowerCase() : undefined),
	integer: numberLiteral,
	decimal: numberLiteral,
	date: (value) => matching(value, /^\d{4}-\d{2}-\d{2}$/),
	datetime: datetimeLiteral,
	clocktime: () => undefined,
	time: (value) => matching(value, /^\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z$/),
};

function typeByValue(value: string | number | boolean): FieldType {
	if (typeof value === 'number') return 'decimal';
	return typeof value === 'boolean' ? 'boolean' : 'text';
}

function quoted(value: string | number | boolean): string {
	return soqlLiteral(String(value));
}

function idLiteral(value: string | number | boolean): string | undefined {
	const id = canonicalId(String(value));
	return id === undefined ? undefined : `'${id}'`;
}

function numberLiteral(value: string | number | boolean): string | undefined {
	return matching(value, /^-?\d{1,18}(?:\.\d{1,18})?$/);
}

function matching(value: string | number | boolean, pattern: RegExp): string | undefined {
	return pattern.test(String(value)) ? String(value) : undefined;
}

/** Records carry `+0000`, which statements do not take. */
function datetimeLiteral(value: string | number | boolean): string | undefined {
	if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?(?:Z|[+-]\d{2}:?\d{2})$/.test(String(value))) return undefined;
	const time = Date.parse(String(value).replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
	return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
