import type { EnvironmentContext } from '../environment/EnvironmentContext';
import type { SystemUser } from '../environment/SystemUser';
import { badPayload, DataverseError } from '../http/DataverseError';
import { isLookup, type Column } from '../schema/column';
import { textIn } from '../schema/labels';
import type { Table } from '../schema/table';
import { acceptValue } from './acceptValue';
import { parseKey, requireByKey } from './findByKey';
import type { Reference, Row, Value } from './row';

/** Who writes, and what the request says about it. */
export interface Writer {
	readonly env: EnvironmentContext;
	readonly user: SystemUser;
	/** Whether duplicate rules are asked; off by default for API calls. */
	readonly detectDuplicates: boolean;
	/** The `tag` of the address, which plug-ins see. */
	readonly tag: string | undefined;
	/** Whether the customer's plug-ins are left out. */
	readonly bypassPlugins: boolean;
	/** Addresses of records made earlier in a change set, by Content-ID. */
	readonly contentIds: ReadonlyMap<string, string>;
}

type Body = Readonly<Record<string, unknown>>;

/** The values a body sets, by column. Unknown names refuse the body; columns that may not be written are left out. */
export function readInput(writer: Writer, table: Table, body: Body, right: 'create' | 'update'): Row {
	const values: Record<string, Value> = {};
	for (const [name, value] of Object.entries(body)) {
		if (name.endsWith('@odata.bind')) {
			const [column, reference] = bound(writer, table, name.slice(0, -'@odata.bind'.length), value);
			if (mayWrite(writer, table, column, right)) values[column.name] = reference;
		} else if (!name.includes('@')) {
			const read = written(writer, table, name, value);
			if (read && mayWrite(writer, table, read[0], right)) values[read[0].name] = read[1];
		}
	}
	return values;
}

function written({ env }: Writer, table: Table, name: string, value: unknown): [Column, Value] | undefined {
	const column = env.schema.column(table, name);
	if (column && !isLookup(column)) return [column, acceptValue(table, column, value)];
	const navigation = env.schema.navigation(table, name);
	if (navigation && value === null) return [navigation.column, null];
	if (navigation) throw new DataverseError(501, '0x80060889', 'The stand-in does not create related records together with their parent.');
	if (/^_.+_value$/.test(name) && env.schema.byWireName(table, name)) {
		throw badPayload(table.setName, 'CRM do not support direct update of Entity Reference properties, Use Navigation properties instead.');
	}
	throw badPayload(
		table.setName,
		`The property '${name}' does not exist on type 'Microsoft.Dynamics.CRM.${table.name}'. Make sure to only use property names that are defined by the type.`,
	);
}

function bound({ env, contentIds }: Writer, table: Table, name: string, value: unknown): [Column, Reference | null] {
	const navigation = env.schema.navigation(table, name);
	if (!navigation)
		throw badPayload(
			table.setName,
			`An undeclared property '${name}' which only has property annotations in the payload but no property value was found in the payload. In OData, only declared navigation properties and declared named streams can be represented as properties without values.`,
		);
	if (value === null) return [navigation.column, null];
	const reference = referenceOf(env, table, resolved(contentIds, String(value)));
	if (!navigation.column.targets.includes(reference.table) || (navigation.column.type !== 'Owner' && reference.table !== navigation.target)) {
		throw badPayload(table.setName, `Resource '${String(value)}' is not of the type that the navigation property '${name}' expects.`);
	}
	return [navigation.column, reference];
}

/** An address in which `$1` stands for a record made earlier in the change set. */
export function resolved(contentIds: ReadonlyMap<string, string>, address: string): string {
	const reference = /^\$([^/]+)/.exec(address);
	if (!reference) return address;
	const known = contentIds.get(reference[1]);
	if (known === undefined) throw new DataverseError(400, '0x80060888', `Content-ID Reference: '$${reference[1]}' does not exist in the batch context.`);
	return known + address.slice(reference[0].length);
}

/** The record an address names: `/contacts(…)`, with or without the host, by id or by alternate key. */
export function referenceOf(env: EnvironmentContext, table: Table, address: string): Reference {
	const match = /(?:^|\/)([A-Za-z_]\w*)\((.+)\)$/.exec(decodeURIComponent(address));
	const target = match && env.schema.bySet(match[1]);
	if (!match || !target) throw badPayload(table.setName, `The value '${address}' is not a valid address of a record.`);
	const row = requireByKey(env, target, parseKey(target, match[2]));
	return { table: target.name, id: String(row[target.primaryId]) };
}

function mayWrite({ env, user }: Writer, table: Table, column: Column, right: 'create' | 'update'): boolean {
	if (!column[right]) return false;
	const access = env.access.column(user, table.name, column.name);
	if (access[right]) return true;
	// https://github.com/microsoft/PowerApps-Samples/tree/master/dataverse/webapi/PS/ColumnLevelSecurity
	const code = right === 'create' ? '0x8004f502' : '0x8004f507';
	throw new DataverseError(
		403,
		code,
		`Caller user with Id ${user.id} does not have ${right} permissions to a ${textIn(column.label, 1033)} secured field on entity ${textIn(table.label, 1033)}. The requested operation could not be completed.`,
	);
}
