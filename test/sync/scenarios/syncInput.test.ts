import { held, linkedPairs, next } from '../twoWay/pairs';
import { told } from '../twoWay/told';
import type { AppItem, RawItem } from '../../../src/sync/run/syncTypes';
import { World } from '../twoWay/World';

/** What an input may hold, whatever its type says. */
const raw = (items: readonly RawItem[]) => items as readonly AppItem[];

const loop: Record<string, unknown> = {};
loop.self = loop;

test.each([1, 9])('B11 deleted and shown again in one input, in pages of %d: it was not deleted; the other way round: it was', async (pageSize) => {
	const [there, gone] = [await linkedPairs('ada'), await linkedPairs('ada')];
	const shown = (index: number, phone: string) => ({ index, id: 'A-1', values: { phone } });
	const deleted = (index: number) => ({ index, id: 'A-1', values: {}, deleted: true });
	expect(await next(there, { mode: 'events', items: [deleted(0), shown(1, '2')], pageSize })).toEqual(['update crm L-1 Phone']);
	expect([...there.memory.contents.links.values()].map(({ ended }) => ended)).toEqual([null]);
	expect(await next(gone, { mode: 'events', items: [shown(0, '2'), deleted(1)], pageSize })).toEqual(['unlink A-1 L-1']);
	expect([...gone.memory.contents.links.values()].map(({ ended }) => ended)).toEqual(['deletedInApp']);
});

test('B12 an id may be a number: the same as its digits', async () => {
	const world = new World();
	const show = async (id: unknown, phone: string) => await next(world, { mode: 'events', items: raw([{ index: 0, id, values: { email: 'ada@x.com', name: 'Ada', company: 'Acme', phone } }]) });
	expect([await show(17, '1'), await show('17', '2'), await show(17n, '3')]).toEqual([['link 17 L-1', 'create crm L-1 from 17'], ['update crm L-1 Phone'], ['update crm L-1 Phone']]);
});

test('B13 an item that cannot be read is refused in words, and all others go on', async () => {
	const world = await linkedPairs('ada');
	const throwing = { get phone() { throw new Error('no'); } };
	const bad = [
		...['', null, {}, Number.NaN, 2 ** 60, 'x'.repeat(256), 'a\0b', 'a\ud800'].map((id) => ({ id, values: { phone: '2' } })),
		...[null, undefined, 'text', ['1'], throwing].map((values, index) => ({ id: `B-${index}`, values })),
		...['false', 0].map((deleted) => ({ id: 'A-1', values: {}, deleted })),
		{ values: {}, deleted: true },
	];
	const items = raw([...bad, { id: 'A-1', values: { phone: '2' } }].map((item, index) => ({ index, ...item })));
	for (const pageSize of [1, 50]) {
		const preview = await world.run({ mode: 'events', items, pageSize, dryRun: true });
		expect(told(preview.results).split('\n')).toContain('update crm L-1 Phone');
	}
	world.tick();
	const { results, summary } = await world.run({ mode: 'events', items });
	const refused = results.filter(({ steps }) => steps.some((step) => step.do === 'refused'));
	expect(refused.map(({ items: [place] }) => place)).toEqual(bad.map((_, index) => index));
	for (const { steps } of refused) expect(steps).toMatchObject([{ words: expect.stringMatching(/item.* .*\. [A-Z].*\.$/) as string, code: 'ITEM' }]);
	expect([world.crm.live('L-1')?.values.Phone, world.crm.alive.length, held(world), summary?.stopped]).toEqual(['2', 1, [], undefined]);
});

test.each<[string, unknown]>([
	['a large whole number in a list', [10n]],
	['an object that refers to itself', loop],
	['an object that fails as text', { toString: 1, toJSON: () => { throw new Error('no'); } }],
	['a function', () => 1],
	['a list deeper than any stack', JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`)],
	['a list without an end', Object.assign([], { length: 4_000_000_000 })],
])('B14 %s fits no field and is held, also where the CRM refuses or has deleted the record; all others go on', async (_what, value) => {
	const world = await linkedPairs('ada', 'bob', 'eve');
	world.crm.remove('L-2');
	world.crm.fault = (mutation) => ('Description' in mutation.values ? 'refused' : undefined);
	const items = ['A-1', 'A-2', 'A-3'].map((id, index) => ({ index, id, values: { ...world.app.records.get(id), ...(id === 'A-3' ? { phone: '2' } : { phone: value, note: 'x' }) } }));
	const lines = await next(world, { items, pageSize: 50 });
	expect(lines.filter((line) => !line.startsWith('unlink'))).toEqual(['refused A-1 RULE', 'hold A-1 value phone', 'hold A-2 deletedAndEdited', 'update crm L-3 Phone']);
	expect(held(world)).toEqual(['A-1 refused', 'A-1 value phone', 'A-2 deletedAndEdited']);
});

test('B15 a run had stopped before it looked at the input: what it was shown is held all the same', async () => {
	const world = await linkedPairs('ada', 'bob');
	world.app.edit('A-1', { phone: '2' });
	await world.run({ mode: 'changed', crashAt: 3 });
	world.app.edit('A-2', { phone: '3' });
	world.crm.callsLeft = 0;
	expect(await next(world, { mode: 'changed' })).toEqual(['notRun A-1 LIMIT', 'notRun A-2 LIMIT']);
	expect(held(world)).toEqual(['A-1 notRun', 'A-2 notRun']);
	world.crm.callsLeft = Infinity;
	expect(await next(world, { mode: 'changed' })).toEqual(['update crm L-1 Phone', 'update crm L-2 Phone']);
	expect(held(world)).toEqual([]);
});

test('B16 a submission that was not run is held under its key, and the hold ends when it is sent again', async () => {
	const world = await linkedPairs('ada');
	const items = ['bob', 'eve'].map((name, index) => ({ index, values: { email: `${name}@x.com`, name, company: 'Acme' } }));
	world.crm.callsLeft = 0;
	expect(await next(world, { items, dryRun: true })).toEqual(['notRun nobody LIMIT', 'notRun nobody LIMIT']);
	expect(held(world)).toEqual([]);
	await next(world, { items });
	expect([...world.memory.contents.holds.values()].map(({ subject, reason, appId }) => [subject.slice(0, 4), reason, appId])).toEqual([['key:', 'notRun', null], ['key:', 'notRun', null]]);
	world.crm.callsLeft = Infinity;
	expect(await next(world, { mode: 'events', items })).toEqual(['link - L-2', 'create crm L-2 from form', 'link - L-3', 'create crm L-3 from form']);
	expect(held(world)).toEqual([]);
});

test('S13 a held record is deleted in the app before it had a link: nothing is held any more, and the CRM’s record of its key goes to the app', async () => {
	const world = new World();
	for (const record of [{ email: null }, { email: 'ada@x.com', name: 'Refused' }]) world.app.add(record);
	expect([await next(world, { createInApp: false }), held(world)]).toEqual([['refused A-2 RULE', 'hold A-1 noKey'], ['A-1 noKey', 'A-2 refused']]);
	world.crm.add({ Email: 'ada@x.com', LastName: 'Ada' });
	for (const id of ['A-1', 'A-2']) world.app.remove(id);
	const preview = await next(world, { mode: 'changed', dryRun: true });
	expect(held(world)).toEqual(['A-1 noKey', 'A-2 refused']);
	expect(await next(world, { mode: 'changed' })).toEqual(['link - L-1', 'create app new from L-1 email+name']);
	expect(preview).toEqual(['link - L-1', 'create app new from L-1 email+name']);
	expect([await next(world), held(world)]).toEqual([['link A-3 L-1'], []]);
});

test('B17 a record stands twice in one page of changes: once; in two versions: as it is now', async () => {
	const world = await linkedPairs('ada');
	const { readChanges } = world.crm.changes;
	world.crm.changes.readChanges = async function* (query) {
		for await (const page of readChanges(query)) yield { ...page, records: page.records.flatMap((record) => [record, { ...record, stamp: `${record.stamp} before`, values: { ...record.values, Phone: '0' } }, record]) };
	};
	world.crm.add({ Email: 'bob@x.com', LastName: 'Bob' });
	world.crm.edit('L-1', { Phone: '2' });
	const expected = ['update app A-1 phone', 'link - L-2', 'create app new from L-2 email+name'];
	expect((await next(world, { mode: 'changed', items: [], dryRun: true })).sort()).toEqual([...expected].sort());
	expect((await next(world, { mode: 'changed', items: [] })).sort()).toEqual([...expected].sort());
	expect([world.app.records.get('A-1')?.phone, held(world)]).toEqual(['2', []]);
	expect(await next(world)).toEqual(['link A-2 L-2']);
});
