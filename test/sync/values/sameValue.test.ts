import type { CrmValue } from '../../../src/model/record';
import { comparableText } from '../../../src/sync/values/comparableText';
import { sameValue } from '../../../src/sync/values/sameValue';
import { storedValue } from '../../../src/sync/values/storedValue';
import { leadField } from '../entities';

test.each<[string, CrmValue, CrmValue, boolean]>([
	['LastName', 'Ada', ' Ada ', true],
	['LastName', 'Ada', 'ada', false],
	['LastName', '\u00e9', 'e\u0301', true],
	['LastName', '5', 5, true],
	['LastName', null, '', true],
	['LastName', null, ' ', true],
	['LastName', null, 'a', false],
	['LastName', 'a', null, false],
	['LastName', 'x'.repeat(81), 'x'.repeat(81), true],
	['Description', 'a\nb', 'a\r\nb', true],
	['Description', 'a\nb', 'a b', false],
	['Phone', '1\n2', '1\r\n2', false],
	['Email', 'Ada@X.com', 'ada@x.com', true],
	['Email', 'ada@x.com', 'eve@x.com', false],
	['Email', 'ada@x.com', 'not an address', false],
	['Email', 'ada@x.com', 5, false],
	['AnnualRevenue', 1.01, 1.005, true],
	['AnnualRevenue', 0, null, false],
	['AnnualRevenue', 1e17, 1e17, true],
	['NumberOfEmployees', 5, 5.4, false],
	['HasOptedOut', false, null, false],
	['HasOptedOut', true, 'true', true],
	['Birthday__c', '2026-03-04', '2026-03-04', true],
	['ContactedAt__c', '2026-03-04T10:00:00.000Z', '2026-03-04T10:00:00.000+0000', true],
	['ContactedAt__c', '2026-03-04T10:00:00.000Z', '2026-03-04T12:00:00+02:00', true],
	['ContactedAt__c', '2026-03-04T10:00:00.000Z', '2026-03-04T10:00:01Z', false],
	['ContactedAt__c', '2026-03-04T10:00:00.000Z', 'soon', false],
	['CallTime__c', '09:05:00.000Z', '09:05:00', true],
	['Industry', 'Media', 'Media', true],
	['Industry', 'Media', 'Mining', false],
	['Interests__c', 'News;Offers', 'Offers;News', true],
	['Interests__c', 'News;Offers', 'News', false],
	['Interests__c', null, ' ; ;', true],
	['Interests__c', 'News', ';', false],
	['LastName', null, ';', false],
	['OwnerId', '005000000000001AAA', '005000000000001AAA', true],
])('%s: wanted %j, stored %j, the same: %s', (name, wanted, stored, same) => {
	expect(sameValue(wanted, stored, leadField(name))).toBe(same);
});

test('a choice that is no longer offered is compared, not refused', () => {
	expect(sameValue('Mining', 'Mining', leadField('Industry'))).toBe(true);
});

test('the choices of a list stand in the order of the CRM, also beside one that is no longer offered', () => {
	expect(storedValue('Old;Events;News', leadField('Interests__c'))).toBe('News;Events;Old');
});

test('how lines end is no difference of a long text, and is one of anything else', () => {
	expect([comparableText('1\r\n2', leadField('Description')), comparableText('1\r\n2', leadField('Phone'))]).toEqual(['1\n2', '1\r\n2']);
});

test.each([null, '', ' \u00a0'])('where the CRM shows %j, it shows nothing', (stored) => {
	expect(storedValue(stored, leadField('LastName'))).toBeNull();
});
