import { RowError } from '../records/RowError';
import type { Row } from '../records/row';
import type { Writer } from '../records/writer';
import type { ObjectSpec } from '../schema/sobject';
import { findDuplicates } from './duplicates';
import { collisionKey, liveIdsWith } from './externalKeys';

/** A record about to be saved: as it was, what was sent, and as it would be. */
export interface Candidate {
	readonly object: ObjectSpec;
	readonly before: Row | undefined;
	readonly sent: Row;
	readonly after: Row;
}

/** Everything an org checks once the values are readable, in the order in which it reports. Throws the first RowError. */
export function checkRow(writer: Writer, candidate: Candidate): void {
	requireFields(writer, candidate);
	checkReferences(writer, candidate);
	checkUnique(writer, candidate);
	checkValidationRules(writer, candidate);
	findDuplicates(writer, candidate);
}

function requireFields(writer: Writer, { object, before, sent, after }: Candidate): void {
	const missing = object.fields.filter((spec) => {
		if (spec.nillable || spec.compute || spec.type === 'boolean' || spec.name === 'Id') return false;
		if (!(before ? spec.updateable && spec.name in sent : spec.createable)) return false;
		return (after[spec.name] ?? null) === null && writer.org.access.field(writer.userId, object.name, spec.name) === 'open';
	});
	if (missing.length > 0) {
		const names = missing.map((spec) => spec.name);
		throw new RowError('REQUIRED_FIELD_MISSING', `Required fields are missing: [${names.join(', ')}]`, names);
	}
}

function checkReferences({ org }: Writer, { object, sent }: Candidate): void {
	for (const spec of object.fields) {
		const id = spec.type === 'reference' ? sent[spec.name] : null;
		if (typeof id !== 'string') continue;
		const target = spec.referenceTo.map((name) => org.tables.get(name, id)).find((row) => row !== undefined);
		if (!target) throw new RowError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
		if (target.IsDeleted === true) throw new RowError('ENTITY_IS_DELETED', 'entity is deleted');
		if (spec.name === 'RecordTypeId' && target.SobjectType !== object.name) {
			throw new RowError('INVALID_CROSS_REFERENCE_KEY', `Record Type ID: this ID value isn't valid for the user: ${id}`, ['RecordTypeId']);
		}
		if (spec.name === 'OwnerId' && target.IsActive === false) {
			throw new RowError('INACTIVE_OWNER_OR_USER', `operation performed with inactive user [${id}] as owner of ${object.name.toLowerCase()}`);
		}
	}
}

function checkUnique({ org }: Writer, { object, before, sent, after }: Candidate): void {
	for (const spec of object.fields) {
		const value = sent[spec.name] ?? null;
		if (!spec.unique || value === null) continue;
		if (before && collisionKey(spec)(before[spec.name] ?? null) === collisionKey(spec)(value)) continue;
		const other = liveIdsWith(org, object, spec, value).find((id) => id !== after.Id);
		if (other) throw new RowError('DUPLICATE_VALUE', `duplicate value found: ${spec.name} duplicates value on record with id: ${other.slice(0, 15)}`);
	}
}

function checkValidationRules({ org }: Writer, { object, before, after }: Candidate): void {
	for (const rule of org.rules.validation) {
		if (rule.object.toLowerCase() !== object.name.toLowerCase() || !rule.fails(after, before)) continue;
		throw new RowError('FIELD_CUSTOM_VALIDATION_EXCEPTION', rule.message, rule.field ? [rule.field] : []);
	}
}
