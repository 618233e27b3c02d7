import { readItem } from '../../../src/sync/run/readItem';
import type { RawItem } from '../../../src/sync/run/syncTypes';

/** What the engine makes of an item: its id and what it shows, or why it cannot be worked with. */
function read(item: Partial<RawItem>, fields: readonly string[] = ['name', 'phone']): unknown {
	const outcome = readItem({ index: 7, values: {}, ...item }, fields);
	if (!outcome.ok) return [outcome.index, outcome.words];
	const { id, values, deleted, ...rest } = outcome.item;
	expect([rest, Object.getPrototypeOf(values)]).toEqual([{ index: 7 }, null]);
	return { ...('id' in outcome.item ? { id } : {}), ...values, ...(deleted === undefined ? {} : { deleted }) };
}

const REMEDY = 'Give the id of the record in the app as text, or leave it out for a form submission.';
const longest = 'x'.repeat(255);

test.each<[string, unknown, string]>([
	['a text', 'A-1', 'A-1'],
	['a text with blanks, as it is', ' A-1 ', ' A-1 '],
	['a number', 17, '17'],
	['nought', 0, '0'],
	['a number below nought', -1.5, '-1.5'],
	['the largest number that stands for itself alone', 2 ** 53 - 1, '9007199254740991'],
	['a larger one, of a kind that keeps all digits', 2n ** 60n, '1152921504606846976'],
	['the longest text', longest, longest],
	['an emoji', '😀', '😀'],
])('an id may be %s', (_what, id, text) => {
	expect(read({ id })).toEqual({ id: text });
});

test.each<[string, unknown, string]>([
	['empty', '', `An item has an empty id. ${REMEDY}`],
	['nothing', null, `An item has an empty id. ${REMEDY}`],
	['a checkbox', true, `An item has an id that is neither a text nor a number. ${REMEDY}`],
	['an object', {}, `An item has an id that is neither a text nor a number. ${REMEDY}`],
	['no number', Number.NaN, `An item has the id NaN, which is not a number. ${REMEDY}`],
	['without an end', -Infinity, `An item has the id -Infinity, which is not a number. ${REMEDY}`],
	['a number that may stand for several', 2 ** 53, 'The id 9007199254740992 of an item has more digits than a number keeps exactly. Give it as text.'],
	['too long', `${longest}x`, `The id "${'x'.repeat(60)}…" of an item has 256 characters, but 255 is the most. Use a shorter id of the record.`],
	['no text that a store keeps', 'a\0b', 'The id "a\0b" of an item contains broken characters, so that it could not be found again. Correct it, or use another id of the record.'],
	['half an emoji', 'a\ud83d', 'The id "a\ufffd" of an item contains broken characters, so that it could not be found again. Correct it, or use another id of the record.'],
])('an id may not be %s', (_what, id, words) => {
	expect(read({ id })).toEqual([7, words]);
});

test('a submission has no id', () => {
	expect(read({ values: { name: 'Ada' } })).toEqual({ name: 'Ada' });
	expect(read({ id: undefined, values: { name: 'Ada' } })).toEqual({ name: 'Ada' });
});

test.each<[string, Partial<RawItem>, unknown]>([
	['yes', { id: 'A-1', deleted: true, values: { name: 'Ada' } }, { id: 'A-1', deleted: true }],
	['yes, and shows no fields', { id: 'A-1', deleted: true, values: null }, { id: 'A-1', deleted: true }],
	['no', { id: 'A-1', deleted: false, values: { name: 'Ada' } }, { id: 'A-1', name: 'Ada' }],
	['nothing', { id: 'A-1', deleted: null, values: { name: 'Ada' } }, { id: 'A-1', name: 'Ada' }],
	['yes, and has no id', { deleted: true }, [7, 'An item without an id says that it was deleted, but not which record is meant. Give the id of the record.']],
	['something else', { id: 'A-1', deleted: 'false' }, [7, 'The item with the id "A-1" does not say by yes or no whether it was deleted. Give true or false.']],
	['something else, and has no id', { deleted: 1 }, [7, 'An item without an id does not say by yes or no whether it was deleted. Give true or false.']],
])('whether it was deleted, an item says: %s', (_what, item, expected) => {
	expect(read(item)).toEqual(expected);
});

test.each<[string, unknown]>([
	['nothing', null],
	['nothing at all', undefined],
	['a text', 'Ada'],
	['a list', [{ name: 'Ada' }]],
])('instead of fields, an item holds %s', (_what, values) => {
	expect(read({ id: 'A-1', values })).toEqual([7, 'The item with the id "A-1" holds no fields. Give an object with a value for each field of the app.']);
	expect(read({ values })).toEqual([7, 'An item without an id holds no fields. Give an object with a value for each field of the app.']);
});

test('of the fields, those of the mapping that the item has itself are read, and nothing goes wrong with odd names', () => {
	expect(read({ values: { name: 'Ada', other: 'x' } })).toEqual({ name: 'Ada' });
	expect(read({ values: { name: undefined, phone: null } })).toEqual({ name: undefined, phone: null });
	expect(read({ values: Object.create({ name: 'inherited' }) })).toEqual({});
	expect(Object.entries(read({ values: JSON.parse('{"__proto__": "x", "toString": 1}') }, ['__proto__', 'toString', 'constructor']) as object)).toEqual([['__proto__', 'x'], ['toString', 1]]);
});

test('a field that cannot be read is named', () => {
	const values = { name: 'Ada', get phone() { throw new Error('no'); } };
	expect(read({ id: 'A-1', values }, ['name'])).toEqual({ id: 'A-1', name: 'Ada' });
	expect(read({ id: 'A-1', values })).toEqual([7, 'The item with the id "A-1" has a field "phone" that cannot be read. Look at the step before this one, and give a text, a number, a checkbox or a date.']);
});
