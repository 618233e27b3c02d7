import fc from 'fast-check';
import { DateTime } from 'luxon';
import { plainValue } from '../../../src/sync/values/plainValue';
import { UnreadableValue } from '../../../src/sync/values/unreadableValue';
import { law } from '../laws/law';

const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withNullPrototype: true, withObjectString: true, withSparseArray: true, withTypedArray: true, withBoxedValues: true });

law('whatever a value is, nothing goes wrong with what it becomes', anything, (raw) => {
	const plain = plainValue(raw);
	expect(() => [JSON.stringify(plain), String(plain), `${String(Array.isArray(plain) ? plain.map(String) : plain)}`]).not.toThrow();
	expect(plainValue(plain)).toEqual(plain);
});

law('what a workflow gives is as it was', fc.jsonValue({ maxDepth: 4 }), (raw) => {
	const has = (part: unknown): boolean => typeof part === 'object' && part !== null && Object.entries(part).some(([name, one]) => ['toString', 'valueOf', 'toJSON', 'toISO', 'toISOString'].includes(name) || has(one));
	if (!has(raw)) expect(JSON.stringify(plainValue(raw))).toBe(JSON.stringify(raw));
});

test.each<[string, unknown, unknown]>([
	['a large whole number', 12345678901234567890n, '12345678901234567890'],
	['dates', [new Date('2026-01-02T03:04:05Z')], [new Date('2026-01-02T03:04:05Z')]],
	['a date of Luxon', DateTime.fromISO('2026-01-02T03:04:05+02:00', { setZone: true }), '2026-01-02T03:04:05.000+02:00'],
	['a function', { a: () => 1 }, { a: {} }],
	['a symbol', Symbol('a'), {}],
	['bytes', new Uint8Array(10_000_000), {}],
	['a few bytes', new Uint8Array([1, 2]), {}],
	['a list with gaps', Object.assign(new Array(3), { 2: 'c' }), [undefined, undefined, 'c']],
	['a list of many parts', new Array(10_000).fill(1), new Array(10_000).fill(1)],
	['an object of too many parts', Object.fromEntries(Array.from({ length: 10_001 }, (_, at) => [`f${at}`, at])), {}],
	['a list of too many parts', new Array(10_001).fill(1), {}],
	['something else by the name of a date', { toISO: 5, a: 1 }, { a: 1 }],
	['what was not shown', undefined, undefined],
])('%s', (_what, raw, plain) => {
	expect(plainValue(raw)).toEqual(plain);
});

const within = (depth: number, value: unknown): unknown => (depth === 0 ? value : depth % 2 ? [within(depth - 1, value)] : { a: within(depth - 1, value) });

test('what lies twenty deep is kept, what lies deeper is not looked at', () => {
	expect(plainValue(within(20, [1]))).toEqual(within(20, [1]));
	expect(plainValue(within(21, [1]))).toEqual(within(21, {}));
});

test('what could not be read stays what it is', () => {
	const unreadable = new UnreadableValue('says why');
	expect(plainValue(unreadable)).toBe(unreadable);
});
