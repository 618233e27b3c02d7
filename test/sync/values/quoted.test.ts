import { quoted } from '../../../src/sync/values/quoted';

const loop: unknown[] = [];
loop.push(loop);

test.each<[string, unknown, string]>([
	['a short text, whole', 'x'.repeat(60), `"${'x'.repeat(60)}"`],
	['a longer one, by its beginning', 'x'.repeat(61), `"${'x'.repeat(60)}…"`],
	['an emoji, as one character', '😀'.repeat(60), `"${'😀'.repeat(60)}"`],
	['lines, as one', 'a\r\n\tb', '"a b"'],
	['many blanks, as one', `a${' '.repeat(998)}b`, '"a b"'],
	['what is too long to be read, by its beginning', `a${' '.repeat(999)}b`, '"a …"'],
	['half an emoji, as a sign for it', '\ud83d', '"\ufffd"'],
	['a number', 5, '"5"'],
	['a large whole number', 12345678901234567890n, '"12345678901234567890"'],
	['a list', [1, 'a'], '"[1,"a"]"'],
	['what is not there', undefined, '"undefined"'],
	['what holds itself', loop, '"an object"'],
])('a sentence shows %s', (_what, value, expected) => {
	expect(quoted(value)).toBe(expected);
});
