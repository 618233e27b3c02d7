import { DateTime } from 'luxon';
import { CrmError, type CrmErrorKind } from '../../src/model/crmError';
import type { EntityDescription, FieldDescription } from '../../src/model/entity';
import type { CrmValue, Mutation } from '../../src/model/record';
import type { Row } from './memoryCrm';

/** The value of a last name that the CRM's own rules refuse. */
export const POISON = 'Poison';

/** Why the CRM refuses a write, if it does. */
export function violation(mutation: Mutation, entity: EntityDescription, row: Row | undefined, rows: readonly Row[]): CrmError | undefined {
	if (mutation.kind === 'update' && !row) return refusal('notFound', 'ENTITY_IS_DELETED');
	if (row?.values.IsConverted === true) return refusal('validation', 'CANNOT_UPDATE_CONVERTED_LEAD');
	const missing = mutation.kind === 'create' ? entity.fields.filter(({ name, required }) => required && (mutation.values[name] ?? null) === null) : [];
	if (missing.length > 0) return refusal('validation', 'REQUIRED_FIELD_MISSING', missing[0].name);
	for (const [name, value] of Object.entries(mutation.values)) {
		const known = entity.fields.find((field) => field.name === name);
		const error = known ? violationOf(value, known, mutation, rows) : refusal('validation', 'INVALID_FIELD', name);
		if (error) return error;
	}
	return undefined;
}

function violationOf(value: CrmValue, field: FieldDescription, mutation: Mutation, rows: readonly Row[]): CrmError | undefined {
	const { name } = field;
	if (!(mutation.kind === 'create' ? field.createable : field.updateable)) return refusal('permission', 'INVALID_FIELD_FOR_INSERT_UPDATE', name);
	if (value === null) return field.clearable || mutation.kind === 'create' ? undefined : refusal('validation', 'REQUIRED_FIELD_MISSING', name);
	if (value === POISON) return refusal('validation', 'FIELD_CUSTOM_VALIDATION_EXCEPTION', name);
	if (typeof value === 'string' && field.length && [...value].length > field.length) return refusal('validation', 'STRING_TOO_LONG', name);
	const allowed = field.picklist.map((choice) => choice.value);
	const picked = field.type === 'multipicklist' ? String(value).split(';') : [String(value)];
	if (field.restricted && picked.some((choice) => !allowed.includes(choice))) return refusal('validation', 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', name);
	const taken = field.unique && rows.some((row) => row.entity === mutation.entity && row.values[name] === value && (mutation.kind === 'create' || row.id !== mutation.id));
	return taken ? refusal('conflict', 'DUPLICATE_VALUE', name) : undefined;
}

function refusal(kind: CrmErrorKind, code: string, field?: string): CrmError {
	return new CrmError(kind, { message: `The CRM refuses it (${code}).`, code, fields: field ? [field] : [] });
}

/** What the CRM makes of the values that it takes. */
export function afterSaving(values: Readonly<Record<string, CrmValue>>, { fields }: EntityDescription): Record<string, CrmValue> {
	return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, normalised(value, fields.find((field) => field.name === name)!)]));
}

/** One value as the CRM shows it after it was written: trimmed, in small letters, rounded, without fractions of seconds. */
export function normalised(value: CrmValue, { type, scale }: FieldDescription): CrmValue {
	if (typeof value === 'number' && type === 'decimal' && scale !== undefined) return Number(value.toFixed(scale));
	if (typeof value !== 'string') return value;
	const text = value.trim();
	if (text === '') return null;
	if (type === 'email') return text.toLowerCase();
	if (type === 'datetime') return DateTime.fromISO(text).toUTC().startOf('second').toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'");
	return text;
}
