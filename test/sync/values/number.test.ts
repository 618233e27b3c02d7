import { roundTo } from '../../../src/sync/values/numberValue';
import { field, leadField } from '../entities';
import { canonical } from './canonical';

const NOT_PLAIN = 'is not a plain number such as 1234.5 (no thousands separators, no currency)';

test.each<[unknown, unknown]>([
	[1234.5, 1234.5],
	[' 1234.50 ', 1234.5],
	['+.5', 0.5],
	['1e3', 1000],
	[10n, 10],
	['1.005', 1.01],
	[1.005, 1.01],
	[-1.005, -1.01],
	[2.675, 2.68],
	[1e-7, 0],
	[-0.001, 0],
	['-0', 0],
	[9_007_199_254_740_991, 9_007_199_254_740_991],
	['90071992547409.91', '✗ "90071992547409.91" is too large to be sent digit by digit'],
	['12345678901234567890', '✗ "12345678901234567890" is too large to be sent digit by digit'],
	[1e16, '✗ "10000000000000000" is too large; the field takes 16 digits before the point'],
	['1,234.5', `✗ "1,234.5" ${NOT_PLAIN}`],
	['1.234,5', `✗ "1.234,5" ${NOT_PLAIN}`],
	['1 234', `✗ "1 234" ${NOT_PLAIN}`],
	["1'234", `✗ "1'234" ${NOT_PLAIN}`],
	['€ 5', `✗ "€ 5" ${NOT_PLAIN}`],
	['5%', `✗ "5%" ${NOT_PLAIN}`],
	['0x10', `✗ "0x10" ${NOT_PLAIN}`],
	['1_000', `✗ "1_000" ${NOT_PLAIN}`],
	['١٢', `✗ "١٢" ${NOT_PLAIN}`],
	['1e999', `✗ "1e999" ${NOT_PLAIN}`],
	['1e-999999999', 0],
	['Infinity', `✗ "Infinity" ${NOT_PLAIN}`],
	[Number.NaN, `✗ "null" ${NOT_PLAIN}`],
	[true, `✗ "true" ${NOT_PLAIN}`],
	[[5], `✗ "[5]" ${NOT_PLAIN}`],
	[{ valueOf: () => 5 }, `✗ "{}" ${NOT_PLAIN}`],
	[new Date(0), `✗ ""1970-01-01T00:00:00.000Z"" ${NOT_PLAIN}`],
])('the amount %p becomes %p', (raw, expected) => {
	expect(canonical(raw, leadField('AnnualRevenue'))).toBe(expected);
});

test.each<[unknown, unknown]>([
	[5, 5],
	['5.0', 5],
	['1e3', 1000],
	[-0, 0],
	[5.5, '✗ "5.5" is not a whole number'],
	['100000000', '✗ "100000000" is too large; the field takes 8 digits before the point'],
	[2n ** 60n, '✗ "1152921504606846976" is too large'],
	[10n ** 400n, /plain number/],
	[1e300, /is too large$/],
	['five', `✗ "five" ${NOT_PLAIN}`],
])('the whole number %p becomes %p', (raw, expected) => {
	const outcome = canonical(raw, leadField('NumberOfEmployees'));
	if (expected instanceof RegExp) expect(outcome).toMatch(expected);
	else expect(outcome).toBe(expected);
});

test('a decimal without a scale keeps its digits', () => {
	expect(canonical('1.23456789', field('Rate', 'decimal'))).toBe(1.23456789);
});

test('a field that tells no number of digits takes any', () => {
	expect(canonical('123456.789', field('Rate', 'decimal', { scale: 2, precision: 0 }))).toBe(123_456.79);
	expect(canonical(1e15, field('Count', 'integer', { precision: 0 }))).toBe(1e15);
});

test('a value that refers to itself is refused, not thrown at', () => {
	const loop: Record<string, unknown> = {};
	loop.self = loop;
	expect(canonical(loop, leadField('AnnualRevenue'))).toBe(`✗ "an object" ${NOT_PLAIN}`);
});

test.each([
	[1.005, 2, 1.01],
	[1.004999, 2, 1],
	[-2.5, 0, -3],
	[123_456_789_012_345.67, 2, 123_456_789_012_345.67],
	[1e21, 2, 1e21],
	[5e-324, 10, 0],
	[0.1 + 0.2, 2, 0.3],
	[999.999, 2, 1000],
])('%p to %p decimals is %p', (number, scale, expected) => {
	expect(roundTo(number, scale)).toBe(expected);
});
