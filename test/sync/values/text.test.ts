import { UnreadableValue } from '../../../src/sync/values/unreadableValue';
import { field, leadField } from '../entities';
import { canonical } from './canonical';

const short = field('Name', 'text', { length: 5 });

test.each<[string, unknown, unknown]>([
	['is trimmed', '  Ada\t\n', 'Ada'],
	['loses every kind of white space at its ends', '\u00a0\ufeff\u3000Ada\u2003', 'Ada'],
	['keeps white space inside', 'A  b', 'A  b'],
	['keeps markup, which is text to a CRM', '<b>A', '<b>A'],
	['is composed, whatever the keyboard sent', 'e\u0301', '\u00e9'],
	['takes numbers', 42, '42'],
	['takes large numbers', 12_345n, '12345'],
	['takes checkboxes', true, 'true'],
	['takes as many emoji as it has characters', '😀😀😀😀😀', '😀😀😀😀😀'],
	['counts an emoji as one character', '😀😀😀😀😀😀', '✗ is 12 characters long; the field takes 5'],
	['may not be longer than the field', 'abcdef', '✗ is 6 characters long; the field takes 5'],
	['may be as long as the field, after trimming', ' abcde ', 'abcde'],
	['is no list', ['a'], '✗ holds a list, not a single text'],
	['is no object', { a: 1 }, '✗ holds an object, not a single text'],
	['is no date object', new Date(0), '✗ holds an object, not a single text'],
	['is no function', () => 1, '✗ holds an object, not a single text'],
	['is no symbol', Symbol('a'), '✗ holds an object, not a single text'],
	['is not NaN', Number.NaN, '✗ NaN is not a value'],
	['is not infinite', -Infinity, '✗ -Infinity is not a value'],
	['has no half characters', 'a\ud83d', '✗ contains broken characters (half of a surrogate pair)'],
	['has no halves the wrong way round', '\ude00\ud83d', '✗ contains broken characters (half of a surrogate pair)'],
	['says why it could not be read', new UnreadableValue('its expression failed: x'), '✗ its expression failed: x'],
])('a text %s', (_rule, raw, expected) => {
	expect(canonical(raw, short)).toBe(expected);
});

test('a text without a limit may have any length', () => {
	expect(canonical('x'.repeat(100_000), field('Name', 'text', { length: 0 }))).toHaveLength(100_000);
});

test.each([
	['letters', 'x'],
	['emoji', '😀'],
	['spaces inside', 'x '],
	['digits', '9'],
	['dates', '2026-03-04T10:00:00'],
	['times', '10:00:00.123'],
	['at signs', 'a@'],
	['semicolons', ';'],
])('10 MB of %s are refused fast and shown short, in every type of field', (_kind, part) => {
	const huge = `${part.repeat(Math.ceil(10_000_000 / part.length))}x`;
	const start = performance.now();
	for (const name of ['LastName', 'Email', 'Industry', 'Interests__c', 'AnnualRevenue', 'NumberOfEmployees', 'HasOptedOut', 'Birthday__c', 'ContactedAt__c', 'CallTime__c']) {
		const outcome = String(canonical(huge, leadField(name)));
		expect(outcome).toMatch(/^✗/);
		expect(outcome.length).toBeLessThan(250);
	}
	expect(performance.now() - start).toBeLessThan(5_000);
});

test.each<[unknown, unknown]>([
	['a@x.com', 'a@x.com'],
	[' A.B+c@X.com ', 'A.B+c@X.com'],
	['ü@müller.example', 'ü@müller.example'],
	['a@localhost', 'a@localhost'],
	['a', '✗ "a" is not an e-mail address'],
	['a@', '✗ "a@" is not an e-mail address'],
	['@x.com', '✗ "@x.com" is not an e-mail address'],
	['a@b@x.com', '✗ "a@b@x.com" is not an e-mail address'],
	['a b@x.com', '✗ "a b@x.com" is not an e-mail address'],
	['Ada <a@x.com>', '✗ "Ada <a@x.com>" is not an e-mail address'],
	['a@x.com, b@x.com', '✗ "a@x.com, b@x.com" is not an e-mail address'],
	['a@x.com\nbcc: b@x.com', '✗ "a@x.com bcc: b@x.com" is not an e-mail address'],
	[12, '✗ "12" is not an e-mail address'],
])('the e-mail %j becomes %j', (raw, expected) => {
	expect(canonical(raw, leadField('Email'))).toBe(expected);
});

test.each(['OwnerId', 'CampaignId__c', 'Id'])('%s may be given by a name that is longer than an id', (name) => {
	expect(canonical('Western Europe Key Accounts', leadField(name))).toBe('Western Europe Key Accounts');
});

test.each(['Phone', 'Website'])('%s is text', (name) => {
	expect(canonical(' +43 (1) 234 ', leadField(name))).toBe('+43 (1) 234');
});

test('a field of another kind takes nothing', () => {
	expect(canonical('x', leadField('Address'))).toBe('✗ is of a kind that cannot be written');
});
