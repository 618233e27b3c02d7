import type { ObjectSpec } from '../schema/sobject';
import { toWireDateTime } from '../time';
import type { Row, Value } from './row';
import type { Writer } from './writer';

const assignable = ['Lead', 'Case'];

/** The owner that the active assignment rule gives to a created or updated record, unless the request says no. */
export function assignedOwner({ org, autoAssign }: Writer, object: ObjectSpec): Row {
	const owner = autoAssign && assignable.includes(object.name) ? org.rules.assignment.get(object.name) : undefined;
	return owner ? { OwnerId: owner } : {};
}

/** A new row: the sent values over defaults, owner, auto numbers and stamps. */
export function freshRow(writer: Writer, object: ObjectSpec, sent: Row): Row {
	const { org, userId } = writer;
	const id = org.ids.next(object.keyPrefix);
	const row: Record<string, Value> = {};
	for (const spec of object.fields) {
		if (!spec.compute) row[spec.name] = spec.defaultValue ?? (spec.type === 'boolean' ? false : null);
		if (spec.autoNumber) row[spec.name] = autoNumber(object.name, org.tables.count(object.name) + 1);
	}
	for (const [name, value] of Object.entries(sent)) if (value !== null || row[name] === null) row[name] = value;
	if ('OwnerId' in row) row.OwnerId ??= userId;
	const now = toWireDateTime(org.clock());
	return { ...row, ...assignedOwner(writer, object), Id: id, IsDeleted: false, CreatedDate: now, CreatedById: userId, LastModifiedDate: now, LastModifiedById: userId, SystemModstamp: now };
}

const autoNumber = (object: string, number: number): string =>
	object === 'Case' ? String(1000 + number).padStart(8, '0') : `${object.slice(0, 3).toUpperCase()}-${String(number).padStart(5, '0')}`;
