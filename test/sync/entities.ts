import type { EntityDescription, FieldDescription, FieldType } from '../../src/model/entity';

/** A field with the rights of an ordinary one; `more` says what is different. */
export function field(name: string, type: FieldType, more: Partial<FieldDescription> = {}): FieldDescription {
	return {
		name,
		label: name.replace(/__c$/, '').replace(/(?<=[a-z])(?=[A-Z])/g, ' '),
		type,
		required: false,
		clearable: true,
		createable: true,
		updateable: true,
		calculated: false,
		filterable: true,
		unique: false,
		externalId: false,
		caseSensitive: false,
		picklist: [],
		restricted: false,
		referenceTo: [],
		...more,
	};
}

const READ_ONLY = { createable: false, updateable: false, clearable: false } as const;
const choices = (...values: string[]) => values.map((value) => ({ value, label: `${value} (label)` }));
const ownId = field('Id', 'id', { ...READ_ONLY, length: 18, label: 'Record ID' });
const owner = field('OwnerId', 'reference', { length: 18, clearable: false, referenceTo: ['User', 'Group'], namedBy: 'owner' });

const entity = (name: string, fields: readonly FieldDescription[], more: Partial<EntityDescription> = {}): EntityDescription => ({
	name,
	label: name,
	labelPlural: `${name}s`,
	readable: true,
	createable: true,
	updateable: true,
	fields,
	recordTypes: [],
	...more,
});

/** A lead with a field of every type and of every kind of right. */
export const lead: EntityDescription = entity(
	'Lead',
	[
		ownId,
		field('FirstName', 'text', { length: 40 }),
		field('LastName', 'text', { length: 80, required: true, clearable: false }),
		field('Company', 'text', { length: 255, required: true, clearable: false }),
		field('Email', 'email', { length: 80 }),
		field('Phone', 'phone', { length: 40 }),
		field('Website', 'url', { length: 255 }),
		field('Description', 'text', { length: 32_000, filterable: false }),
		field('Status', 'picklist', { length: 255, clearable: false, picklist: choices('Open', 'Working', 'Closed') }),
		field('Industry', 'picklist', { length: 255, restricted: true, picklist: choices('Energy', 'Media', 'Retail') }),
		field('Interests__c', 'multipicklist', { length: 4_099, restricted: true, picklist: choices('News', 'Offers', 'Events') }),
		field('AnnualRevenue', 'decimal', { precision: 18, scale: 2 }),
		field('NumberOfEmployees', 'integer', { precision: 8, scale: 0 }),
		field('HasOptedOut', 'boolean', { clearable: false }),
		field('Birthday__c', 'date'),
		field('ContactedAt__c', 'datetime'),
		field('CallTime__c', 'time'),
		owner,
		field('RecordTypeId', 'reference', { length: 18, clearable: false, referenceTo: ['RecordType'], namedBy: 'recordType' }),
		field('CampaignId__c', 'reference', { length: 18, referenceTo: ['Campaign'] }),
		field('ShopId__c', 'text', { length: 30, unique: true, externalId: true, caseSensitive: true }),
		field('Source__c', 'text', { length: 30, updateable: false, clearable: false }),
		field('Score__c', 'decimal', { ...READ_ONLY, calculated: true }),
		field('Address', 'other', { ...READ_ONLY, filterable: false }),
		field('IsConverted', 'boolean', { ...READ_ONLY }),
		field('ConvertedContactId', 'reference', { ...READ_ONLY, referenceTo: ['Contact'] }),
	],
	{
		recordTypes: [
			{ id: '012000000000001AAA', name: 'Business', developerName: 'B2B', available: true },
			{ id: '012000000000002AAA', name: 'Private', developerName: 'B2C', available: false },
			{ id: '012000000000003AAA', name: 'Partner', developerName: 'Partner_EU', available: true },
			{ id: '012000000000004AAA', name: 'Partner', developerName: 'Partner_US', available: true },
		],
		conversion: { flagField: 'IsConverted', targetIdField: 'ConvertedContactId', targetEntity: 'Contact' },
	},
);

/** What leads convert to: fewer fields, and no company. */
export const contact: EntityDescription = entity('Contact', [
	ownId,
	field('FirstName', 'text', { length: 40 }),
	field('LastName', 'text', { length: 80, required: true, clearable: false }),
	field('Email', 'email', { length: 80 }),
	field('Phone', 'phone', { length: 20 }),
	field('CampaignId__c', 'reference', { length: 18, referenceTo: ['Campaign'] }),
	owner,
]);

/** The field of the lead of that name. */
export function leadField(name: string): FieldDescription {
	return lead.fields.find((candidate) => candidate.name === name)!;
}
