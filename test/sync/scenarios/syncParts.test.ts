import { held, linkedPairs, next } from '../twoWay/pairs';
import { World } from '../twoWay/World';

const silent = { mode: 'changed', items: [] } as const;
const writes = (world: World) => world.crm.calls.filter((call) => call === 'write').length;

/** Records of the app, some of which the CRM chokes on. */
function withPoison(all: number, isPoison: (index: number) => boolean): World {
	const world = new World();
	for (let index = 0; index < all; index++) world.app.add({ email: `n${index}@x.com`, name: isPoison(index) ? 'Poison' : `Name ${index}` });
	return world;
}

const reasons = (world: World) => held(world).map((line) => line.split(' ')[1]);

test('J28 others keep changing a record each time it is to be written: held until the app shows it', async () => {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { phone: '2' });
	let count = 0;
	world.crm.fault = () => {
		world.crm.edit('L-1', { LastName: `Other ${++count}` });
		return 'lostBefore';
	};
	expect([await next(world, { mode: 'changed' }), held(world), count]).toEqual([['notRun A-1'], ['A-1 notRun'], 3]);
	world.crm.fault = () => undefined;
	expect([await next(world, silent), held(world)]).toEqual([[], ['A-1 notRun']]);
	expect([await next(world), held(world)]).toEqual([['update crm L-1 Phone', 'update app A-1 name'], []]);
});

test.each<['all' | 'changed', string[]]>([
	['all', []],
	['changed', ['A-1 notRun', 'A-2 notRun']],
])('J29 the run stops just before it writes: where the app shows only changes, they are held until it shows them (it shows %s)', async (mode, waiting) => {
	const world = await linkedPairs('ada', 'bob');
	for (const id of ['A-1', 'A-2']) world.app.edit(id, { phone: '2' });
	world.crm.callsLeft = 2;
	expect([await next(world, { mode }), held(world)]).toEqual([['notRun A-1 LIMIT', 'notRun A-2 LIMIT'], waiting]);
	world.crm.callsLeft = Infinity;
	expect([await next(world, { mode: 'changed' }), held(world)]).toEqual([['update crm L-1 Phone', 'update crm L-2 Phone'], []]);
});

test('J30 the CRM chokes on 20 of 200 records: all others are written with the same run', async () => {
	const world = withPoison(200, (index) => index % 10 === 0);
	await next(world, { pageSize: 1_000 });
	expect([world.crm.alive.length, new Set(reasons(world))]).toEqual([180, new Set(['refused'])]);
	expect(writes(world)).toBeLessThanOrEqual(1 + 2 * 20 * Math.ceil(Math.log2(200)));
	world.crm.calls.length = 0;
	await next(world, { pageSize: 1_000 });
	expect(writes(world)).toBe(0);
});

test('J41 it chokes on so many that a run does not find them all: the rest waits, and the next runs go on', async () => {
	const world = withPoison(400, (index) => index % 2 === 0);
	const runs: [number, number][] = [];
	for (let count = 0; count < 3; count++) {
		world.crm.calls.length = 0;
		await next(world, { pageSize: 1_000 });
		runs.push([world.crm.alive.length, writes(world)]);
	}
	expect(runs.map(([, calls]) => calls <= 300)).toEqual([true, true, true]);
	expect(runs[0][0]).toBeGreaterThan(60);
	expect([runs[2][0], new Set(reasons(world))]).toEqual([200, new Set(['refused'])]);
});

/** Each write takes four minutes; of three records the first is refused by breaking down, and the reply of the last is lost. */
function slowly(world: World): World {
	const write = world.crm.write.bind(world.crm);
	world.crm.write = async (batch) => {
		world.tick(4 * 60_000);
		return await write(batch);
	};
	world.crm.fault = ({ values }) => (values.LastName === 'Name 2' ? 'lostBefore' : undefined);
	return world;
}

test('J42 a create without an answer was sent late in a long run: waited for from then on', async () => {
	const world = slowly(withPoison(3, (index) => index === 0));
	expect(await next(world, { pageSize: 10 })).toContain('uncertain A-3');
	world.crm.fault = () => undefined;
	world.tick(9 * 60_000);
	expect((await world.run()).results.flatMap(({ steps }) => steps)).toMatchObject([{ do: 'hold', hold: { reason: 'refused' } }, { do: 'hold', hold: { reason: 'uncertain' } }]);
	expect([await next(world), world.crm.alive.length]).toEqual([['hold A-1 refused', 'link A-3 L-2', 'create crm L-2 from A-3'], 2]);
});

test('J43 the same, and the run is killed', async () => {
	const world = slowly(withPoison(3, (index) => index === 0));
	const started = world.now;
	world.crm.step = () => undefined;
	let writing = 0;
	const write = world.crm.write.bind(world.crm);
	world.crm.write = async (batch) => {
		if (++writing === 4) throw new Error('killed');
		return await write(batch);
	};
	await expect(world.run({ pageSize: 10 })).rejects.toThrow('killed');
	const sent = [...world.memory.contents.intents.values()].map(({ appId, startedAt }) => [appId, (Date.parse(startedAt) - started) / 60_000]);
	expect(sent).toEqual([['A-1', 4], ['A-2', 8], ['A-3', 12]]);
});

test('J44 the lease is lost while a part is written: no further part is sent', async () => {
	const world = await linkedPairs('ada', 'bob', 'eve');
	for (const id of ['A-1', 'A-2', 'A-3']) world.app.edit(id, { name: 'Poison' });
	const write = world.crm.write.bind(world.crm);
	world.crm.write = async (batch) => {
		const outcomes = await write(batch);
		world.tick(6 * 60_000);
		await world.leases.acquire('sync ["id","Lead","Shop"]', 'another run', 60_000);
		return outcomes;
	};
	world.crm.calls.length = 0;
	const { summary } = await world.run({ pageSize: 10 });
	expect([writes(world), summary?.stopped?.words]).toEqual([1, 'Another run of the same sync has taken over.']);
	expect(world.memory.contents.intents.size).toBe(3);
});

test('J45 the CRM refuses what the app changed of a record: what the CRM changed of it is sent to the app all the same', async () => {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { phone: '2' });
	world.crm.edit('L-1', { LastName: 'Countess' });
	world.crm.fault = () => 'refused';
	expect([await next(world), world.app.records.get('A-1')?.name]).toEqual([['refused A-1 RULE', 'update app A-1 name'], 'Countess']);
	expect([await next(world), held(world), world.memory.contents.deliveries.size]).toEqual([['refused A-1 RULE'], ['A-1 refused'], 0]);
});
