import fc from 'fast-check';
import type { FieldBase } from '../../../src/sync/base/fieldBase';
import { packBase, unpackBase, type BaseEntry, type LinkBase } from '../../../src/sync/base/packedBase';
import { law } from '../laws/law';

const prints = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const pending = fc.record({ print: prints, tries: fc.integer({ min: 1, max: 63 }), earlier: fc.array(prints, { maxLength: 3 }) });
const fieldBases: fc.Arbitrary<FieldBase> = fc
	.record({ app: prints, crm: fc.option(prints, { nil: undefined }), alike: fc.boolean(), pending: fc.option(pending, { nil: undefined }) })
	.map((drawn) => ({ app: drawn.app, crm: drawn.alike ? drawn.app : drawn.crm, ...(drawn.pending && { pending: drawn.pending }) }));
const entries: fc.Arbitrary<BaseEntry> = fc.record({ tag: fc.integer({ min: 0, max: 2 ** 28 - 1 }), base: fc.oneof(fieldBases, fc.constant('lost' as const)) });
const linkBases: fc.Arbitrary<LinkBase> = fc.record({ canonicalForm: fc.nat(255), keyTag: fc.integer({ min: 0, max: 2 ** 32 - 1 }), entries: fc.array(entries, { maxLength: 40 }) });

law('what was packed is unpacked', linkBases, (link) => {
	expect(unpackBase(packBase(link))).toEqual(link);
});

law('bytes that lie inside others are read where they lie', linkBases, (link) => {
	const packed = packBase(link);
	const around = new Uint8Array(packed.length + 7);
	around.set(packed, 3);
	expect(unpackBase(around.subarray(3, 3 + packed.length))).toEqual(link);
});

law('bytes that were cut are never read as something else than fewer rows', fc.tuple(linkBases, fc.nat()), ([link, cut]) => {
	const packed = packBase(link);
	const read = unpackBase(packed.slice(0, cut % packed.length));
	if (read) expect(read.entries).toEqual(link.entries.slice(0, read.entries.length));
});

law('no bytes make reading fail', fc.uint8Array({ maxLength: 200 }), (bytes) => {
	const read = unpackBase(Uint8Array.from([1, ...bytes]));
	if (read) expect(packBase(read).length).toBeLessThanOrEqual(bytes.length + 1);
});

const settled = (crm: number) => Array.from({ length: 30 }, (_, tag): BaseEntry => ({ tag, base: { app: 1, crm } }));

test('30 rows take 306 bytes where both sides show the same, and 486 where they never do', () => {
	expect(packBase({ canonicalForm: 1, keyTag: 1, entries: settled(1) })).toHaveLength(306);
	expect(packBase({ canonicalForm: 1, keyTag: 1, entries: settled(2) })).toHaveLength(486);
});

test('more tries and earlier values than there is room for are cut, not mixed up', () => {
	const base: FieldBase = { app: 1, crm: 2, pending: { print: 3, tries: 1_000, earlier: [4, 5, 6, 7] } };
	const [read] = unpackBase(packBase({ canonicalForm: 1, keyTag: 1, entries: [{ tag: 1, base }] }))!.entries;
	expect(read.base).toEqual({ app: 1, crm: 2, pending: { print: 3, tries: 63, earlier: [4, 5, 6] } });
});

test.each([[[]], [[1]], [[1, 1, 0, 0, 0]], [[2, 1, 0, 0, 0, 0]], [[1, 1, 0, 0, 0, 0, 9]], [[1, 1, 0, 0, 0, 0, 0, 0, 0, 4]]])('%j is nothing that was packed', (bytes) => {
	expect(unpackBase(Uint8Array.from(bytes))).toBeUndefined();
});
