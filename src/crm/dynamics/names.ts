import { CrmError } from '../../model/crmError';

/** Logical names are lower-case letters, digits and underscores; anything else could change the meaning of an address. */
const logicalName = /^[a-z_][a-z0-9_]*$/;

/** The table's logical name out of that name in any letters; what cannot be one names no table. */
export function checkedTable(name: string): string {
	const lower = name.toLowerCase();
	if (logicalName.test(lower)) return lower;
	throw noTable(name);
}

/** There is no such table. */
export function noTable(name: string): CrmError {
	return new CrmError('notFound', {
		message: `There is no Dynamics 365 table with the logical name ${shown(name)}.`,
		remedy: 'Choose a table from the list, or look up its logical name in Power Apps, Tables.',
	});
}

/** The table has no such column, or hides it. */
export function noColumn(table: string, column: string): CrmError {
	return new CrmError('validation', {
		message: `The table ${table} has no column with the logical name ${shown(column)}, or the Web API does not show it.`,
		remedy: 'Choose a field from the list, or look up the logical name of the column in Power Apps, Tables.',
		fields: [column],
	});
}

function shown(name: string): string {
	return JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name);
}
