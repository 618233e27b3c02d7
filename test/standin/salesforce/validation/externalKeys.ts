import type { OrgContext } from '../org/OrgContext';
import { RowError } from '../records/RowError';
import type { Value } from '../records/row';
import { keyOfValue } from '../records/Tables';
import type { FieldSpec } from '../schema/field';
import type { ObjectSpec } from '../schema/sobject';

/** The form in which two values of a field collide: case is folded unless the field minds it. */
export const collisionKey = (spec: FieldSpec): ((value: Value) => string) => keyOfValue(spec.caseSensitive === true);

/** The ids of live records whose field has this value. */
export function liveIdsWith(org: OrgContext, object: ObjectSpec, spec: FieldSpec, value: Value): string[] {
	if (value === null) return [];
	if (spec.name === 'Id') return org.tables.get(object.name, String(value))?.IsDeleted === false ? [String(value)] : [];
	const keyOf = collisionKey(spec);
	return org.tables.idsWith(object.name, { field: spec.name, exact: spec.caseSensitive === true }, keyOf(value)).filter((id) => org.tables.get(object.name, id)?.IsDeleted === false);
}

/** The id a nested parent such as `"Owner": {"Username": "x"}` stands for. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_upsert.htm */
export function idByExternalKey(org: OrgContext, reference: FieldSpec, parent: object): string {
	const [key, value] = Object.entries(parent).find(([name]) => name !== 'attributes') ?? ['', null];
	for (const name of reference.referenceTo) {
		const object = org.schema.object(name);
		const spec = object && org.schema.field(object, key);
		if (!object || !spec || !(spec.externalId || spec.idLookup || spec.nameField)) continue;
		const [id] = liveIdsWith(org, object, spec, value as Value);
		if (id) return id;
	}
	throw new RowError('INVALID_FIELD', `Foreign key external ID: ${String(value).toLowerCase()} not found for field ${key} in entity ${reference.referenceTo[0]}`);
}
