import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { linkPrinter } from '../../../src/sync/base/fingerprint';
import { law } from '../laws/law';
import { key } from '../merge/linkedPair';

law('a fingerprint is what the page of the format says', fc.tuple(fc.string(), fc.string({ unit: 'binary' }), fc.nat(2 ** 28 - 1)), ([linkId, text, tag]) => {
	const linkKey = createHmac('sha256', key('k').secret).update(`1\nk\n${linkId}`).digest('base64').slice(0, 22);
	const digest = createHash('sha256').update(`${linkKey}${tag.toString(16).padStart(7, '0')}${text}`).digest();
	expect(linkPrinter(key('k'), linkId)(tag, text)).toBe(digest.readUIntBE(0, 6));
});

test('key, link, row and value each make another fingerprint', () => {
	const one = linkPrinter(key('k'), 'L1')(1, 'x');
	const others = [
		linkPrinter(key('other'), 'L1')(1, 'x'),
		linkPrinter({ ...key('k'), id: 'k2' }, 'L1')(1, 'x'),
		linkPrinter({ ...key('k'), secret: new Uint8Array(32) }, 'L1')(1, 'x'),
		linkPrinter(key('k'), 'L2')(1, 'x'),
		linkPrinter(key('k'), 'L1')(2, 'x'),
		linkPrinter(key('k'), 'L1')(1, 'y'),
		linkPrinter(key('k'), 'L1')(1, ''),
	];
	expect(new Set([one, ...others]).size).toBe(8);
	expect(linkPrinter(key('k'), 'L1')(1, 'x')).toBe(one);
});

test('a megabyte has a fingerprint like anything else', () => {
	const print = linkPrinter(key('k'), 'L1');
	expect(print(1, 'x'.repeat(1_000_000))).not.toBe(print(1, 'x'.repeat(1_000_001)));
});
