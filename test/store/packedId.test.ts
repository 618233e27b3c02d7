import fc from 'fast-check';
import { idIn, packedId } from '../../src/store/sync/packedId';
import { syncNumber } from '../../src/store/sync/syncNumber';

const hexOf = (digits: number) => fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: digits, maxLength: digits });
const id = fc.oneof(fc.uuid(), fc.uuid().map((text) => text.toUpperCase()), fc.nat(20).chain(hexOf), fc.string({ unit: 'binary' }), fc.constantFrom('00QWz00001abcDEIA0', '', '\0', '0012'));

test('whatever an id looks like, it comes back, and no other id has its bytes', () => {
	fc.assert(
		fc.property(id, id, (one, other) => {
			expect(idIn(packedId(one))).toBe(one);
			expect(Buffer.compare(packedId(one), packedId(other)) === 0).toBe(one === other);
		}),
	);
});

test('an id comes back from the middle of other bytes', () => {
	const packed = packedId('00QWz00001abcDEIA0');
	expect(idIn(new Uint8Array([9, ...packed, 9]).subarray(1, 1 + packed.length))).toBe('00QWz00001abcDEIA0');
});

test.each([
	['6f9619ff-8b86-4011-b42d-00cf4fc964ff', 17],
	['507f1f77bcf86cd799439011', 13],
	['00QWz00001abcDEIA0', 19],
])('%s takes %d bytes', (text, bytes) => {
	expect(packedId(text)).toHaveLength(bytes);
});

test('texts keep their order', () => {
	const texts = ['b', 'a', 'link 10', 'link 2', 'Z'];
	expect(texts.toSorted((one, other) => Buffer.compare(packedId(one), packedId(other)))).toEqual(texts.toSorted());
});

test('the number of a sync is whole, and small enough for every database', () => {
	fc.assert(fc.property(fc.string(), (text) => Number.isInteger(syncNumber(text)) && syncNumber(text) >= 0 && syncNumber(text) < 2 ** 47));
	expect(syncNumber('one')).not.toBe(syncNumber('other'));
});
