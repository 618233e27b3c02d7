import { isEmptyValue } from '../../../src/sync/values/canonicalValue';
import { field, leadField } from '../entities';
import { canonical } from './canonical';

test.each<[unknown, unknown]>([
	[true, true],
	[' Yes ', true],
	['ON', true],
	[1, true],
	['checked', true],
	[false, false],
	['n', false],
	['0', false],
	[-0, false],
	['unchecked', false],
	['maybe', '✗ "maybe" is neither yes nor no'],
	['ja', '✗ "ja" is neither yes nor no'],
	[2, '✗ "2" is neither yes nor no'],
	[[true], '✗ "[true]" is neither yes nor no'],
	[{}, '✗ "{}" is neither yes nor no'],
])('the checkbox %p becomes %p', (raw, expected) => {
	expect(canonical(raw, leadField('HasOptedOut'))).toBe(expected);
});

test('the two values of a checkbox are found by what the CRM calls them', () => {
	const blocked = field('Blocked', 'boolean', { picklist: [{ value: 'true', label: 'Do Not Allow', otherLabels: ['Nicht zulassen'] }, { value: 'false', label: 'Allow' }] });
	expect(['allow', ' Do Not Allow ', 'NICHT ZULASSEN', 'yes', false].map((raw) => canonical(raw, blocked))).toEqual([false, true, true, true, false]);
	expect(canonical('perhaps', blocked)).toBe('✗ "perhaps" is neither yes nor no, nor Do Not Allow (true) or Allow (false)');
});

test('a word that means yes to everybody and no to a field is refused', () => {
	const closed = field('Closed', 'boolean', { picklist: [{ value: 'true', label: 'No' }, { value: 'false', label: 'Yes' }] });
	expect(canonical('yes', closed)).toBe('✗ "yes" may mean yes and no here; write true or false');
	expect(['true', '0', true].map((raw) => canonical(raw, closed))).toEqual([true, false, true]);
	const same = field('Same', 'boolean', { picklist: [{ value: 'true', label: 'Set' }, { value: 'false', label: 'set' }] });
	expect(canonical('SET', same)).toBe('✗ "SET" may mean yes and no here; write true or false');
	expect(canonical('', field('Blank', 'boolean', { picklist: [{ value: 'true', label: ' ' }] }))).toMatch(/neither yes nor no/);
});

test.each<[unknown, unknown]>([
	['Media', 'Media'],
	['Media (label)', 'Media'],
	[' mEDIA ', 'Media'],
	['MEDIA (LABEL)', 'Media'],
	['Mining', '✗ "Mining" is not one of the choices: Energy, Media, Retail'],
	['__proto__', '✗ "__proto__" is not one of the choices: Energy, Media, Retail'],
	[['Media'], '✗ holds a list, not a single text'],
])('the choice %p becomes %p', (raw, expected) => {
	expect(canonical(raw, leadField('Industry'))).toBe(expected);
});

test('a choice is found by its number, its label, and its label in another language, and is named by its label', () => {
	const source = field('Source', 'picklist', { restricted: true, picklist: [{ value: '1', label: 'Advertisement', otherLabels: ['Publicité', 'Web'] }, { value: '8', label: 'Web' }] });
	expect(['1', 'advertisement', 'publicité', 'Web', 'web'].map((text) => canonical(text, source))).toEqual(['1', '1', '1', '8', '8']);
	expect(canonical('Messe', source)).toBe('✗ "Messe" is not one of the choices: Advertisement (1), Web (8)');
});

test('a value comes before the label of another choice, an exact text before one in other case', () => {
	const tricky = field('Tricky', 'picklist', { picklist: [{ value: 'A', label: 'B' }, { value: 'B', label: 'C' }, { value: 'b', label: 'a' }] });
	expect(['A', 'B', 'C', 'a', 'b', 'c'].map((text) => canonical(text, tricky))).toEqual(['A', 'B', 'B', 'b', 'b', 'B']);
});

test('a text that several choices share means the first of them', () => {
	const twice = field('Source', 'picklist', { restricted: true, picklist: [{ value: '1', label: 'Web' }, { value: '2', label: 'Web' }, { value: '3', label: 'WEB' }] });
	expect(['Web', 'web', 'WEB'].map((text) => canonical(text, twice))).toEqual(['1', '1', '3']);
});

test('a choice that is listed twice stands where it is first', () => {
	const picklist = ['News', 'Events', 'News'].map((value) => ({ value, label: value }));
	expect(canonical('Events;News', field('Twice', 'multipicklist', { picklist }))).toBe('News;Events');
});

test.each(['id', 'text', 'email', 'phone', 'url', 'reference'] as const)('%s is no choice: it is taken as it is, whatever is suggested for it', (type) => {
	expect(canonical('a@x.com', field('Any', type, { restricted: true, picklist: [{ value: 'b@x.com', label: 'a@x.com' }] }))).toBe('a@x.com');
});

test('where the CRM takes other values, they are taken as they are', () => {
	expect(canonical('Nurturing', leadField('Status'))).toBe('Nurturing');
});

test('a long list of choices is cut short in the reason', () => {
	const picklist = Array.from({ length: 200 }, (_, at) => ({ value: `C${at}`, label: `C${at}` }));
	expect(canonical('X', field('Country', 'picklist', { restricted: true, picklist }))).toMatch(/C0, C1.* C11 and 188 more$/);
});

test.each<[unknown, unknown]>([
	['Events;News', 'News;Events'],
	[['events', 'News (label)'], 'News;Events'],
	['News;News; news', 'News'],
	[[' News;Offers ', null, ''], 'News;Offers'],
	[';News;;', 'News'],
	['News', 'News'],
	[';', '✗ names no choice'],
	['News,Offers', '✗ "News,Offers" is not one of the choices: News, Offers, Events'],
	[['News', { a: 1 }], '✗ holds an object, not a single text'],
	[[['News']], '✗ holds a list, not a single text'],
	[7, '✗ "7" is not one of the choices: News, Offers, Events'],
])('the choices %p become %p', (raw, expected) => {
	expect(canonical(raw, leadField('Interests__c'))).toBe(expected);
});

test('choices that the CRM does not list stand after the listed ones, in the order of their letters', () => {
	const open = { ...leadField('Interests__c'), restricted: false };
	expect(canonical('Zoo;News;Art', open)).toBe('News;Art;Zoo');
	expect(canonical('b;a', { ...open, picklist: [] })).toBe('a;b');
});

test.each<[unknown, boolean]>([
	[null, true],
	['', true],
	[' \t\u00a0', true],
	[[], true],
	[['', null, undefined], true],
	[undefined, false],
	[0, false],
	[false, false],
	['0', false],
	['null', false],
	[[[]], false],
	[{}, false],
])('%p says nothing: %p', (raw, empty) => {
	expect(isEmptyValue(raw)).toBe(empty);
});
