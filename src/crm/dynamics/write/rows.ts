import { CrmError } from '../../../model/crmError';
import type { Mutation } from '../../../model/record';
import type { Column, Table } from '../describe/Table';
import { canonicalId } from '../guids';
import { noColumn } from '../names';
import { memberOf, type HomeOf } from './columnValue';

/** One mutation as Dataverse gets it. */
export interface WriteRow {
	/** Its place among the mutations. */
	readonly index: number;
	readonly kind: Mutation['kind'];
	readonly table: Table;
	/** Of the record to update. */
	readonly id?: string;
	/** The version that the record must still have. */
	readonly stamp?: string;
	/** The members of the record in JSON, without braces, written once: their length decides how rows are packed. */
	readonly members: string;
}

/** The mutation as a row; throws when it cannot be one, and then nothing of it is sent. */
export function writeRow(mutation: Mutation, index: number, table: Table, homeOf: HomeOf): WriteRow {
	const { kind, values } = mutation;
	const id = kind === 'update' ? checkedId(mutation.id, table) : undefined;
	const stamp = kind === 'update' ? mutation.expectedStamp : undefined;
	const given = Object.entries(values).map(([name, value]) => [writable(table, name), value] as const);
	// A new record is empty where nothing is said.
	const told = kind === 'create' ? given.filter(([column, value]) => column.form !== 'lookup' || value !== null) : given;
	if (kind === 'create') checkRequired(table, values);
	const members = told.map(([column, value]) => memberOf(table, column, value, homeOf)).join(',');
	return { index, kind, table, id, members, ...(stamp === undefined ? {} : { stamp }) };
}

/** The lookups of a mutation that may point to several tables, so that its id does not tell to which. */
export function openLookups({ values }: Mutation, table: Table): ReadonlyArray<{ readonly id: string; readonly tables: readonly string[] }> {
	return Object.entries(values).flatMap(([name, value]) => {
		const navigation = table.columns.get(name)?.navigation;
		const id = typeof value === 'string' ? canonicalId(value) : undefined;
		return navigation && navigation.size > 1 && id !== undefined ? [{ id, tables: [...navigation.keys()] }] : [];
	});
}

function writable(table: Table, name: string): Column {
	const column = table.columns.get(name);
	if (!column) throw noColumn(table.name, name);
	if (column.field.type !== 'id' && column.field.type !== 'other') return column;
	throw new CrmError('validation', { message: `The field ${name} cannot be written.`, remedy: 'Remove it from the mapping.', fields: [name] });
}

function checkedId(text: string, table: Table): string {
	const id = canonicalId(text);
	if (id !== undefined) return id;
	throw new CrmError('validation', {
		message: `${JSON.stringify(text.slice(0, 40))} is no id of Dynamics 365, so there is no record to update.`,
		remedy: 'Send the id of the record, such as 1f0c8a55-4a0e-4c39-9f3c-1d2e3f405162.',
		fields: [table.primaryId],
	});
}

/** Dataverse would say so too, but not which column it is. */
function checkRequired(table: Table, values: Mutation['values']): void {
	const missing = [...table.columns.values()].filter(({ field }) => field.required && (values[field.name] ?? '') === '').map(({ field }) => field);
	if (missing.length === 0) return;
	throw new CrmError('validation', {
		message: `A mandatory field is empty: ${missing.map(({ label }) => label).join(', ')}.`,
		remedy: 'Map a source field to it, or give it a fixed value.',
		code: 'REQUIRED_COLUMN_EMPTY',
		fields: missing.map(({ name }) => name),
	});
}
