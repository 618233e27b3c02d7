import type { CrmRecord, CrmValue } from '../../../model/record';
import type { Json } from '../../json';
import type { Column, DerivedColumn, Table } from '../describe/Table';
import { malformedAnswer } from '../errors/localErrors';
import { canonicalId } from '../guids';
import { noColumn } from '../names';

/** The columns of a search: those of the table and those worked out from them. */
export interface Selection {
	readonly columns: readonly Column[];
	readonly derived: ReadonlyArray<readonly [string, DerivedColumn]>;
	/** What is asked for in the address. */
	readonly readNames: readonly string[];
}

/** The columns of these names; an unknown one is refused. */
export function selectionOf(table: Table, names: readonly string[]): Selection {
	const columns: Column[] = [];
	const derived: Array<readonly [string, DerivedColumn]> = [];
	for (const name of new Set(names)) {
		const column = table.columns.get(name);
		const made = table.derived.get(name);
		if (column) columns.push(column);
		else if (made) derived.push([name, made]);
		else throw noColumn(table.name, name);
	}
	const readNames = [table.primaryId, ...columns.map(({ readName }) => readName), ...derived.flatMap(([, one]) => one.readNames)];
	return { columns, derived, readNames: [...new Set(readNames)] };
}

/** A row with exactly the columns that were asked for. */
export function recordOf(row: Json, table: Table, { columns, derived }: Selection): CrmRecord {
	const id = canonicalId(String(row[table.primaryId] ?? ''));
	if (id === undefined) throw malformedAnswer('a record without an id');
	const shown = columns.map((column) => [column.field.name, valueOf(column, row[column.readName])] as const);
	const made = derived.map(([name, { valueIn }]) => [name, valueIn(row)] as const);
	const values = [...shown, ...made].filter((pair): pair is readonly [string, CrmValue] => pair[1] !== undefined);
	return { entity: table.name, id, values: Object.fromEntries(values) };
}

/** What a row shows in a column; `undefined` for what is hidden or of no use. */
function valueOf({ form, secured, field }: Column, raw: unknown): CrmValue | undefined {
	if (secured && isHidden(raw)) return undefined;
	if (raw === null) return null;
	if (form === 'choice') return typeof raw === 'number' ? String(raw) : undefined;
	if (form === 'choices') return typeof raw === 'string' ? raw.split(',').join(';') : undefined;
	if (form === 'lookup' || field.type === 'id') return typeof raw === 'string' ? canonicalId(raw) : undefined;
	if (field.type === 'clocktime') return typeof raw === 'string' ? raw.replace(/(?:\.\d+)?Z$/, '') : undefined;
	return typeof raw === 'string' || typeof raw === 'number' || typeof raw === 'boolean' ? raw : undefined;
}

/**
 * A secured column shows nothing, or a mask, to those who may not read it, and does not say which it is.
 * https://learn.microsoft.com/en-us/power-platform/admin/field-level-security
 * https://learn.microsoft.com/en-us/power-apps/maker/data-platform/create-manage-masking-rules
 */
function isHidden(raw: unknown): boolean {
	return raw === null || (typeof raw === 'string' && /[*#•]{2}|^[*#•]$/.test(raw));
}
