import fc from 'fast-check';
import { canonicalId } from '../../../src/crm/salesforce/ids';

describe('Salesforce ids', () => {
	it.each([
		['a00D0000008pQRA', 'a00D0000008pQRAIA2'],
		['00Dx0000000BV7z', '00Dx0000000BV7zEAG'],
	])('gives %s its checksum', (short, long) => {
		expect(canonicalId(short)).toBe(long);
		expect(canonicalId(long)).toBe(long);
	});

	it.each(['', 'a00D0000008pQR', 'a00D0000008pQRAIA3', 'A00D0000008pQRAIA2', 'a00D0000008pQRAI', 'a00D0000008pQR!', ' a00D0000008pQRA', 'a00D0000008pQRA\n'])('knows that %j is none', (text) => {
		expect(canonicalId(text)).toBeUndefined();
	});

	it.each([
		['MarketingTeamEU', ['User', 'Group'], false],
		['PartnerLeadType', ['RecordType'], false],
		['0051x0000000001', ['User', 'Group'], true],
		['00G1x0000000001', ['Group', 'user'], true],
		['0031x0000000001', ['User', 'Group'], false],
		['00g1x0000000001', ['User', 'Group'], false],
		['0121x0000000001', ['RecordType'], true],
		['a0B1x0000000001', ['Team__c'], true],
		['a0B1x0000000001', ['User', 'Team__c'], true],
		['MarketingTeamEU', [], true],
	])('%s as an id of %j: %s', (text, objects, is) => {
		expect(canonicalId(text, objects) !== undefined).toBe(is);
		expect(canonicalId(canonicalId(text) ?? '', objects) !== undefined).toBe(is);
	});

	it('is its own canonical form', () => {
		fc.assert(
			fc.property(fc.stringMatching(/^[A-Za-z0-9]{15}$/), (short) => {
				const long = canonicalId(short);
				expect(long).toHaveLength(18);
				expect(canonicalId(long ?? '')).toBe(long);
			}),
		);
	});
});
