import { badQuery } from '../http/DataverseError';
import { isReference, type Row } from '../records/row';
import { isLookup, type Column } from '../schema/column';
import type { Table } from '../schema/table';
import type { FindProperty, Kind, Property } from './evaluate';
import { readValue, type Viewer } from './readValue';

/** The kind of value a column holds, as filters see it. */
export function kindOf({ type }: Column): Kind {
	if (type === 'String' || type === 'Memo' || type === 'MultiSelectPicklist') return 'text';
	if (type === 'Boolean') return 'boolean';
	if (type === 'DateTime') return 'date';
	if (type === 'Uniqueidentifier' || isLookup({ type })) return 'guid';
	return 'number';
}

/** Reads properties of rows for filters and orders: own columns, and columns of records that lookups lead to. */
export function rowProperties(viewer: Viewer, table: Table): FindProperty<Row> {
	return (path) => propertyAt(viewer, table, path);
}

function propertyAt(viewer: Viewer, table: Table, path: readonly string[]): Property<Row> {
	const { schema, store } = viewer.env;
	const [first, ...rest] = path;
	if (rest.length === 0) {
		const column = schema.byWireName(table, first);
		if (!column) throw badQuery(`Could not find a property named '${first}' on type 'Microsoft.Dynamics.CRM.${table.name}'.`);
		return { kind: kindOf(column), read: (row) => plain(readValue(viewer, table, column, row)) };
	}
	const navigation = schema.navigation(table, first);
	if (!navigation) throw badQuery(`Could not find a property named '${first}' on type 'Microsoft.Dynamics.CRM.${table.name}'.`);
	const inner = propertyAt(viewer, schema.required(navigation.target), rest);
	return {
		...inner,
		read: (row) => {
			const reference = readValue(viewer, table, navigation.column, row);
			const related = isReference(reference) && reference.table === navigation.target ? store.get(reference.table, reference.id) : undefined;
			return related ? inner.read(related) : null;
		},
	};
}

const plain = (value: unknown): unknown => (isReference(value) ? value.id : value);
