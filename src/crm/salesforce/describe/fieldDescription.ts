import type { FieldDescription, FieldType, PicklistValue } from '../../../model/entity';
import { countOf, isObject, listOf, textOf, textsOf, type Json } from '../../json';

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/field_types.htm */
const types: ReadonlyMap<unknown, FieldType> = new Map<unknown, FieldType>([
	['id', 'id'],
	['string', 'text'],
	['textarea', 'text'],
	['combobox', 'text'],
	['encryptedstring', 'text'],
	['email', 'email'],
	['phone', 'phone'],
	['url', 'url'],
	['picklist', 'picklist'],
	['multipicklist', 'multipicklist'],
	['boolean', 'boolean'],
	['int', 'integer'],
	['double', 'decimal'],
	['currency', 'decimal'],
	['percent', 'decimal'],
	['date', 'date'],
	['datetime', 'datetime'],
	['time', 'time'],
	['reference', 'reference'],
]);

/**
 * One field of a describe, or `undefined` for one that has no name or is hidden.
 * https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_describesobjects_describesobjectresult.htm (Field)
 */
export function fieldDescription(field: unknown): FieldDescription | undefined {
	const name = isObject(field) ? textOf(field.name) : undefined;
	if (!isObject(field) || name === undefined || field.deprecatedAndHidden === true) return undefined;
	const referenceTo = textsOf(field.referenceTo);
	return {
		name,
		label: textOf(field.label) ?? name,
		type: types.get(field.type) ?? 'other',
		...sizeOf(field),
		...rightsOf(field),
		calculated: field.calculated === true || field.autoNumber === true,
		filterable: field.filterable === true,
		unique: field.unique === true,
		externalId: field.externalId === true,
		caseSensitive: field.caseSensitive === true,
		picklist: listOf(field.picklistValues).flatMap(activeValue),
		restricted: field.restrictedPicklist === true,
		referenceTo,
		namedBy: namedBy(name, referenceTo),
	};
}

function rightsOf(field: Json): Pick<FieldDescription, 'required' | 'clearable' | 'createable' | 'updateable'> {
	const nillable = field.nillable === true;
	return {
		// A checkbox may not be empty, but is filled by default.
		required: field.createable === true && !nillable && field.defaultedOnCreate !== true,
		clearable: field.updateable === true && nillable,
		createable: field.createable === true,
		updateable: field.updateable === true,
	};
}

function sizeOf(field: Json): Pick<FieldDescription, 'length' | 'precision' | 'scale'> {
	const type = types.get(field.type);
	if (type === 'integer') return { precision: countOf(field.digits), scale: 0 };
	if (type === 'decimal') return { precision: countOf(field.precision), scale: countOf(field.scale) ?? 0 };
	return { length: countOf(field.length) };
}

function activeValue(item: unknown): readonly PicklistValue[] {
	const value = isObject(item) && item.active !== false ? textOf(item.value) : undefined;
	return value === undefined || !isObject(item) ? [] : [{ value, label: textOf(item.label) ?? value }];
}

function namedBy(name: string, referenceTo: readonly string[]): FieldDescription['namedBy'] {
	if (name === 'OwnerId' && referenceTo.includes('User')) return 'owner';
	return name === 'RecordTypeId' && referenceTo.includes('RecordType') ? 'recordType' : undefined;
}
