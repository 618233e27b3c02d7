import type { FieldType as MapperType, ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';
import type { EntityDescription, FieldDescription, FieldType, PicklistValue } from '../../model/entity';
import { canMatch, defaultMatchField } from './matchField';

const MAPPER_TYPES: Readonly<Record<FieldType, MapperType>> = {
	id: 'string',
	text: 'string',
	email: 'string',
	phone: 'string',
	url: 'string',
	picklist: 'options',
	multipicklist: 'string',
	boolean: 'boolean',
	integer: 'number',
	decimal: 'number',
	date: 'string',
	datetime: 'dateTime',
	clocktime: 'string',
	time: 'string',
	reference: 'string',
	other: 'string',
};
/** Fields that nearly every form has: shown at once, all others by "Add field". */
const USUAL = /^(first_?name|last_?name|name|company(name)?|email|phone|telephone1)$/i;

/** The CRM's fields as n8n's resource mapper shows them: required ones first, read-only ones last and locked. */
export function mappingFields(description: EntityDescription): ResourceMapperFields {
	const matchField = defaultMatchField(description);
	const shown = description.fields.filter(({ type }) => type !== 'other').map((field) => mapperField(field, field.name === matchField));
	return { fields: shown.sort((a, b) => rank(a) - rank(b) || a.displayName.localeCompare(b.displayName)) };
}

function mapperField(field: FieldDescription, defaultMatch: boolean): ResourceMapperField {
	const readOnly = !field.createable && !field.updateable && field.type !== 'id';
	return {
		id: field.name,
		displayName: displayName(field, readOnly),
		type: MAPPER_TYPES[field.type],
		required: field.required,
		display: true,
		readOnly,
		removed: readOnly || !(field.required || defaultMatch || USUAL.test(field.name)),
		defaultMatch,
		canBeUsedToMatch: canMatch(field),
		...(field.type === 'picklist' && { options: field.picklist.map(({ label, value }) => ({ name: label, value })) }),
	};
}

/** The label, the API name where it tells more, and what a person must know before giving a value. */
function displayName({ label, name, namedBy, ownedBy = 'queue', calculated, type, picklist, required }: FieldDescription, readOnly: boolean): string {
	const notes = [
		// The mapper marks required fields only where it cannot match on one.
		...(required ? ['required'] : []),
		...(label.replace(/\s/g, '').toLowerCase() === name.toLowerCase() ? [] : [name]),
		...(readOnly ? [calculated ? 'read-only, calculated' : 'read-only'] : []),
		...(namedBy === 'owner' ? [`name, user name, e-mail, ${ownedBy} or ID`] : []),
		...(namedBy === 'recordType' ? ['name or ID'] : []),
		...(type === 'date' ? ['YYYY-MM-DD'] : []),
		...(type === 'clocktime' ? ['YYYY-MM-DDTHH:MM, the same in every time zone'] : []),
		...(type === 'multipicklist' && picklist.length > 0 ? [`several of: ${picklist.map(spoken).join('; ')}`] : []),
	];
	return notes.length > 0 ? `${label} (${notes.join(', ')})` : label;
}

/** A choice as a person gives it: its label, unless a semicolon would cut that, or another choice has the same one. */
function spoken({ label, value }: PicklistValue, _at: number, all: readonly PicklistValue[]): string {
	return label === '' || label.includes(';') || all.some((other) => other.value !== value && other.label === label) ? value : label;
}

function rank({ required, defaultMatch, readOnly, removed }: ResourceMapperField): number {
	if (required) return 0;
	if (defaultMatch) return 1;
	if (readOnly) return 4;
	return removed ? 3 : 2;
}
