import fc from 'fast-check';
import { canonicalId, IdSource, orgIdOf, podOf, toLongId } from './salesforce/ids';

const shortIds = fc.stringMatching(/^[a-zA-Z0-9]{15}$/);

describe('record ids', () => {
	it.each([['a00D0000008pQRA', 'a00D0000008pQRAIA2'], ['00Dx0000000BV7z', '00Dx0000000BV7zEAG']])('lengthens %s as Salesforce does', (short, long) => {
		expect(toLongId(short)).toBe(long);
	});

	it('finds the same id whatever the case of its 18 characters', () => {
		fc.assert(fc.property(shortIds, fc.array(fc.boolean(), { minLength: 18, maxLength: 18 }), (short, upper) => {
			const long = toLongId(short);
			const mixed = [...long].map((letter, index) => (upper[index] ? letter.toUpperCase() : letter.toLowerCase())).join('');
			expect(canonicalId(mixed)).toBe(long);
			expect(canonicalId(short)).toBe(long);
		}));
	});

	it('refuses what is no id', () => {
		for (const text of ['', '00Q', '00Q000000000001!', '00Q0000000000019999', 42, null]) expect(canonicalId(text)).toBeUndefined();
		// A checksum that asks for an upper-case digit.
		expect(canonicalId('000000000000000555')).toBeUndefined();
	});

	it('never repeats within an org nor between orgs', () => {
		const sources = [1, 2, 3].map((ordinal) => new IdSource(podOf(ordinal)));
		const ids = sources.flatMap((source) => Array.from({ length: 500 }, () => source.next('00Q')));
		expect(new Set(ids).size).toBe(1500);
		expect(new Set([1, 2, 3, 4].map(orgIdOf)).size).toBe(4);
		expect(ids.every((id) => canonicalId(id) === id)).toBe(true);
	});
});
