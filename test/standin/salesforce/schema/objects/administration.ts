import { field } from '../field';
import { sobject, type ObjectSpec } from '../sobject';
import { addressFields, personNameFields } from '../systemFields';

const fixed = { createable: false, updateable: false, deletable: false };
const seen = { readOnly: true };

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_user.htm */
export const user = (): ObjectSpec =>
	sobject('User', '005', [
		field('Username', 'string', { length: 80, required: true, unique: true, idLookup: true }),
		...personNameFields().filter((spec) => spec.name !== 'Salutation'),
		field('CompanyName', 'string', { length: 80 }),
		field('Title', 'string', { length: 80 }),
		...addressFields(),
		field('Email', 'email', { length: 128, required: true, idLookup: true }),
		field('Phone', 'phone'),
		field('Alias', 'string', { length: 8, required: true }),
		field('IsActive', 'boolean', { label: 'Active', defaultValue: true }),
		field('TimeZoneSidKey', 'picklist', { values: ['Europe/Paris', 'America/Los_Angeles', 'UTC'], restricted: true, defaultValue: 'Europe/Paris' }),
		field('LocaleSidKey', 'picklist', { values: ['en_US', 'fr_FR'], restricted: true, defaultValue: 'en_US' }),
		field('LanguageLocaleKey', 'picklist', { values: ['en_US', 'fr'], restricted: true, defaultValue: 'en_US' }),
		field('EmailEncodingKey', 'picklist', { values: ['UTF-8', 'ISO-8859-1'], restricted: true, defaultValue: 'UTF-8' }),
		field('UserType', 'picklist', { ...seen, values: ['Standard', 'PowerPartner', 'Guest'], defaultValue: 'Standard' }),
		field('ProfileId', 'reference', { referenceTo: ['Profile'] }),
		field('UserRoleId', 'reference', { referenceTo: ['UserRole'] }),
		field('LastLoginDate', 'datetime', seen),
		field('FederationIdentifier', 'string', { length: 512 }),
	], { createable: true, updateable: true, deletable: false });

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_organization.htm */
export const organization = (): ObjectSpec =>
	sobject('Organization', '00D', [
		field('Name', 'string', { ...seen, length: 80, nillable: false, nameField: true }),
		field('OrganizationType', 'picklist', { ...seen, label: 'Edition', values: ['Developer Edition', 'Enterprise Edition', 'Unlimited Edition', 'Professional Edition'] }),
		field('IsSandbox', 'boolean', seen),
		field('InstanceName', 'string', { ...seen, length: 5 }),
		field('NamespacePrefix', 'string', { ...seen, length: 15 }),
		field('TrialExpirationDate', 'datetime', seen),
		field('LanguageLocaleKey', 'picklist', { ...seen, values: ['en_US', 'fr'] }),
		field('DefaultLocaleSidKey', 'picklist', { ...seen, values: ['en_US', 'fr_FR'] }),
		field('TimeZoneSidKey', 'picklist', { ...seen, values: ['Europe/Paris', 'America/Los_Angeles', 'UTC'] }),
		field('IsReadOnly', 'boolean', seen),
		field('SignupCountryIsoCode', 'string', { ...seen, length: 2 }),
	], { ...fixed, updateable: true });

/** Queues and public groups. https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_group.htm */
export const group = (): ObjectSpec =>
	sobject('Group', '00G', [
		field('Name', 'string', { length: 40, required: true, nameField: true }),
		field('DeveloperName', 'string', { length: 80 }),
		field('Type', 'picklist', { updateable: false, required: true, values: ['Queue', 'Regular'] }),
		field('Email', 'email'),
	]);

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_recordtype.htm */
export const recordType = (): ObjectSpec =>
	sobject('RecordType', '012', [
		field('Name', 'string', { length: 80, required: true, nameField: true }),
		field('DeveloperName', 'string', { length: 80, required: true }),
		field('SobjectType', 'picklist', { updateable: false, required: true }),
		field('IsActive', 'boolean', { label: 'Active', defaultValue: true }),
		field('Description', 'string'),
	], { label: 'Record Type', deletable: false });

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_profile.htm */
export const profile = (): ObjectSpec =>
	sobject('Profile', '00e', [field('Name', 'string', { ...seen, nillable: false, nameField: true })], fixed);
