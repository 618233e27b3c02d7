import { CrmError } from '../../../src/model/crmError';
import type { EntityDescription } from '../../../src/model/entity';
import { checkMapping } from '../../../src/sync/push/checkMapping';
import type { PushSettings } from '../../../src/sync/push/pushTypes';
import { lead } from '../entities';
import { defaults } from '../pushing';

const enough = ['Email', 'LastName', 'Company'];

interface Case {
	readonly mapped?: readonly string[];
	readonly fixed?: boolean;
	readonly settings?: Partial<PushSettings>;
	readonly entity?: Partial<EntityDescription>;
}

/** The refusal in words, or `fits`. */
function checked({ mapped = enough, fixed = true, settings = {}, entity = {} }: Case): string {
	try {
		checkMapping({ ...lead, ...entity }, mapped, fixed, { ...defaults, ...settings });
		return 'fits';
	} catch (error) {
		if (!(error instanceof CrmError)) throw error;
		return `${error.kind} ${error.fields.join('+')}: ${error.message} ${error.remedy}`;
	}
}

test.each<[string, Case]>([
	['the fields that a new record needs', {}],
	['a field that can only be given when a record is created', { mapped: [...enough, 'Source__c'] }],
	['a read-only match field, where nothing is created', { mapped: ['Id', 'Phone'], settings: { mode: 'update', matchField: 'Id' } }],
	['a calculated match field, where nothing is created', { mapped: ['Score__c', 'Phone'], settings: { mode: 'update', matchField: 'Score__c' } }],
	['a missing required field, where nothing is created', { mapped: ['Email', 'Phone'], settings: { mode: 'update' } }],
	['a missing required field, where items differ', { mapped: ['Email'], fixed: false }],
	['an external id to match on', { mapped: ['ShopId__c', 'LastName', 'Company'], settings: { matchField: 'ShopId__c' } }],
	['an entity that may only be created, where nothing is updated', { entity: { updateable: false }, settings: { mode: 'create' } }],
	['an entity that may only be updated, where nothing is created', { entity: { createable: false }, settings: { mode: 'update' } }],
])('fits: %s', (_case, given) => {
	expect(checked(given)).toBe('fits');
});

test.each<[string, Case, string]>([
	['no field', { mapped: [] }, 'validation : No field of Lead gets a value. Map at least one field, among them the match field.'],
	['an unknown field', { mapped: [...enough, 'Shoe__c'] }, 'validation Shoe__c: Lead has no field Shoe__c, or the signed-in user may not see it. Refresh the field list'],
	['a field in other case', { mapped: [...enough, 'phone'] }, 'validation phone: Lead has no field phone, or the signed-in user may not see it. Did you mean Phone?'],
	['a field called like a prototype', { mapped: [...enough, '__proto__'] }, 'validation __proto__: Lead has no field __proto__'],
	['a field called like a method', { mapped: [...enough, 'constructor'] }, 'validation constructor: Lead has no field constructor'],
	['a calculated field', { mapped: [...enough, 'Score__c'] }, 'validation Score__c: The field Score (Score__c) is calculated by the CRM and cannot be written.'],
	['a read-only field', { mapped: [...enough, 'IsConverted'] }, 'validation IsConverted: The field Is Converted is read-only for the signed-in user and cannot be written.'],
	['a field of a kind that is never written', { mapped: [...enough, 'Address'] }, 'validation Address: The field Address is of a kind that cannot be written.'],
	['a field that cannot be updated, where nothing is created', { mapped: ['Email', 'Source__c'], settings: { mode: 'update' } }, 'validation Source__c: The field Source (Source__c) is read-only'],
	['no match field', { settings: { matchField: '' } }, 'validation : No match field is chosen. Choose the field that finds existing records'],
	['an unknown match field', { settings: { matchField: 'email' } }, 'validation email: Lead has no field email to match on, or the signed-in user may not see it. Did you mean Email? Choose'],
	['a match field that cannot be searched', { mapped: [...enough, 'Description'], settings: { matchField: 'Description' } }, 'validation Description: Records cannot be found by Description.'],
	['a checkbox to match on', { mapped: [...enough, 'HasOptedOut'], settings: { matchField: 'HasOptedOut' } }, 'validation HasOptedOut: Records cannot be found by Has Opted Out'],
	['a match field without a value', { mapped: ['LastName', 'Company'] }, 'validation Email: The match field Email gets no value.'],
	['a match field that a new record cannot be given', { mapped: [...enough, 'Id'], settings: { matchField: 'Id' } }, 'validation Id: A new Lead cannot be given the match field Record ID (Id), so the next run would not find it'],
	['a missing required field', { mapped: ['Email', 'LastName'] }, 'validation Company: A new Lead needs Company, which gets no value.'],
	['two missing required fields', { mapped: ['Email'] }, 'validation LastName+Company: A new Lead needs Last Name, Company, which get no value.'],
	['an entity that may not be created', { entity: { createable: false } }, 'permission : The signed-in user may not create Leads. Ask the CRM administrator'],
	['an entity that may not be changed or read', { entity: { updateable: false, readable: false } }, 'permission : The signed-in user may not edit or read Leads.'],
	['a time zone that does not exist', { settings: { timeZone: 'Mars/Olympus' } }, 'validation : There is no time zone "Mars/Olympus".'],
])('refused: %s', (_case, given, expected) => {
	expect(checked(given)).toContain(expected);
});
