import { expiringCertificate } from '../../src/connections/expiring';

const day = 86_400_000;
const now = Date.parse('2026-11-22T10:00:00.000Z');
const warned = (ms: number): string[] => expiringCertificate(now + ms, now).map(({ words }) => words);

describe('a certificate', () => {
	it.each<[number, string]>([
		[29 * day, 'in 29 days, on 21 December 2026'],
		[day, 'in 1 day, on 23 November 2026'],
		[day - 1, 'today or tomorrow, on 23 November 2026'],
	])('that ends in %d ms is warned of', (ms, words) => expect(warned(ms)).toEqual([expect.stringContaining(`expires ${words}.`)]));

	it('that has time, or has ended, is not', () => {
		expect([warned(30 * day), warned(-1), expiringCertificate(undefined, now)]).toEqual([[], [], []]);
	});
});
