import { wantsAnnotation } from '../api/ApiRequest';
import { badQuery } from '../http/DataverseError';
import { isReference, type Row, type Value } from '../records/row';
import { navigationName, wireName, type Column } from '../schema/column';
import { textIn } from '../schema/labels';
import type { Table } from '../schema/table';
import type { Expand } from './expand';
import { readValue, type Viewer } from './readValue';

/** Which columns of a row to show and how. */
export interface Shape {
	readonly table: Table;
	/** Undefined for all. */
	readonly select: readonly Column[] | undefined;
	readonly expand: readonly Expand[];
	readonly annotations: string | undefined;
}

const formatted = 'OData.Community.Display.V1.FormattedValue';
const lookupTable = 'Microsoft.Dynamics.CRM.lookuplogicalname';
const lookupNavigation = 'Microsoft.Dynamics.CRM.associatednavigationproperty';

/** The columns a `$select` names; the names are those of the wire. */
export function selectedColumns({ env }: Viewer, table: Table, select: string | undefined): readonly Column[] | undefined {
	if (select === undefined || select === '*') return undefined;
	return select
		.split(',')
		.map((text) => text.trim())
		.filter((name) => name !== '')
		.map((name) => {
			// A lookup may be selected by its navigation property too.
			const column = env.schema.byWireName(table, name) ?? env.schema.navigation(table, name)?.column;
			if (!column) throw badQuery(`Could not find a property named '${name}' on type 'Microsoft.Dynamics.CRM.${table.name}'.`);
			return column;
		});
}

/** The version of a row for If-Match. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/perform-conditional-operations-using-web-api */
export const etagOf = (row: Row): string => `W/"${String(row.versionnumber)}"`;

/** A row as the Web API shows it to a user. */
export function showRow(viewer: Viewer, shape: Shape, row: Row): Record<string, unknown> {
	const { table, select, annotations } = shape;
	const shown: Record<string, unknown> = { '@odata.etag': etagOf(row) };
	const id = table.columns.filter((one) => one.name === table.primaryId);
	const columns = select ? [...select.filter((one) => one.name !== table.primaryId), ...id] : table.columns;
	for (const column of columns) {
		const value = readValue(viewer, table, column, row);
		if (value !== null) annotate(viewer, { table, column, value, annotations, shown });
		shown[wireName(column)] = isReference(value) ? value.id : value;
	}
	for (const expand of shape.expand) shown[expand.name] = related(viewer, table, expand, row, annotations);
	return shown;
}

function related(viewer: Viewer, table: Table, expand: Expand, row: Row, annotations: string | undefined): unknown {
	const reference = readValue(viewer, table, expand.column, row);
	const other = isReference(reference) && reference.table === expand.table.name ? viewer.env.store.get(reference.table, reference.id) : undefined;
	return other ? showRow(viewer, { table: expand.table, select: expand.select, expand: expand.expand, annotations }, other) : null;
}

interface Shown {
	readonly table: Table;
	readonly column: Column;
	readonly value: Value;
	readonly annotations: string | undefined;
	readonly shown: Record<string, unknown>;
}

function annotate(viewer: Viewer, { column, value, annotations, shown }: Shown): void {
	if (annotations === undefined) return;
	const name = wireName(column);
	const text = formattedValue(viewer, column, value);
	if (text !== undefined && wantsAnnotation(annotations, formatted)) shown[`${name}@${formatted}`] = text;
	if (!isReference(value)) return;
	if (wantsAnnotation(annotations, lookupNavigation)) shown[`${name}@${lookupNavigation}`] = navigationName(column, value.table);
	if (wantsAnnotation(annotations, lookupTable)) shown[`${name}@${lookupTable}`] = value.table;
}

/** A value as people read it in the environment's language. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/query/select-columns#formatted-values */
function formattedValue({ env }: Viewer, column: Column, value: Value): string | undefined {
	const labelled = (number: number) => {
		const option = column.options.find((one) => one.value === number);
		return option ? textIn(option.label, env.language) : String(number);
	};
	if (isReference(value)) {
		const target = env.schema.table(value.table);
		const row = target && env.store.get(value.table, value.id);
		return row && target ? String(row[target.primaryName] ?? '') : '';
	}
	if (column.type === 'MultiSelectPicklist')
		return String(value)
			.split(',')
			.map((one) => labelled(Number(one)))
			.join('; ');
	if (typeof value === 'boolean') return column.options.length > 0 ? labelled(Number(value)) : value ? 'Yes' : 'No';
	if (typeof value === 'number')
		return column.options.length > 0
			? labelled(value)
			: `${column.type === 'Money' ? '$' : ''}${value.toLocaleString('en-US', { minimumFractionDigits: column.precision, maximumFractionDigits: column.precision })}`;
	if (column.type === 'DateTime') return dateText(column, String(value));
	return undefined;
}

function dateText(column: Column, value: string): string {
	const dateOnly = column.format === 'DateOnly' || column.behavior === 'DateOnly';
	return new Date(value)
		.toLocaleString('en-US', { timeZone: 'UTC', ...(dateOnly ? { dateStyle: 'short' } : { dateStyle: 'short', timeStyle: 'short' }) })
		.replace(',', '');
}

/** The part of `@odata.context` that says what the rows show. */
export function contextColumns({ table, select, expand }: Pick<Shape, 'table' | 'select' | 'expand'>): string {
	const names = [...(select ?? []).map(wireName), ...expand.map((one) => `${one.name}(${(one.select ?? []).map(wireName).join(',')})`)];
	return `${table.setName}${names.length > 0 ? `(${names.join(',')})` : ''}`;
}
