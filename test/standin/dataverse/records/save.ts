import { DataverseError, doesNotExist } from '../http/DataverseError';
import { isChoice } from '../schema/column';
import type { Table } from '../schema/table';
import { toWire } from './acceptValue';
import { checkDuplicates } from './duplicates';
import { checkUniqueKeys } from './findByKey';
import { businessUnitOf, checkPrivilege, checkReach } from './privileges';
import { readInput, type Writer } from './readInput';
import type { Row, Value } from './row';
import { checkClosed, defaultReason, withStates } from './states';

type Body = Readonly<Record<string, unknown>>;

/** Creates a record as the API does; `known` are values that the address gave, such as an id or a key. */
export function createRow(writer: Writer, table: Table, body: Body, known: Row = {}): Row {
	const { env } = writer;
	checkPrivilege(writer, table, 'Create');
	const values = { ...known, ...withStates(table, undefined, readInput(writer, table, body, 'create')) };
	checkCustomer(table, values);
	const id = String(values[table.primaryId] ?? env.guids.next());
	if (env.store.get(table.name, id)) throw new DataverseError(412, '0x80040237', 'Cannot insert duplicate key.');
	const fresh = freshRow(writer, table, id);
	// https://learn.microsoft.com/en-us/power-apps/developer/data-platform/reference/entities/contact#BKMK_OverriddenCreatedOn
	const past: Row = values.overriddencreatedon ? { createdon: values.overriddencreatedon, overriddencreatedon: fresh.createdon } : {};
	return stored(writer, table, 'Create', { ...fresh, ...values, ...past, [table.primaryId]: id });
}

/** A record before anyone has written a value: stamps, owner, defaults. */
export function freshRow({ env, user }: Pick<Writer, 'env' | 'user'>, table: Table, id: string): Row {
	const row: Record<string, Value> = { [table.primaryId]: id };
	if (table.system) return row;
	const by = { table: 'systemuser', id: user.id };
	const now = toWire(env.clock());
	for (const column of table.columns) {
		const given = isChoice(column) ? column.options.find((one) => one.default && column.type === 'Picklist')?.value : column.defaultValue;
		row[column.name] = column.name === table.primaryId ? id : (given ?? (column.type === 'Boolean' ? false : null));
	}
	Object.assign(row, { createdon: now, createdby: by, modifiedon: now, modifiedby: by, statecode: 0, statuscode: defaultReason(table, 0) });
	if (table.ownership === 'user') Object.assign(row, { ownerid: by });
	if (table.name === 'incident') row.ticketnumber = `CAS-${String(env.store.all('incident').length + 1001).padStart(5, '0')}-S1T2U3`;
	return row;
}

/** Changes a record as the API does. */
export function updateRow(writer: Writer, table: Table, before: Row, body: Body): Row {
	checkPrivilege(writer, table, 'Write');
	checkReach(writer, table, 'Write', before);
	const values = withStates(table, before, readInput(writer, table, body, 'update'));
	checkClosed(table, before, values);
	return stored(writer, table, 'Update', { ...before, ...values, ...stamps(writer) });
}

const stamps = ({ env, user }: Writer): Row => ({ modifiedon: toWire(env.clock()), modifiedby: { table: 'systemuser', id: user.id } });

/** Deletes a record as the API does. */
export function deleteRow(writer: Writer, table: Table, row: Row): void {
	const { env } = writer;
	checkPrivilege(writer, table, 'Delete');
	checkReach(writer, table, 'Delete', row);
	askPlugins(writer, table, 'Delete', row);
	const id = String(row[table.primaryId]);
	if (!env.store.get(table.name, id)) throw doesNotExist(table.name, id);
	env.store.delete(table.name, id, env.clock());
}

function stored(writer: Writer, table: Table, message: 'Create' | 'Update', row: Row): Row {
	const { env } = writer;
	const whole = derived(writer, table, row);
	if (message === 'Create') checkReach(writer, table, 'Create', whole);
	askPlugins(writer, table, message, whole);
	checkUniqueKeys(env, table, whole);
	if (writer.detectDuplicates) checkDuplicates(env, table, whole);
	const saved = { ...whole, versionnumber: env.store.nextVersion() };
	env.store.put(table.name, String(row[table.primaryId]), saved);
	return saved;
}

/** A row with what the server puts together itself: full name, owning user and unit. */
export function derived({ env }: Pick<Writer, 'env'>, table: Table, row: Row): Row {
	const more: Record<string, Value> = {};
	const has = (name: string) => table.columns.some((one) => one.name === name);
	if (!table.system && has('fullname')) more.fullname = [row.firstname, row.lastname].filter((part) => part !== null && part !== undefined).join(' ') || null;
	const owner = row.ownerid;
	if (typeof owner === 'object' && owner !== null) {
		const unit = { table: 'businessunit', id: businessUnitOf(env, owner.table, owner.id) };
		Object.assign(more, {
			owningbusinessunit: unit,
			owninguser: owner.table === 'systemuser' ? owner : null,
			owningteam: owner.table === 'team' ? owner : null,
		});
	}
	return { ...row, ...more };
}

function askPlugins({ env, tag, bypassPlugins }: Writer, table: Table, message: 'Create' | 'Update' | 'Delete', row: Row): void {
	if (bypassPlugins) return;
	for (const plugin of env.settings.plugins.filter((one) => one.table === table.name && one.on.includes(message))) {
		const reason = plugin.check(row, { tag });
		if (reason !== undefined) throw new DataverseError(400, '0x80040265', reason);
	}
}

function checkCustomer(table: Table, values: Row): void {
	if (table.name !== 'incident' || (values.customerid !== undefined && values.customerid !== null)) return;
	throw new DataverseError(400, '0x80040203', 'You should specify a parent contact or account.');
}
