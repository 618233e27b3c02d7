import { held, linkedPairs, next } from '../twoWay/pairs';
import { World } from '../twoWay/World';

const full = { mode: 'changed', items: [], fullCompare: true, pageSize: 1_000 } as const;
const names = (count: number) => Array.from({ length: count }, (_, index) => `n${index + 1}`);

/** Pairs of which the CRM shows only so many more; nothing says that the others were deleted. */
async function missing(count: number, left = 0): Promise<World> {
	const world = await linkedPairs(...names(count + left));
	world.crm.pageSize = 2_000;
	world.crm.rows.splice(0, count);
	return world;
}

test('D45 more than 100 records are absent: one review, which ends when a later listing lacks few', async () => {
	const world = await missing(101, 1);
	const rows = structuredClone(world.crm.rows);
	expect([await next(world, full), held(world)]).toEqual([[], ['run absent']]);
	const [{ words }] = world.memory.contents.holds.values();
	expect(words).toMatch(/no longer shows more than 100 linked records.*let this through/);
	expect([await next(world, full), held(world)]).toEqual([[], ['run absent']]);
	for (let count = 1; count <= 101; count++) world.crm.rows.push({ ...rows[0], id: `L-${count}`, values: { ...rows[0].values, Email: `n${count}@x.com`, LastName: `n${count}` } });
	world.crm.rows.splice(0, 1);
	expect([await next(world, full), held(world)]).toEqual([[], ['A-102 absent']]);
});

test('D46 a person lets the review through: everything is compared once more, and each is held by itself', async () => {
	const world = await missing(101, 1);
	await next(world, full);
	await world.state.decide([...world.memory.contents.holds.values()][0], 'release');
	await next(world, { ...full, fullCompare: false });
	expect([held(world).length, [...new Set(held(world).map((line) => line.replace(/\d+/, 'n')))]]).toEqual([101, ['A-n absent']]);
	world.crm.calls.length = 0;
	await next(world, { ...full, fullCompare: false });
	expect(world.crm.calls).toEqual(['changes']);
	expect(world.app.records.size).toBe(102);
});

test('D47 only what a listing of everything did not show is read', async () => {
	const world = await missing(1, 1_200);
	world.crm.calls.length = 0;
	expect([await next(world, full), held(world), world.crm.calls]).toEqual([[], ['A-1 absent'], ['changes', 'read']]);
	const asked: string[][] = [];
	const { readByIds } = world.crm.changes;
	world.crm.changes.readByIds = (query) => {
		asked.push([...query.ids]);
		return readByIds(query);
	};
	world.crm.edit('L-2', { Phone: '2' });
	expect([await next(world, full), asked]).toEqual([['update app A-2 phone'], [['L-1']]]);
});

test('D85 the first run died, and the CRM no longer shows what it has made: the next one, which lists everything, holds that', async () => {
	const world = new World();
	const items = [{ index: 0, values: { email: 'ada@x.com', name: 'Ada', company: 'Acme' } }];
	expect((await world.run({ mode: 'events', items, crashAt: 'after commit 3' })).crashed).toBe(true);
	expect([...world.memory.contents.links.values()].map(({ appId, crmId }) => [appId, crmId])).toEqual([[null, 'L-1']]);
	world.crm.rows.splice(0);
	world.crm.calls.length = 0;
	const silent = { mode: 'changed', items: [] } as const;
	expect([await next(world, silent), held(world), world.crm.calls]).toEqual([[], ['L-1 absent'], ['changes', 'read']]);
	world.crm.calls.length = 0;
	expect([await next(world, silent), held(world), world.crm.calls]).toEqual([[], ['L-1 absent'], ['changes']]);
});
