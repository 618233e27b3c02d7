import { field } from '../field';
import { sobject, type ObjectSpec } from '../sobject';
import { addressFields, ownerField, personNameFields } from '../systemFields';

/** The values of the sources picklist that leads, contacts and opportunities use. */
export const leadSources = ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other'];
/** The industries picklist. */
export const industries = ['Agriculture', 'Banking', 'Consulting', 'Education', 'Energy', 'Finance', 'Healthcare', 'Manufacturing', 'Retail', 'Technology', 'Other'];
/** The ratings picklist. */
export const ratings = ['Hot', 'Warm', 'Cold'];

const conversion = [
	field('IsConverted', 'boolean', { label: 'Converted', updateable: false }),
	field('ConvertedDate', 'date', { readOnly: true }),
	field('ConvertedAccountId', 'reference', { readOnly: true, referenceTo: ['Account'] }),
	field('ConvertedContactId', 'reference', { readOnly: true, referenceTo: ['Contact'] }),
	field('ConvertedOpportunityId', 'reference', { readOnly: true, referenceTo: ['Opportunity'] }),
];

const customExamples = [
	field('External_Id__c', 'string', { label: 'External Id', length: 64, externalId: true, unique: true, idLookup: true }),
	field('Score__c', 'double', { precision: 8, scale: 2, helpText: 'From 0 to 999,999.99' }),
	field('Interests__c', 'multipicklist', { values: ['Events', 'Newsletter', 'Product', 'Training'], restricted: true }),
	field('Birthday__c', 'date'),
	field('Demo_At__c', 'datetime', { label: 'Demo at' }),
	field('Full_Label__c', 'string', {
		label: 'Full Label', length: 1300, formula: "FirstName & ' ' & LastName & ' @ ' & Company",
		compute: (row) => `${row.FirstName ?? ''} ${row.LastName ?? ''} @ ${row.Company ?? ''}`.trim(),
	}),
];

/** A lead with the fields of a usual Enterprise Edition org and six custom ones. https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_lead.htm */
export const lead = (): ObjectSpec =>
	sobject('Lead', '00Q', [
		field('MasterRecordId', 'reference', { readOnly: true, referenceTo: ['Lead'], relationshipName: 'MasterRecord' }),
		...personNameFields(),
		field('RecordTypeId', 'reference', { referenceTo: ['RecordType'], defaultedOnCreate: true }),
		field('Title', 'string', { length: 128 }),
		field('Company', 'string', { required: true }),
		...addressFields(),
		field('Phone', 'phone'),
		field('MobilePhone', 'phone', { label: 'Mobile Phone' }),
		field('Fax', 'phone'),
		field('Email', 'email', { idLookup: true }),
		field('Website', 'url'),
		field('Description', 'textarea', { length: 32000 }),
		field('LeadSource', 'picklist', { values: leadSources }),
		field('Status', 'picklist', {
			label: 'Lead Status', required: true, restricted: true, defaultValue: 'Open - Not Contacted',
			values: ['Open - Not Contacted', 'Working - Contacted', 'Closed - Converted', 'Closed - Not Converted'],
		}),
		field('Industry', 'picklist', { values: industries }),
		field('Rating', 'picklist', { values: ratings }),
		field('AnnualRevenue', 'currency', { precision: 18, scale: 0 }),
		field('NumberOfEmployees', 'int', { label: 'Employees' }),
		ownerField('Group', 'User'),
		field('HasOptedOutOfEmail', 'boolean', { label: 'Email Opt Out' }),
		field('DoNotCall', 'boolean', { label: 'Do Not Call' }),
		...conversion,
		field('IsUnreadByOwner', 'boolean', { label: 'Unread By Owner', defaultValue: true }),
		field('EmailBouncedReason', 'string', { readOnly: true }),
		field('EmailBouncedDate', 'datetime', { readOnly: true }),
		field('LastActivityDate', 'date', { readOnly: true }),
		field('LastViewedDate', 'datetime', { readOnly: true }),
		field('LastReferencedDate', 'datetime', { readOnly: true }),
		...customExamples,
	]);
