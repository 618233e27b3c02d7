import { acceptValue, toWire } from '../records/acceptValue';
import { derived, freshRow } from '../records/save';
import { isReference, type Row, type Value } from '../records/row';
import { defaultReason } from '../records/states';
import { isLookup } from '../schema/column';
import type { Table } from '../schema/table';
import type { EnvironmentContext } from './EnvironmentContext';

/** A record as a test writes it, by column name; lookups as `{ table, id }`. Read-only columns and stamps may be set too. */
export type Seed = Readonly<Record<string, unknown>>;

/** Writes past the API: no call is counted, no rule runs, but values are stored as the environment would store them. */
export function seedInsert(env: EnvironmentContext, tableName: string, seed: Seed): Row {
	const table = env.schema.required(tableName);
	const id = typeof seed[table.primaryId] === 'string' ? String(seed[table.primaryId]).toLowerCase() : env.guids.next();
	return put(env, table, id, { ...freshRow({ env, user: env.users[0] }, table, id), ...accepted(table, seed), [table.primaryId]: id });
}

/** Changes a record past the API; the stamps move unless the seed sets them. */
export function seedUpdate(env: EnvironmentContext, tableName: string, id: string, seed: Seed): Row {
	const table = env.schema.required(tableName);
	const before = env.store.get(table.name, id);
	if (!before) throw new Error(`The stand-in environment has no ${tableName} ${id}`);
	const stamps: Row = table.system ? {} : { modifiedon: toWire(env.clock()), modifiedby: { table: 'systemuser', id: env.users[0].id } };
	return put(env, table, String(before[table.primaryId]), { ...before, ...stamps, ...accepted(table, seed) });
}

function put(env: EnvironmentContext, table: Table, id: string, row: Row): Row {
	const reason: Row = row.statecode !== undefined && row.statuscode === undefined ? { statuscode: defaultReason(table, row.statecode) } : {};
	const saved = { ...derived({ env }, table, { ...row, ...reason }), versionnumber: env.store.nextVersion() };
	env.store.put(table.name, id, saved);
	return saved;
}

function accepted(table: Table, seed: Seed): Row {
	return Object.fromEntries(
		Object.entries(seed).map(([name, value]): [string, Value] => {
			const column = table.columns.find((one) => one.name === name);
			if (!column) throw new Error(`${table.name} of the stand-in has no column ${name}`);
			if (isLookup(column)) return [name, isReference(value) ? { table: value.table, id: value.id } : null];
			return [name, acceptValue(table, column, value)];
		}),
	);
}
