import { canonicalId, keyPrefixOf } from '../ids';
import { RowError } from '../records/RowError';
import type { Value } from '../records/row';
import type { FieldSpec } from '../schema/field';
import type { Schema } from '../schema/Schema';
import { parseDate, parseDateTime, toWireDateTime } from '../time';

const emailForm = /^[^\s@,;:<>()[\]"]+@[^\s@,;:<>()[\]"]+\.[^\s@,;:<>()[\]".]+$/;

/** A JSON value of the wrong kind: the whole request is unreadable, not one row. */
export class UnreadableValue extends Error {
	constructor(kind: string, readonly value: unknown) {
		super(`Cannot deserialize instance of ${kind} from ${tokenOf(value)} value ${shown(value)} or request may be missing a required field`);
	}
}

/** The value as the org stores it: trimmed, lower-cased, rounded, in its own date form. Throws RowError or UnreadableValue. */
export function acceptValue(spec: FieldSpec, value: unknown, schema: Schema): Value {
	if (value === null || value === undefined || value === '') return acceptNothing(spec);
	switch (spec.type) {
		case 'boolean':
			return acceptBoolean(value);
		case 'int':
		case 'double':
		case 'currency':
		case 'percent':
			return acceptNumber(spec, value);
		case 'date':
			return acceptText(value, 'date', parseDate);
		case 'datetime':
			return acceptText(value, 'datetime', (text) => wireOrNothing(parseDateTime(text)));
		case 'id':
		case 'reference':
			return acceptReference(spec, value, schema);
		default:
			return acceptString(spec, value);
	}
}

const wireOrNothing = (milliseconds: number | undefined): string | undefined => (milliseconds === undefined ? undefined : toWireDateTime(milliseconds));

function acceptNothing(spec: FieldSpec): Value {
	if (spec.type === 'boolean') throw new RowError('INVALID_TYPE_ON_FIELD_IN_RECORD', `${spec.label}: value not of required type: `, [spec.name]);
	return null;
}

function acceptBoolean(value: unknown): boolean {
	const text = String(value).toLowerCase();
	if (text !== 'true' && text !== 'false') throw new UnreadableValue('boolean', value);
	return text === 'true';
}

function acceptNumber(spec: FieldSpec, value: unknown): number {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	const kind = spec.type === 'int' ? 'int' : 'double';
	if (typeof number !== 'number' || !Number.isFinite(number)) throw new UnreadableValue(kind, value);
	if (kind === 'int' && !Number.isInteger(number)) throw new UnreadableValue(kind, value);
	const whole = kind === 'int' ? 9 : spec.precision - spec.scale;
	const rounded = Number(number.toFixed(Math.min(spec.scale, 18)));
	if (Math.abs(rounded) >= 10 ** whole) {
		throw new RowError('NUMBER_OUTSIDE_VALID_RANGE', `${spec.label}: value outside of valid range on numeric field: ${number}`, [spec.name]);
	}
	return rounded;
}

function acceptText(value: unknown, kind: string, parse: (text: string) => string | undefined): string {
	const parsed = typeof value === 'string' && (kind !== 'date' || !value.includes('T')) ? parse(value.trim()) : undefined;
	if (parsed === undefined) throw new UnreadableValue(kind, value);
	return parsed;
}

function acceptReference(spec: FieldSpec, value: unknown, schema: Schema): string {
	if (typeof value !== 'string') throw new UnreadableValue('reference', value);
	const id = canonicalId(value.trim());
	const wrongType = new RowError('MALFORMED_ID', `${spec.label}: id value of incorrect type: ${value}`, [spec.name]);
	if (!id) throw wrongType;
	const fits = spec.referenceTo.length === 0 || spec.referenceTo.some((name) => schema.object(name)?.keyPrefix === keyPrefixOf(id));
	if (!fits) throw wrongType;
	return id;
}

function acceptString(spec: FieldSpec, value: unknown): string | null {
	if (typeof value === 'object') throw new UnreadableValue('string', value);
	let text = String(value).trim();
	if (text === '') return null;
	if (spec.type === 'email') text = acceptEmail(spec, text);
	if (spec.type === 'textarea') text = text.replace(/\r\n|\r|\n/g, '\r\n');
	if (spec.type === 'picklist' || spec.type === 'multipicklist') text = acceptChoice(spec, text);
	if (text.length > spec.length) {
		throw new RowError('STRING_TOO_LONG', `${spec.label}: data value too large: ${text} (max length=${spec.length})`, [spec.name]);
	}
	return text;
}

function acceptEmail(spec: FieldSpec, text: string): string {
	if (!emailForm.test(text)) throw new RowError('INVALID_EMAIL_ADDRESS', `${spec.label}: invalid email address: ${text}`, [spec.name]);
	return text.toLowerCase();
}

/** Multipicklist values come back in the order of the list, each once. */
function acceptChoice(spec: FieldSpec, text: string): string {
	const listed = spec.picklistValues.filter((entry) => entry.active).map((entry) => entry.value);
	const chosen = spec.type === 'multipicklist' ? [...new Set(text.split(';').map((part) => part.trim()).filter((part) => part !== ''))] : [text];
	const known = chosen.map((part) => listed.find((entry) => entry.toLowerCase() === part.toLowerCase()) ?? part);
	const unknown = known.filter((part) => !listed.includes(part));
	if (spec.restricted && unknown.length > 0) {
		throw new RowError('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', `${spec.label}: bad value for restricted picklist field: ${unknown[0]}`, [spec.name]);
	}
	return [...listed.filter((entry) => known.includes(entry)), ...unknown].join(';');
}

function tokenOf(value: unknown): string {
	if (Array.isArray(value)) return 'START_ARRAY';
	if (typeof value === 'object') return 'START_OBJECT';
	if (typeof value === 'boolean') return value ? 'VALUE_TRUE' : 'VALUE_FALSE';
	if (typeof value === 'number') return Number.isInteger(value) ? 'VALUE_NUMBER_INT' : 'VALUE_NUMBER_FLOAT';
	return 'VALUE_STRING';
}

function shown(value: unknown): string {
	if (Array.isArray(value)) return '[';
	return typeof value === 'object' ? '{' : String(value);
}
