import type { CrmValue } from '../../src/model/record';
import { matchKeyOf, storedKeyOf } from '../../src/sync/matchKey';
import { field, leadField } from './entities';

const text = field('Name', 'text');

test.each<[string, CrmValue | undefined, CrmValue | undefined]>([
	['case', 'ADA@X.com', 'ada@x.COM'],
	['white space around', ' ada@x.com\u00a0', 'ada@x.com'],
	['composition', 'jose\u0301', 'JOS\u00c9'],
	['letters that fall apart in lower case', 'J\u030c', '\u01f0'],
	['the small sigmas', 'ΝΙΚΟΣ', 'νικοσ'],
	['both small sigmas', 'νικος', 'νικοσ'],
	['number and text', 5, '5'],
])('%s makes no difference', (_what, one, other) => {
	expect(matchKeyOf(one, text)).toBeDefined();
	expect(matchKeyOf(one, text)).toBe(matchKeyOf(other, text));
});

test.each<[string, CrmValue, CrmValue]>([
	['accents', 'jose', 'josé'],
	['sharp s and double s', 'straße', 'strasse'],
	['white space inside', 'a b', 'a  b'],
	['a prototype name and nothing', '__proto__', 'constructor'],
])('%s make a difference', (_what, one, other) => {
	expect(matchKeyOf(one, text)).not.toBe(matchKeyOf(other, text));
});

test('case makes a difference where the field says so', () => {
	const shopId = leadField('ShopId__c');
	expect(matchKeyOf('a1', shopId)).not.toBe(matchKeyOf('A1', shopId));
	expect(matchKeyOf(' a1 ', shopId)).toBe('a1');
});

test.each([undefined, null, '', '  ', '\u00a0'])('%j matches nothing', (value) => {
	expect(matchKeyOf(value, text)).toBeUndefined();
	expect(storedKeyOf(value, text)).toBeUndefined();
});

test.each<[string, CrmValue, CrmValue]>([
	['AnnualRevenue', 1.01, 1.0100000001],
	['ContactedAt__c', '2026-03-04T10:00:00.000Z', '2026-03-04T10:00:00.000+0000'],
	['CallTime__c', '09:05:00.000Z', '09:05:00'],
	['Email', 'ada@x.com', ' Ada@x.com'],
	['NumberOfEmployees', 7, '7.0'],
])('%s: what was written as %j is found where the CRM shows %j', (name, written, stored) => {
	expect(storedKeyOf(stored, leadField(name))).toBe(matchKeyOf(written, leadField(name)));
});
