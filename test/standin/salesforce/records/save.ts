import { canonicalId } from '../ids';
import type { ObjectSpec } from '../schema/sobject';
import { toWireDateTime } from '../time';
import { checkRow } from '../validation/checkRow';
import { readInput } from '../validation/readInput';
import { assignedOwner, freshRow } from './freshRow';
import { RowError, refused, type SaveResult } from './RowError';
import type { Row } from './row';
import type { Writer } from './writer';

/** A record as a client sends it. */
export type Input = Readonly<Record<string, unknown>>;

/** Creates one record. Values that cannot be read at all throw; everything else is in the result. */
export const createRow = (writer: Writer, object: ObjectSpec, input: Input): SaveResult =>
	attempt(() => {
		mayDo(writer, object, 'create');
		const sent = readInput(writer, object, input, 'create');
		const row = freshRow(writer, object, sent);
		checkRow(writer, { object, before: undefined, sent, after: row });
		writer.org.tables.put(object.name, row);
		return { id: String(row.Id), success: true, errors: [] };
	});

/** Changes the sent fields of one record. */
export const updateRow = (writer: Writer, object: ObjectSpec, id: unknown, input: Input): SaveResult =>
	attempt(() => {
		mayDo(writer, object, 'update');
		const before = existing(writer, object, id);
		checkConverted(writer, object, before);
		const sent = readInput(writer, object, input, 'update');
		const after = stamped(writer, { ...before, ...sent, ...assignedOwner(writer, object) });
		checkRow(writer, { object, before, sent, after });
		writer.org.tables.put(object.name, after);
		return { id: String(before.Id), success: true, errors: [] };
	});

/** Puts one record into the recycle bin. */
export const deleteRow = (writer: Writer, object: ObjectSpec, id: unknown): SaveResult =>
	attempt(() => {
		mayDo(writer, object, 'delete');
		const before = existing(writer, object, id);
		writer.org.tables.put(object.name, stamped(writer, { ...before, IsDeleted: true }));
		return { id: String(before.Id), success: true, errors: [] };
	});

/** The same row with the stamps of a save now. SystemModstamp moves in whole seconds and never back. */
export function stamped({ org, userId }: Pick<Writer, 'org' | 'userId'>, row: Row): Row {
	const now = toWireDateTime(org.clock());
	return { ...row, LastModifiedDate: now, LastModifiedById: userId, SystemModstamp: now };
}

function attempt(work: () => SaveResult): SaveResult {
	try {
		return work();
	} catch (error) {
		if (error instanceof RowError) return refused(error);
		throw error;
	}
}

function mayDo({ org, userId }: Writer, object: ObjectSpec, operation: 'create' | 'update' | 'delete'): void {
	const offered = { create: object.createable, update: object.updateable, delete: object.deletable }[operation];
	const verb = { create: 'inserted', update: 'updated', delete: 'deleted' }[operation];
	if (!offered) throw new RowError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type cannot be ${verb}: ${object.label}`);
	if (org.access.object(userId, object.name)[operation]) return;
	if (operation === 'create') throw new RowError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type cannot be inserted: ${object.label}`);
	throw new RowError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
}

function existing({ org }: Writer, object: ObjectSpec, given: unknown): Row {
	const id = canonicalId(given);
	if (!id || !id.startsWith(object.keyPrefix)) {
		throw new RowError('MALFORMED_ID', `${object.label} ID: id value of incorrect type: ${String(given)}`, ['Id']);
	}
	const row = org.tables.get(object.name, id);
	if (!row) throw new RowError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
	if (row.IsDeleted === true) throw new RowError('ENTITY_IS_DELETED', 'entity is deleted');
	return row;
}

function checkConverted({ org, userId }: Writer, object: ObjectSpec, before: Row): void {
	if (object.name !== 'Lead' || before.IsConverted !== true || org.users.find(userId)?.permissions.editConvertedLeads) return;
	throw new RowError('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead');
}
