import type { EnvironmentContext } from '../environment/EnvironmentContext';
import type { SystemUser } from '../environment/SystemUser';
import { isWithinReach, reachesAll } from '../records/privileges';
import type { Row, Value } from '../records/row';
import type { Column } from '../schema/column';
import type { Table } from '../schema/table';

/** Who looks at which rows of which environment. */
export interface Viewer {
	readonly env: EnvironmentContext;
	readonly user: SystemUser;
}

/** What a user sees in a column: nothing in a secured one, or only how long the value is where it is masked. https://learn.microsoft.com/en-us/power-apps/maker/data-platform/create-manage-masking-rules */
export function readValue({ env, user }: Viewer, table: Table, column: Column, row: Row): Value {
	const value = row[column.name] ?? null;
	const { read } = env.access.column(user, table.name, column.name);
	if (read === 'all' || value === null) return value;
	return read === 'masked' && typeof value === 'string' ? '*'.repeat(value.length) : null;
}

/** The rows of a table a user may read. */
export function readableRows(viewer: Viewer, table: Table): Row[] {
	const rows = viewer.env.store.all(table.name);
	return readsAll(viewer, table) ? rows : rows.filter((row) => isWithinReach(viewer, table, 'Read', row));
}

/** Whether the user may read every row of the table. */
export const readsAll = ({ env, user }: Viewer, table: Table): boolean => reachesAll(table, env.access.roles.depth(user.id, table.name, 'Read'));
