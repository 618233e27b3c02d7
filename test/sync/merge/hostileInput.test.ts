import { compileMapping } from '../../../src/sync/mapping/compileMapping';
import { mergeRecord } from '../../../src/sync/merge/mergeRecord';
import { lead } from '../entities';
import { key, LinkedPair, mappingOf, row } from '../merge/linkedPair';

const loop: Record<string, unknown> = {};
loop.self = loop;
const keyring = { current: key('first'), former: [] };

test.each<[string, unknown, string]>([
	['an object', { a: 1 }, "the app's value holds an object, not a single text"],
	['a list', ['a'], "the app's value holds a list, not a single text"],
	['a value that refers to itself', loop, "the app's value holds an object, not a single text"],
	['a function', () => 1, "the app's value holds an object, not a single text"],
	['a symbol', Symbol('a'), "the app's value holds an object, not a single text"],
	['NaN', Number.NaN, "the app's value NaN is not a value"],
	['half a character', 'a\ud83d', "the app's value contains broken characters (half of a surrogate pair)"],
	['10 MB of text', 'x'.repeat(10_000_000), "the app's value is 10,000,000 characters long; the field takes 80"],
])('%s is held, said in few words, and held again', (_what, raw, detail) => {
	const pair = LinkedPair.settled({ name: 'Ada' }, { LastName: 'Ada' }, row('name', 'LastName'));
	pair.app = { name: raw };
	for (let run = 0; run < 2; run += 1) {
		pair.run();
		expect(pair.merge.holds.map((hold) => [hold.held, hold.detail])).toEqual([['doesNotFit', detail]]);
		expect(pair.merge.quiet).toBe(false);
	}
	pair.app = { name: 'Ada' };
	expect(pair.run()).toEqual([]);
});

test('two broken characters are two', () => {
	const mapping = compileMapping(mappingOf([row('name', 'LastName', { direction: 'toApp' })]), lead);
	const prints = ['\ud83d', '\ud83e'].map((name) => {
		const { holds } = mergeRecord({ mapping, keyring, linkId: 'L1', app: { name }, crm: { LastName: 'Ada' }, base: new Uint8Array(0) });
		return holds[0].prints.app;
	});
	expect(new Set(prints).size).toBe(2);
});

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('a field of the app may be called %s', (name) => {
	const pair = LinkedPair.settled({}, { Phone: '1' }, row(name, 'Phone'));
	expect(pair.base).toBeUndefined();
	pair.app = JSON.parse(`{"${name}": "1"}`) as Record<string, unknown>;
	expect(pair.run()).toEqual([]);
	pair.crm = { Phone: '2' };
	expect(pair.run()).toEqual([`app ${name} = "2"`]);
	expect(Object.hasOwn(pair.merge.toApp, name)).toBe(true);
});

test('a mapping without rows merges nothing', () => {
	const mapping = compileMapping(mappingOf([]), lead);
	const merge = mergeRecord({ mapping, keyring, linkId: 'L1', app: { a: 1 }, crm: { Phone: '1' }, base: undefined });
	expect(merge).toMatchObject({ toCrm: {}, toApp: {}, holds: [], reports: [], awaiting: [], quiet: true, base: undefined });
	expect(merge.explain()).toEqual([]);
});

test('no note holds a value in its words', () => {
	const pair = LinkedPair.settled({ name: 'Ada' }, { LastName: 'Ada' }, row('name', 'LastName', { conflict: 'hold' }));
	pair.app = { name: 'Secret One' };
	pair.crm = { LastName: 'Secret Two' };
	pair.run();
	expect(pair.merge.holds[0].words).not.toMatch(/Secret/);
	expect(Buffer.from(pair.base!).toString('latin1')).not.toMatch(/Ada|Secret/);
});

test('only what stands in the way is told in detail', () => {
	const transform = { kind: 'valueMap', pairs: [{ app: 'TV', crm: 'Media' }] } as const;
	const pair = LinkedPair.settled({ sector: 'TV' }, { Industry: 'Media' }, row('sector', 'Industry', { conflict: 'hold', transform }));
	pair.app = { sector: 'Film' };
	pair.crm = { Industry: 'Retail' };
	expect(pair.run()).toEqual(['hold Industry conflict: app "Film", CRM "Retail"']);
	expect(pair.merge.holds[0]).not.toHaveProperty('detail');
});

test('a value that the CRM took back while it was on its way is still waited for', () => {
	const pair = LinkedPair.settled({ phone: '1' }, { Phone: '1' }, row('phone', 'Phone'));
	pair.appTakes = false;
	pair.crm = { Phone: '2' };
	pair.run();
	pair.crm = { Phone: '1' };
	expect(pair.run()).toEqual([]);
	expect(pair.merge.awaiting).toEqual(['phone-Phone']);
	pair.app = { phone: '2' };
	expect(pair.run()).toEqual(['app phone = "1"']);
});
