import { isGuid } from '../guids';
import { DataverseError } from '../http/DataverseError';
import type { EnvironmentContext } from '../environment/EnvironmentContext';
import { isLookup, wireName } from '../schema/column';
import type { NewKey, Table } from '../schema/table';
import type { Row, Value } from './row';

/** Values that name a record: its id, or those of an alternate key by column. */
export type KeyValues = { readonly id: string } | { readonly values: Readonly<Record<string, Value>> };

/** The active key that has exactly these columns. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/use-alternate-key-reference-record */
export function keyOf(table: Table, names: readonly string[]): Required<NewKey> {
	const wanted = [...names].sort().join();
	const wire = (column: string) => {
		const found = table.columns.find((one) => one.name === column);
		return found && isLookup(found) ? wireName(found) : column;
	};
	const key = table.keys.find((one) => one.columns.map(wire).sort().join() === wanted);
	if (key?.status === 'Active') return key;
	throw new DataverseError(
		400,
		'0x80060888',
		`The key in the request URI is not valid for resource 'Microsoft.Dynamics.CRM.${table.name}'. Ensure that the names and number of key properties match the declared or alternate key properties for the resource 'Microsoft.Dynamics.CRM.${table.name}'.`,
	);
}

/** The row a key names; undefined when there is none. */
export function findByKey({ store }: EnvironmentContext, table: Table, key: KeyValues): Row | undefined {
	if ('id' in key) return store.get(table.name, key.id);
	const names = Object.keys(key.values);
	keyOf(table, names);
	return store.find(
		table.name,
		names.map((name) => name.replace(/^_(.*)_value$/, '$1')),
		Object.values(key.values),
	)[0];
}

/** The row a key names; 404 when there is none. */
export function requireByKey(env: EnvironmentContext, table: Table, key: KeyValues): Row {
	const row = findByKey(env, table, key);
	if (row) return row;
	if ('id' in key) throw new DataverseError(404, '0x80040217', `${table.name} With Id = ${key.id} Does Not Exist`);
	throw new DataverseError(404, '0x80060891', `A record with the specified key values does not exist in ${table.name} entity`);
}

/** Refuses a row whose key values another row has already; a key with an empty column does not count. */
export function checkUniqueKeys({ store }: EnvironmentContext, table: Table, row: Row): void {
	const id = row[table.primaryId];
	for (const key of table.keys.filter((one) => one.status === 'Active')) {
		const values = key.columns.map((name) => row[name] ?? null);
		if (values.includes(null)) continue;
		const twin = store.find(table.name, key.columns, values).find((other) => other[table.primaryId] !== id);
		if (!twin) continue;
		const label = typeof key.label === 'string' ? key.label : key.name;
		throw new DataverseError(
			412,
			'0x80060892',
			`Entity Key ${label} violated. A record with the same value for ${key.columns.join(', ')} already exists. A duplicate record cannot be created. Select one or more unique values and try again.`,
		);
	}
}

/** Reads what stands in the parentheses of `leads(…)`; `aliases` are the `@p` of the address. */
export function parseKey(table: Table, text: string, aliases: Readonly<Record<string, string>> = {}): KeyValues {
	if (isGuid(text)) return { id: text.toLowerCase() };
	const values: Record<string, Value> = {};
	const part = /\s*([A-Za-z_][\w]*)\s*=\s*('(?:[^']|'')*'|[^,]+?)\s*(,|$)/y;
	for (let end = 0; end < text.length; end = part.lastIndex) {
		part.lastIndex = end;
		const match = part.exec(text);
		if (!match) throw new DataverseError(400, '0x80060888', `Bad Request - Error in query syntax.`);
		values[match[1]] = literal(match[2].startsWith('@') ? (aliases[match[2]] ?? 'null') : match[2]);
	}
	const [single] = Object.entries(values);
	if (Object.keys(values).length === 1 && single[0] === table.primaryId && isGuid(single[1])) return { id: String(single[1]).toLowerCase() };
	keyOf(table, Object.keys(values));
	return { values };
}

function literal(text: string): Value {
	if (text.startsWith("'")) return text.slice(1, -1).replaceAll("''", "'");
	if (text === 'true' || text === 'false') return text === 'true';
	if (text === 'null') return null;
	return isGuid(text) || Number.isNaN(Number(text)) ? text : Number(text);
}
