import { RowError } from '../records/RowError';
import type { Row, Value } from '../records/row';
import type { Writer } from '../records/writer';
import type { FieldSpec } from '../schema/field';
import type { ObjectSpec } from '../schema/sobject';
import { acceptValue } from './acceptValue';
import { idByExternalKey } from './externalKeys';

/** The fields of one written record, checked one by one and in stored form. Throws RowError (this row) or UnreadableValue (the request). */
export function readInput(writer: Writer, object: ObjectSpec, input: Readonly<Record<string, unknown>>, operation: 'create' | 'update'): Row {
	const values: Record<string, Value> = {};
	const forbidden: string[] = [];
	for (const [key, given] of Object.entries(input)) {
		if (key === 'attributes' || (key.toLowerCase() === 'id' && operation === 'update')) continue;
		const spec = fieldOf(writer, object, key);
		if (spec && spec.relationshipName === key && typeof given === 'object' && given !== null) values[spec.name] = idByExternalKey(writer.org, spec, given);
		else if (!isWritable(writer, object, spec, operation)) forbidden.push(spec.name);
		else values[spec.name] = acceptValue(spec, given, writer.org.schema);
	}
	if (forbidden.length > 0) throw notWritable(forbidden);
	return values;
}

function fieldOf({ org, userId }: Writer, object: ObjectSpec, key: string): FieldSpec {
	const spec = org.schema.field(object, key) ?? org.schema.relationship(object, key);
	if (!spec || org.access.field(userId, object.name, spec.name) === 'hidden') {
		throw new RowError('INVALID_FIELD', `No such column '${key}' on sobject of type ${object.name}`);
	}
	return spec;
}

function isWritable({ org, userId }: Writer, object: ObjectSpec, spec: FieldSpec, operation: 'create' | 'update'): boolean {
	if (org.access.field(userId, object.name, spec.name) === 'readOnly') return false;
	return operation === 'create' ? spec.createable : spec.updateable;
}

function notWritable(fields: string[]): RowError {
	const advice = 'Please check the security settings of this field and verify that it is read/write for your profile or permission set.';
	if (fields.includes('Id')) return new RowError('INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', ['Id']);
	return new RowError('INVALID_FIELD_FOR_INSERT_UPDATE', `Unable to create/update fields: ${fields.join(', ')}. ${advice}`, fields);
}
