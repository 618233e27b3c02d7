import { fieldIndex } from '../../../src/sync/push/fieldUse';
import { notAnId, prepareItem, type PreparationContext } from '../../../src/sync/push/prepareItem';
import { lead } from '../entities';

const context: PreparationContext = {
	description: lead,
	fields: fieldIndex(lead),
	matchField: 'Email',
	emptyValues: 'leave',
	reference: (field, name) => (name.startsWith('00') ? { ok: true, value: name } : notAnId(field, name)),
	timeZone: 'UTC',
};

/** The values that are kept, or the problems in words. */
function prepared(values: Record<string, unknown>, more: Partial<PreparationContext> = {}): unknown {
	const outcome = prepareItem({ index: 7, values }, { ...context, ...more });
	return 'prepared' in outcome ? { ...outcome.prepared.values } : outcome.refused.problems.map(({ field, reason }) => `${field}: ${reason}`);
}

const Email = 'a@x.com';

test.each<[string, Record<string, unknown>, unknown]>([
	['values are brought into form', { Email: ' A@x.com', AnnualRevenue: '1.5' }, { Email: 'A@x.com', AnnualRevenue: 1.5 }],
	['absent values stay absent', { Email, Phone: undefined }, { Email }],
	['blank values are left alone', { Email, Phone: ' ', FirstName: null, Interests__c: [] }, { Email }],
	['all problems are told at once', { Email: 'x', AnnualRevenue: '1,5', Industry: 'Mining' }, [
		'Email: Email: "x" is not an e-mail address.',
		'AnnualRevenue: Annual Revenue: "1,5" is not a plain number such as 1234.5 (no thousands separators, no currency).',
		'Industry: Industry: "Mining" is not one of the choices: Energy, Media, Retail.',
	]],
	['an absent match value', { Phone: '1' }, ['Email: Email is empty, so no existing record can be found by it.']],
	['a blank match value', { Email: ' ', Phone: '1' }, ['Email: Email is empty, so no existing record can be found by it.']],
	['a null match value', { Email: null }, ['Email: Email is empty, so no existing record can be found by it.']],
	['no value at all', {}, ['Email: Email is empty, so no existing record can be found by it.']],
	['a field that the entity does not have', { Email, Shoe: 5 }, ['Shoe: "Shoe": Lead has no such field, or the signed-in user may not see it.']],
	['a field in other case', { Email, phone: '1' }, ['phone: "phone": Lead has no such field, or the signed-in user may not see it.']],
	['a link by name', { Email, CampaignId__c: 'Spring' }, ['CampaignId__c: Campaign Id: "Spring" is not a record id of the CRM, which a link to Campaign needs.']],
	['an id that is none', { Email, Id: 'seven' }, ['Id: Record ID: "seven" is not a record id of the CRM.']],
])('%s', (_case, values, expected) => {
	expect(prepared(values)).toEqual(expected);
});

test.each<[string, Record<string, unknown>, unknown]>([
	['null clears', { Email, Phone: null }, { Email, Phone: null }],
	['blank clears', { Email, Phone: ' ' }, { Email, Phone: null }],
	['an empty list clears', { Email, Interests__c: [''] }, { Email, Interests__c: null }],
	['absent does not clear', { Email, Phone: undefined }, { Email }],
	['a checkbox has no empty state', { Email, HasOptedOut: null }, { Email }],
	['the match field is never cleared', { Email: '' }, ['Email: Email is empty, so no existing record can be found by it.']],
	['what must not be empty', { Email, LastName: '' }, ['LastName: Last Name: cannot be emptied in the CRM, and the value is empty.']],
])('where empty values clear: %s', (_case, values, expected) => {
	expect(prepared(values, { emptyValues: 'clear' })).toEqual(expected);
});

test('field names from a prototype are fields like others', () => {
	const hostile = JSON.parse('{"Email":"a@x.com","__proto__":{"polluted":true},"constructor":"x","toString":"y"}') as Record<string, unknown>;
	expect(prepared(hostile)).toHaveLength(3);
	expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
	const named = { ...lead, fields: [...lead.fields, { ...lead.fields[1], name: '__proto__', label: 'Proto' }] };
	const outcome = prepareItem({ index: 0, values: JSON.parse('{"Email":"a@x.com","__proto__":"v"}') as Record<string, unknown> }, { ...context, description: named, fields: fieldIndex(named) });
	expect('prepared' in outcome && Object.entries(outcome.prepared.values)).toEqual([['Email', 'a@x.com'], ['__proto__', 'v']]);
});

test('a required field called like a method of objects is missed where it is missing', () => {
	const outcome = prepareItem({ index: 0, values: { Email } }, context);
	expect('prepared' in outcome && outcome.prepared.values.constructor).toBeUndefined();
});

test('5,000 unknown fields are all named', () => {
	expect(prepared({ Email, ...Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`F${at}`, at])) })).toHaveLength(5_000);
});
