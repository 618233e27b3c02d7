import fc from 'fast-check';
import type { AppItem } from '../../../src/sync/run/syncTypes';
import { law } from '../laws/law';
import { linkedPairs, next } from '../twoWay/pairs';
import { planned, told } from '../twoWay/told';
import type { World } from '../twoWay/World';

interface Event {
	readonly id: string | undefined;
	readonly values: Readonly<Record<string, string | null>>;
	readonly deleted?: true;
}

const values = fc.record({ name: fc.constantFrom('ada', 'Two'), phone: fc.constantFrom('1', '2', null), note: fc.constantFrom('x', 'y') }, { requiredKeys: [] });
const shown = fc.record({ id: fc.constantFrom('A-1', 'A-2', 'N-1', 'N-2'), values });
const deleted = fc.record({ id: fc.constantFrom('A-1', 'A-2', 'N-1'), values: fc.constant({}), deleted: fc.constant(true as const) });
const submitted = fc.record({ id: fc.constant(undefined), values: values.map((some) => ({ email: 'form@x.com', ...some })) });
const events: fc.Arbitrary<readonly Event[]> = fc.array(fc.oneof({ weight: 5, arbitrary: shown }, deleted, submitted), { minLength: 1, maxLength: 8 });

/** A new record brings its key and what the CRM demands with its first item. */
function itemsOf(drawn: readonly Event[]): readonly AppItem[] {
	return drawn.map(({ id, values: some, deleted: gone }, index) => {
		const isNew = id === undefined || (id.startsWith('N') && drawn.findIndex((event) => event.id === id && !event.deleted) === index);
		return { index, ...(id === undefined ? {} : { id }), values: { ...(isNew ? { email: `${id ?? 'form'}@x.com`, name: 'New', company: 'Acme' } : {}), ...some }, ...(gone ? { deleted: gone } : {}) };
	});
}

/** One item a record, folded by hand. */
function byHand(items: readonly AppItem[]): readonly AppItem[] {
	const records = new Map<unknown, AppItem>();
	for (const item of items) {
		const former = records.get(item.id);
		records.set(item.id, { ...item, values: { ...former?.values, ...item.values } });
	}
	return [...records.values()].map((item, index) => ({ ...item, index }));
}

function ending({ crm, memory }: World): unknown {
	const { links, holds } = memory.contents;
	return [crm.alive.map(({ values: all }) => JSON.stringify(all)).sort(), [...links.values()].map(({ appId, ended }) => `${appId} ${ended}`).sort(), [...holds.values()].map(({ appId, reason }) => `${appId} ${reason}`).sort()];
}

law('items of one record are one, whichever pages they stand in, and a preview says the same as the run', events, async (drawn) => {
	const items = itemsOf(drawn);
	const endings: unknown[] = [];
	for (const [some, pageSize] of [[byHand(items), 50], [items, 50], [items, 2], [items, 1]] as const) {
		const world = await linkedPairs('ada', 'bob');
		const options = { mode: 'events', items: some, pageSize } as const;
		const preview = await world.run({ ...options, dryRun: true });
		const ran = await world.run(options);
		expect(planned(preview.results)).toEqual(planned(ran.results));
		expect([...new Set(ran.results.flatMap(({ items: places }) => places))].sort()).toEqual(some.map(({ index }) => index));
		endings.push(ending(world));
	}
	expect(endings.slice(1)).toEqual([endings[0], endings[0], endings[0]]);
}, 40);

test('a result names all items of its record, and comes with the page of the last one', async () => {
	const world = await linkedPairs('ada', 'bob');
	const items = [{ phone: '2' }, { phone: '1' }, { name: 'Ada' }].map((some, index) => ({ index, id: index === 1 ? 'A-2' : 'A-1', values: some }));
	world.tick();
	const { results } = await world.run({ mode: 'events', items, pageSize: 1 });
	expect(results.map(({ items: places, appId }) => [places, appId])).toEqual([[[1], 'A-2'], [[0, 2], 'A-1']]);
	expect(told(results)).toBe('\nupdate crm L-1 LastName+Phone\n');
});

test('earlier pages are asked for once more only where their items show what the last one does not', async () => {
	const world = await linkedPairs('ada');
	const full = { name: 'Ada', company: 'Acme', email: 'ada@x.com', note: 'x', size: 1 };
	let asked = 0;
	const item = (index: number, some: AppItem['values']) => ({ get index() { asked += 1; return index; }, id: 'A-1', values: some });
	const reads = async (items: readonly AppItem[]) => {
		asked = 0;
		await next(world, { mode: 'events', items, pageSize: 1 });
		return asked / items.length;
	};
	const whole = await reads([item(0, { ...full, phone: '2' }), item(1, { ...full, phone: '3' })]);
	const partly = await reads([item(0, { phone: '4' }), item(1, { name: 'Ada B.' })]);
	expect(partly - whole).toBeGreaterThan(0);
	expect(world.crm.live('L-1')?.values).toMatchObject({ LastName: 'Ada B.', Phone: '4' });
});

test('what an earlier page showed is taken back, after as many deletions as updates', async () => {
	const world = await linkedPairs('ada', 'bob');
	const items: AppItem[] = [{ index: 0, id: 'A-1', values: { phone: '2' } }, { index: 1, id: 'A-2', values: {}, deleted: true }, { index: 2, id: 'A-1', values: { phone: '1' } }];
	expect(await next(world, { mode: 'events', items, pageSize: 1 })).toEqual(['unlink A-2 L-2']);
	expect(world.crm.live('L-1')?.values.Phone).toBe('1');
});

test('a store may give its notes in any order', async () => {
	const world = await linkedPairs('ada');
	const find = world.memory.notes.find.bind(world.memory.notes);
	jest.spyOn(world.memory.notes, 'find').mockImplementation(async (...asked) => new Map([...(await find(...asked))].map(([key, values]) => [key, values.toReversed()])));
	const items = ['2', '3', '4'].map((phone, index): AppItem => ({ index, id: 'A-1', values: { phone } }));
	world.tick();
	const { results } = await world.run({ mode: 'events', items, pageSize: 1 });
	expect(results.map(({ items: places, appId }) => [places, appId])).toEqual([[[0, 1, 2], 'A-1']]);
	expect(world.crm.live('L-1')?.values.Phone).toBe('4');
});

test('a field that a later item names without a value is not shown by it', async () => {
	const world = await linkedPairs('ada');
	const items = [{ phone: '2' }, { phone: undefined, note: 'x' }].map((values, index): AppItem => ({ index, id: 'A-1', values }));
	expect(await next(world, { mode: 'events', items })).toEqual(['update crm L-1 Description+Phone']);
});
