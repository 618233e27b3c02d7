import { field, type FieldSpec } from './field';

/** The fields every record has and no client writes. https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/system_fields.htm */
export function systemFields(): FieldSpec[] {
	const system = { readOnly: true, nillable: false, defaultedOnCreate: true };
	return [
		field('Id', 'id', { ...system, label: 'Record ID', idLookup: true }),
		field('IsDeleted', 'boolean', { ...system, label: 'Deleted' }),
		field('CreatedDate', 'datetime', system),
		field('CreatedById', 'reference', { ...system, referenceTo: ['User'] }),
		field('LastModifiedDate', 'datetime', system),
		field('LastModifiedById', 'reference', { ...system, referenceTo: ['User'] }),
		field('SystemModstamp', 'datetime', { ...system, label: 'System Modstamp' }),
	];
}

/** Who owns a record; for leads and cases also a queue. */
export const ownerField = (...referenceTo: string[]): FieldSpec =>
	field('OwnerId', 'reference', { referenceTo: referenceTo.length > 0 ? referenceTo : ['User'], nillable: false, defaultedOnCreate: true });

/** The four text fields of a person's name and the whole name, which Salesforce puts together. */
export function personNameFields(): FieldSpec[] {
	return [
		field('LastName', 'string', { length: 80, required: true, compoundFieldName: 'Name' }),
		field('FirstName', 'string', { length: 40, compoundFieldName: 'Name' }),
		field('Salutation', 'picklist', { length: 40, values: ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.', 'Mx.'], compoundFieldName: 'Name' }),
		field('Name', 'string', {
			label: 'Full Name', length: 121, nillable: false, nameField: true,
			compute: (row) => [row.FirstName, row.LastName].filter((part) => part !== null && part !== undefined).join(' '),
		}),
	];
}

/** Street, city, state, postal code and country, plus the compound that reads them together. */
export function addressFields(prefix = ''): FieldSpec[] {
	const name = (part: string) => `${prefix}${part}`;
	const part = { compoundFieldName: name('Address') };
	return [
		field(name('Street'), 'textarea', { ...part, length: 255 }),
		field(name('City'), 'string', { ...part, length: 40 }),
		field(name('State'), 'string', { ...part, label: `${prefix} State/Province`.trim(), length: 80 }),
		field(name('PostalCode'), 'string', { ...part, label: `${prefix} Zip/Postal Code`.trim(), length: 20 }),
		field(name('Country'), 'string', { ...part, length: 80 }),
		field(name('Address'), 'address', {
			compute: (row) => addressOf(['Street', 'City', 'State', 'PostalCode', 'Country'].map((key) => row[name(key)] ?? null)),
		}),
	];
}

function addressOf([street, city, state, postalCode, country]: readonly unknown[]): Record<string, unknown> | null {
	if ([street, city, state, postalCode, country].every((value) => value === null)) return null;
	return { city, country, geocodeAccuracy: null, latitude: null, longitude: null, postalCode, state, street };
}
