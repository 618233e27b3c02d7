import type { EnvironmentContext } from '../environment/EnvironmentContext';
import { DataverseError } from '../http/DataverseError';
import type { Table } from '../schema/table';
import type { Row } from './row';

/** Refuses a record that the duplicate rule of its table finds already there; empty values match nothing. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/manage-duplicate-detection-create-update */
export function checkDuplicates(env: EnvironmentContext, table: Table, row: Row): void {
	const columns = env.settings.duplicateRules.get(table.name);
	if (!columns || columns.some((name) => (row[name] ?? null) === null)) return;
	const found = env.store
		.find(
			table.name,
			columns,
			columns.map((name) => row[name] ?? null),
		)
		.some((other) => other[table.primaryId] !== row[table.primaryId] && other.statecode === row.statecode);
	if (found) throw new DataverseError(412, '0x80040333', 'A record was not created or updated because a duplicate of the current record already exists.');
}
