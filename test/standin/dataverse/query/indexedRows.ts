import type { Row, Value } from '../records/row';
import type { Table } from '../schema/table';
import type { Filter } from './parseFilter';
import { readsAll, type Viewer } from './readValue';
import { kindOf } from './rowProperties';

/** Texts or ids that one column must equal. */
interface Equal {
	readonly name: string;
	readonly values: readonly Value[];
}

/** The only rows that can pass a filter, where an index knows them: those with certain texts or ids in one column. Undefined where every row must be asked. */
export function indexedRows(viewer: Viewer, table: Table, filter: Filter): Row[] | undefined {
	const { env } = viewer;
	const equal = ('and' in filter ? filter.and : [filter]).map(equalIn).find((one) => one !== undefined);
	const column = equal && env.schema.byWireName(table, equal.name);
	if (
		!column ||
		!['text', 'guid'].includes(kindOf(column)) ||
		env.access.isSecured(table.name, column.name) ||
		!readsAll(viewer, table)
	)
		return undefined;
	const rows = equal.values.flatMap((value) => env.store.find(table.name, [column.name], [value]));
	return [...new Set(rows)];
}

function equalIn(filter: Filter): Equal | undefined {
	if ('or' in filter) {
		const parts = filter.or.map(equalIn);
		const [first] = parts;
		return first && parts.every((part) => part?.name === first.name) ? { name: first.name, values: parts.flatMap((part) => part?.values ?? []) } : undefined;
	}
	if ('function' in filter) return filter.function === 'In' && filter.property.length === 1 ? { name: filter.property[0], values: filter.values } : undefined;
	if (!('compare' in filter) || filter.compare !== 'eq' || !('path' in filter.left) || filter.left.path.length !== 1 || !('literal' in filter.right))
		return undefined;
	const { kind, value } = filter.right.literal;
	return kind === 'text' || kind === 'guid' ? { name: filter.left.path[0], values: [value] } : undefined;
}
