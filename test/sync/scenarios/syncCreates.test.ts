import { held, linkedPairs, next } from '../twoWay/pairs';
import { planned, told } from '../twoWay/told';
import { World } from '../twoWay/World';

/** Deleted in the CRM, edited in the app, and a person decided that the app counts. */
async function decidedForApp(...others: readonly string[]): Promise<World> {
	const world = await linkedPairs('ada', ...others);
	world.crm.remove('L-1');
	world.app.edit('A-1', { phone: '2' });
	expect(await next(world)).toEqual(['unlink A-1 L-1', 'hold A-1 deletedAndEdited']);
	await world.state.decide([...world.memory.contents.holds.values()][0], 'useApp');
	world.tick();
	return world;
}

const alive = (world: World) => world.crm.alive.map(({ id }) => id);

test('J22 a decision makes a record anew, and the run is killed before its commit: found by its match key, and linked', async () => {
	const world = await decidedForApp();
	expect((await world.run({ crashAt: 'after write 1' })).crashed).toBe(true);
	expect([alive(world), world.memory.contents.intents.size]).toEqual([['L-2'], 1]);
	expect([await next(world), held(world)]).toEqual([['link A-1 L-2'], []]);
	expect([await next(world), alive(world), world.memory.contents.intents.size]).toEqual([[], ['L-2'], 0]);
});

test('J23 the same, and the app edits the record before the next run: linked all the same, and the edit goes over', async () => {
	const world = await decidedForApp();
	await world.run({ crashAt: 'after write 1' });
	world.app.edit('A-1', { phone: '3' });
	expect([await next(world), held(world), alive(world)]).toEqual([['revive A-1 L-2', 'update crm L-2 Phone'], [], ['L-2']]);
});

test('J24 the same by a lost reply: not made again as long as it may be under way, and nobody is asked again', async () => {
	const world = await decidedForApp();
	world.crm.fault = () => 'lostBefore';
	expect(await next(world)).toEqual(['uncertain A-1', 'hold A-1 deletedAndEdited']);
	world.crm.fault = () => undefined;
	world.tick(60_000);
	expect(told((await world.run()).results)).toBe('\nhold A-1 deletedAndEdited\n');
	expect([...world.memory.contents.holds.values()]).toMatchObject([{ decision: 'useApp', words: expect.stringContaining('no usable answer') }]);
	expect([await next(world), held(world), alive(world)]).toEqual([['revive A-1 L-2', 'create crm L-2 from A-1'], [], ['L-2']]);
});

test('J25 somebody else has made the record anew meanwhile, or several: linked, or held', async () => {
	const [one, several] = [await decidedForApp(), await decidedForApp()];
	for (const { crm } of [one, several, several]) crm.add({ Email: 'ada@x.com', LastName: 'Ada', Phone: null });
	const preview = planned((await one.run({ dryRun: true })).results);
	expect(planned((await one.run()).results)).toEqual(preview);
	expect([preview.filter(Boolean), held(one)]).toEqual([['link A-1', 'update app A-1 name', 'update crm L-2 Phone'], []]);
	expect((await next(several)).slice(0, 1)).toEqual(['hold A-1 deletedAndEdited (L-2, L-3)']);
	expect(alive(several)).toEqual(['L-2', 'L-3']);
});

test('J26 the CRM refuses to take the record anew: tried again when its time comes, without asking again', async () => {
	const world = await decidedForApp();
	world.crm.fault = () => 'refused';
	expect(await next(world)).toEqual(['refused A-1 RULE', 'hold A-1 deletedAndEdited']);
	world.crm.fault = () => undefined;
	expect(await next(world)).toEqual(['hold A-1 deletedAndEdited']);
	world.tick(60 * 60_000);
	expect([await next(world), held(world)]).toEqual([['revive A-1 L-2', 'create crm L-2 from A-1'], []]);
});

test('J27 another record of the app comes with the same match value: neither is made twice', async () => {
	const world = await decidedForApp();
	const id = world.app.add({ email: 'ada@x.com' });
	const lines = await next(world, { pageSize: 10 });
	expect(lines).toEqual(['hold A-1 deletedAndEdited', `link ${id} L-2`, `create crm L-2 from ${id}`]);
	expect([await next(world), alive(world)]).toEqual([['hold A-1 deletedAndEdited (L-2)'], ['L-2']]);
});

test('J86 two runs in turn are killed before the same create, and the record gets another key: given back at once an hour later, so that the next run makes it', async () => {
	const world = new World();
	world.app.add({ email: 'ada@x.com', name: 'Ada' });
	for (let count = 0; count < 2; count++) {
		world.tick(12 * 60_000);
		expect((await world.run({ crashAt: 'before write 1' })).crashed).toBe(true);
	}
	expect(world.memory.contents.intents.size).toBe(2);
	world.app.edit('A-1', { email: 'eve@x.com' });
	world.tick(90 * 60_000);
	expect([await next(world), world.memory.contents.intents.size]).toEqual([['hold A-1 uncertain'], 0]);
	expect(await next(world)).toEqual(['link A-1 L-1', 'create crm L-1 from A-1']);
});
