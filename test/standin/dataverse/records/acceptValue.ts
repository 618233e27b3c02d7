import { badPayload, DataverseError } from '../http/DataverseError';
import { isGuid } from '../guids';
import type { Column } from '../schema/column';
import type { Table } from '../schema/table';
import type { Value } from './row';

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;
const day = /^\d{4}-\d{2}-\d{2}$/;

/** The value a column stores for what a body says; refuses what does not fit. Lookups are not written here. */
export function acceptValue(table: Table, column: Column, value: unknown): Value {
	if (value === null || value === '') return emptied(table, column);
	switch (column.type) {
		case 'String':
		case 'Memo':
			return text(table, column, value);
		case 'Integer':
		case 'BigInt':
		case 'Decimal':
		case 'Double':
		case 'Money':
			return number(table, column, value);
		case 'Boolean':
			return typeof value === 'boolean' ? value : unreadable(table, value, 'Edm.Boolean');
		case 'DateTime':
			return dateTime(table, column, value);
		case 'Uniqueidentifier':
			return isGuid(value) ? String(value).toLowerCase() : unreadable(table, value, 'Edm.Guid');
		case 'MultiSelectPicklist':
			return choices(table, column, value);
		default:
			return choice(table, column, value);
	}
}

function unreadable(table: Table, value: unknown, type: string): never {
	throw badPayload(table.setName, `Cannot convert the literal '${String(value)}' to the expected type '${type}'.`);
}

// https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/update-delete-entities-using-web-api
function emptied(table: Table, column: Column): null {
	if (column.required === 'SystemRequired')
		throw new DataverseError(400, '0x80040203', `Attribute '${column.name}' of entity '${table.name}' cannot be set to NULL.`);
	return null;
}

function text(table: Table, column: Column, value: unknown): string {
	if (typeof value !== 'string') return unreadable(table, value, 'Edm.String');
	if (value.length <= column.maxLength) return value;
	throw new DataverseError(
		400,
		'0x80044331',
		`A validation error occurred.  The length of the '${column.name}' attribute of the '${table.name}' entity exceeded the maximum allowed length of '${column.maxLength}'.`,
	);
}

function number(table: Table, column: Column, value: unknown): number {
	const whole = column.type === 'Integer' || column.type === 'BigInt';
	if (typeof value !== 'number' || (whole && !Number.isInteger(value)))
		return unreadable(table, value, whole ? 'Edm.Int32' : column.type === 'Double' ? 'Edm.Double' : 'Edm.Decimal');
	if (value < (column.min ?? -Infinity) || value > (column.max ?? Infinity)) {
		throw new DataverseError(
			400,
			'0x80044330',
			`A validation error occurred.  The value of '${column.name}' on record of type '${table.name}' is outside the valid range.`,
		);
	}
	return whole ? value : Number(value.toFixed(column.precision));
}

function dateTime(table: Table, column: Column, value: unknown): string {
	const dateOnly = column.behavior === 'DateOnly';
	if (typeof value !== 'string') return unreadable(table, value, dateOnly ? 'Edm.Date' : 'Edm.DateTimeOffset');
	if (dateOnly) return day.test(value) && !Number.isNaN(Date.parse(value)) ? value : unreadable(table, value, 'Edm.Date');
	const milliseconds = Date.parse(day.test(value) ? `${value}T00:00:00Z` : value);
	if (!(instant.test(value) || day.test(value)) || Number.isNaN(milliseconds)) return unreadable(table, value, 'Edm.DateTimeOffset');
	if (milliseconds < Date.UTC(1753, 0, 1))
		throw new DataverseError(
			400,
			'0x80040239',
			'DateTime is less than minumum value supported by CrmDateTime. Actual value: ' + value + ', Minimum value supported: 01/01/1753 00:00:00',
		);
	return toWire(milliseconds);
}

/** Dates as the Web API writes them: UTC, to the second. */
export const toWire = (milliseconds: number): string => new Date(Math.floor(milliseconds / 1000) * 1000).toISOString().replace('.000Z', 'Z');

function outOfRange(table: Table, column: Column, value: unknown): never {
	throw new DataverseError(
		400,
		'0x8004431a',
		`A validation error occurred. The value ${String(value)} of '${column.name}' on record of type '${table.name}' is outside the valid range. Accepted Values: ${column.options.map((one) => one.value).join(',')}`,
	);
}

function choice(table: Table, column: Column, value: unknown): number {
	if (typeof value !== 'number') return unreadable(table, value, 'Edm.Int32');
	return column.options.some((one) => one.value === value) ? value : outOfRange(table, column, value);
}

function choices(table: Table, column: Column, value: unknown): string {
	if (typeof value !== 'string') return unreadable(table, value, 'Edm.String');
	const values = value.split(',').map(Number);
	const unknown = values.find((one) => !column.options.some((option) => option.value === one));
	return unknown === undefined ? values.join(',') : outOfRange(table, column, unknown);
}
