import { field } from '../field';
import { sobject, type ObjectSpec } from '../sobject';
import { addressFields, ownerField, personNameFields } from '../systemFields';
import { industries, leadSources, ratings } from './lead';

const masterRecord = (object: string) =>
	field('MasterRecordId', 'reference', { readOnly: true, referenceTo: [object], relationshipName: 'MasterRecord' });

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_contact.htm */
export const contact = (): ObjectSpec =>
	sobject('Contact', '003', [
		masterRecord('Contact'),
		field('AccountId', 'reference', { referenceTo: ['Account'] }),
		...personNameFields(),
		field('RecordTypeId', 'reference', { referenceTo: ['RecordType'], defaultedOnCreate: true }),
		...addressFields('Mailing'),
		field('Phone', 'phone'),
		field('MobilePhone', 'phone', { label: 'Mobile Phone' }),
		field('Email', 'email', { idLookup: true }),
		field('Title', 'string', { length: 128 }),
		field('Department', 'string', { length: 80 }),
		field('LeadSource', 'picklist', { values: leadSources }),
		field('Birthdate', 'date'),
		field('Description', 'textarea', { length: 32000 }),
		ownerField(),
		field('HasOptedOutOfEmail', 'boolean', { label: 'Email Opt Out' }),
		field('DoNotCall', 'boolean', { label: 'Do Not Call' }),
		field('External_Id__c', 'string', { label: 'External Id', length: 64, externalId: true, unique: true, idLookup: true }),
	]);

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_account.htm */
export const account = (): ObjectSpec =>
	sobject('Account', '001', [
		masterRecord('Account'),
		field('Name', 'string', { label: 'Account Name', required: true, nameField: true }),
		field('Type', 'picklist', { label: 'Account Type', values: ['Prospect', 'Customer', 'Partner', 'Other'] }),
		field('RecordTypeId', 'reference', { referenceTo: ['RecordType'], defaultedOnCreate: true }),
		field('ParentId', 'reference', { referenceTo: ['Account'] }),
		...addressFields('Billing'),
		field('Phone', 'phone'),
		field('AccountNumber', 'string', { length: 40 }),
		field('Website', 'url'),
		field('Industry', 'picklist', { values: industries }),
		field('Rating', 'picklist', { values: ratings }),
		field('AnnualRevenue', 'currency', { precision: 18, scale: 0 }),
		field('NumberOfEmployees', 'int', { label: 'Employees' }),
		field('Description', 'textarea', { length: 32000 }),
		ownerField(),
		field('External_Id__c', 'string', { label: 'External Id', length: 64, externalId: true, unique: true, idLookup: true }),
	]);

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunity.htm */
export const opportunity = (): ObjectSpec =>
	sobject('Opportunity', '006', [
		field('AccountId', 'reference', { referenceTo: ['Account'] }),
		field('Name', 'string', { length: 120, required: true, nameField: true }),
		field('Description', 'textarea', { length: 32000 }),
		field('StageName', 'picklist', { label: 'Stage', required: true, values: ['Prospecting', 'Qualification', 'Closed Won', 'Closed Lost'] }),
		field('Amount', 'currency', { precision: 18, scale: 2 }),
		field('CloseDate', 'date', { label: 'Close Date', required: true }),
		field('LeadSource', 'picklist', { values: leadSources }),
		ownerField(),
	], { labelPlural: 'Opportunities' });

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_campaign.htm */
export const campaign = (): ObjectSpec =>
	sobject('Campaign', '701', [
		field('Name', 'string', { length: 80, required: true, nameField: true }),
		field('Type', 'picklist', { values: ['Conference', 'Webinar', 'Email', 'Other'] }),
		field('Status', 'picklist', { values: ['Planned', 'In Progress', 'Completed', 'Aborted'], defaultValue: 'Planned' }),
		field('StartDate', 'date'),
		field('EndDate', 'date'),
		field('IsActive', 'boolean', { label: 'Active' }),
		field('Description', 'textarea', { length: 32000 }),
		ownerField(),
	]);

/** A custom object with a master-detail-like account, an auto number and an external id. */
export const subscription = (): ObjectSpec =>
	sobject('Subscription__c', 'a00', [
		field('Name', 'string', { label: 'Subscription Number', length: 80, readOnly: true, nillable: false, defaultedOnCreate: true, autoNumber: true, nameField: true }),
		field('Account__c', 'reference', { referenceTo: ['Account'] }),
		field('Lead__c', 'reference', { referenceTo: ['Lead'] }),
		field('Plan__c', 'picklist', { values: ['Basic', 'Team', 'Enterprise'], restricted: true, required: true }),
		field('Monthly_Price__c', 'currency', { label: 'Monthly Price', precision: 10, scale: 2 }),
		field('Starts_On__c', 'date', { label: 'Starts on' }),
		field('External_Id__c', 'string', { label: 'External Id', length: 64, externalId: true, unique: true, caseSensitive: true, idLookup: true }),
		ownerField('Group', 'User'),
	]);
