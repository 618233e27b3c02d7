import { checkMapping, type MappingUse } from '../../../src/sync/mapping/checkMapping';
import type { FieldRule, Mapping } from '../../../src/sync/mapping/mapping';
import { lead } from '../entities';
import { mappingOf, row } from '../merge/linkedPair';

const email = row('email', 'Email');
const required = [email, row('last', 'LastName'), row('company', 'Company')];

/** Problems in words, with their remedies. */
function problems(rules: readonly FieldRule[], more: Partial<Mapping> = {}, use: MappingUse = {}): string[] {
	return checkMapping(mappingOf(rules, more), lead, use).map(({ words, remedy }) => `${words} ${remedy}`);
}

const withRow = (...rows: FieldRule[]) => problems([...required, ...rows]);

test('a mapping with all that is needed has no problem', () => {
	expect(problems(required)).toEqual([]);
	expect(problems(required, {}, { appFields: ['email', 'last', 'company'] })).toEqual([]);
});

test('a mapping without a row that is on is none', () => {
	expect(problems([])).toEqual(['No row of the mapping is on. Map at least one field, among them the match key.']);
	expect(problems([{ ...email, enabled: false }])).toHaveLength(1);
});

test('a row that is off is not looked at', () => {
	expect(withRow(row('x', 'Nowhere', { enabled: false }))).toEqual([]);
});

test.each<[string, FieldRule, string]>([
	['a field that is gone', row('x', 'Gone__c'), 'Row 4 (x ↔ Gone__c): Lead has no field "Gone__c", or the signed-in user may not see it. Choose another field, or switch the row off, or ask the CRM administrator to show the field to this user.'],
	['a field in other case', row('x', 'phone'), 'Row 4 (x ↔ phone): Lead has no field "phone", or the signed-in user may not see it. Did you mean Phone? Choose another field, or switch the row off, or ask the CRM administrator to show the field to this user.'],
	['a calculated field', row('x', 'Score__c', { direction: 'toCrm' }), 'Row 4 (x → Score__c): Score is calculated by the CRM, so nothing can be written to it. Let the row go to the app only, or switch it off.'],
	['a field of a kind that cannot be written', row('x', 'Address'), 'Row 4 (x ↔ Address): Address is of a kind that cannot be written. Let the row go to the app only, or switch it off.'],
	['the id', row('x', 'Id'), 'Row 4 (x ↔ Id): Record ID is of a kind that cannot be written. Let the row go to the app only, or switch it off.'],
	['a read-only field', row('x', 'IsConverted'), 'Row 4 (x ↔ IsConverted): Is Converted is read-only for the signed-in user. Let the row go to the app only, or switch it off.'],
	['no field of the app', row(' ', 'Phone'), 'Row 4 (  ↔ Phone): no field of the app is chosen. Choose one, or remove the row.'],
])('a row may not have %s', (_what, rule, problem) => {
	expect(withRow(rule)).toEqual([problem]);
});

test.each(['Score__c', 'Id', 'IsConverted', 'Address'])('%s may go to the app', (name) => {
	expect(withRow(row('x', name, { direction: 'toApp' }))).toEqual([]);
});

test('a field that only new records take, or only existing ones, is writable', () => {
	expect(withRow(row('x', 'Source__c'))).toEqual([]);
});

test('where the app tells its fields, a row may name no other', () => {
	const use = { appFields: ['email', 'last'] };
	expect(problems(required, {}, use)).toEqual(['Row 3 (company ↔ Company): the app has no field "company". Choose another field of the app, or switch the row off.']);
});

test('two rows may not write one field', () => {
	expect(withRow(row('a', 'Phone'), row('b', 'Phone'))).toEqual([
		'Row 5 (b ↔ Phone) and Row 4 (a ↔ Phone) both write the field Phone of the CRM. Switch one of them off, or change its direction.',
	]);
	expect(withRow(row('a', 'Phone', { direction: 'toApp' }), row('a', 'Website', { direction: 'toApp' }))).toEqual([
		'Row 5 (a ← Website) and Row 4 (a ← Phone) both write the field a of the app. Switch one of them off, or change its direction.',
	]);
	expect(withRow(row('a', 'Phone', { direction: 'toCrm' }), row('a', 'Website', { direction: 'toCrm' }))).toEqual([]);
	expect(withRow(row('a', 'Phone', { direction: 'toApp' }), row('b', 'Phone', { direction: 'toApp' }))).toEqual([]);
});

test('rows may carry no value in a circle', () => {
	const toCrm = row('a', 'Phone', { id: '1', direction: 'toCrm' });
	expect(withRow(toCrm, row('a', 'Phone', { id: '2', direction: 'toApp' }))).toEqual([
		'A value would go in a circle through Row 4 (a → Phone), Row 5 (a ← Phone). Use one row in both directions instead.',
	]);
	const long = [row('b', 'Phone', { direction: 'toApp' }), row('b', 'Website', { direction: 'toCrm' }), row('a', 'Website', { direction: 'toApp' })];
	expect(withRow(toCrm, ...long)).toEqual([
		'A value would go in a circle through Row 4 (a → Phone), Row 5 (b ← Phone), Row 6 (b → Website), Row 7 (a ← Website). Switch one of them off.',
	]);
	expect(withRow(toCrm, ...long.slice(0, 2))).toEqual([]);
	expect(withRow(row('a', 'Phone'), row('b', 'Phone', { direction: 'toApp' }))).toEqual([]);
});

test('a long chain of rows is followed to its end', () => {
	const fields = Array.from({ length: 60 }, (_, at) => ({ ...lead.fields[1], name: `F${at}` }));
	const there = fields.map(({ name }, at) => row(`a${at}`, name, { id: `t${at}`, direction: 'toCrm' }));
	const back = fields.map(({ name }, at) => row(`a${(at + 1) % 60}`, name, { id: `b${at}`, direction: 'toApp' }));
	const found = checkMapping(mappingOf([email, ...there, ...back]), { ...lead, fields: [...lead.fields.filter(({ name }) => name === 'Email'), ...fields] });
	expect(found.map(({ words }) => words.split(',').length)).toEqual([120]);
});

test('ids tell rows apart', () => {
	expect(withRow(row('a', 'Phone', { id: email.id }))).toEqual(['Row 4 (a ↔ Phone) has the same id as another row. Remove the row and add it again.']);
});

test('new records need their required fields, unless none are created', () => {
	expect(problems([email, row('last', 'LastName', { direction: 'toApp' })])).toEqual([
		'A new Lead needs Last Name, which no row of the mapping gives a value. Map a field of the app to it, or let the sync create no records in the CRM.',
		'A new Lead needs Company, which no row of the mapping gives a value. Map a field of the app to it, or let the sync create no records in the CRM.',
	]);
	expect(problems([email], {}, { createsInCrm: false })).toEqual([]);
	expect(problems([{ ...email, direction: 'toApp' }])).toEqual([]);
});

test('new records need the match key, or they would be created again', () => {
	const rows = required.slice(1);
	expect(problems(rows)).toEqual([
		'New records of the CRM would not get the match key Email, so that they could not be found again. Add a row from email to Email in both directions, or let the sync create no records there.',
		'New records of the app would not get the match key Email, so that they could not be found again. Add a row from email to Email in both directions, or let the sync create no records there.',
	]);
	expect(problems([...rows, { ...email, direction: 'toCrm' }])).toHaveLength(1);
	expect(problems([...rows, { ...email, direction: 'toCrm' }], {}, { createsInApp: false })).toEqual([]);
	expect(problems([...rows, row('mail', 'Email')])).toHaveLength(2);
	expect(problems(rows, {}, { createsInApp: false, createsInCrm: false })).toEqual([]);
});

test.each([
	['Gone__c', 'Lead has no field "Gone__c" to match on, or the signed-in user may not see it. Choose another match key.'],
	['HasOptedOut', 'Records cannot be found by Has Opted Out. Choose another match key.'],
	['Description', 'Records cannot be found by Description. Choose another match key.'],
])('%s is no match key', (crmField, problem) => {
	expect(problems(required, { matchKey: { appField: 'x', crmField } })).toEqual([problem]);
});

test('the settings are checked too', () => {
	expect(problems(required, { timeZone: 'Europe/Wien' })).toEqual(['There is no time zone "Europe/Wien". Choose a time zone such as Europe/Vienna.']);
	const noColumn = 'A row lets the most recent record count, but it is not said which field of the app tells when a record was changed. Name that field, or choose another rule for conflicts.';
	expect(problems(required, { firstMatch: 'mostRecent' })).toEqual([noColumn]);
	expect(withRow(row('x', 'Phone', { conflict: 'mostRecent' }))).toEqual([noColumn]);
	expect(problems(required, { firstMatch: 'mostRecent', appModifiedField: 'changed' })).toEqual([]);
});

const map = (...pairs: [string, string][]) => row('x', 'Industry', { transform: { kind: 'valueMap', pairs: pairs.map(([app, crm]) => ({ app, crm })) } });

test.each<[string, FieldRule, string]>([
	['has no line', map(), 'its value map has no line, so that every value would be held. Add lines, or choose no transform.'],
	['has half a line', map(['TV', ' ']), 'line 1 of its value map is not complete. Fill in both sides of the line, or remove it.'],
	['contradicts itself', map(['TV', 'Media'], [' TV', 'Retail']), 'its value map turns " TV" into "Media" and into "Retail". Remove one of the two lines.'],
	['names no choice of the CRM', map(['TV', 'Mining']), 'line 1 of its value map does not fit the CRM\'s field: "Mining" is not one of the choices: Energy, Media, Retail. Choose a value that the CRM knows.'],
])('a value map is refused that %s', (_what, rule, problem) => {
	expect(withRow(rule)).toEqual([`Row 4 (x ↔ Industry): ${problem}`]);
});

test('a value map may have several words for one value, and say the same twice', () => {
	expect(withRow(map(['TV', 'Media'], ['Film', 'Media'], ['TV', 'Media'], ['tv', 'Retail']))).toEqual([]);
});

test('each problem names its row and field', () => {
	const [problem] = checkMapping(mappingOf([...required, row('x', 'Gone__c')]), lead);
	expect(problem).toMatchObject({ ruleId: 'x-Gone__c', field: 'Gone__c' });
});
