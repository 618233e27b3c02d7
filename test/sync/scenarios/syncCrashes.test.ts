import { confirmDeliveries } from '../../../src/sync/deliveries/confirmDeliveries';
import { held, linkedPairs, next } from '../twoWay/pairs';
import { World } from '../twoWay/World';

const one = { updateGuard: { most: 1, share: 1, atLeast: 1 } };

test('G11 killed between an update and its commit: it counts as soon as it is known to be done', async () => {
	const world = await linkedPairs('ada', 'bob');
	world.tick(26 * 60 * 60_000);
	world.app.edit('A-1', { phone: '2' });
	expect((await world.run({ ...one, crashAt: 'before commit 3' })).crashed).toBe(true);
	world.app.edit('A-2', { phone: '2' });
	expect(await next(world, one)).toEqual(['notRun A-2 GUARD']);
	expect([world.crm.alive.map(({ values }) => values.Phone), held(world)]).toEqual([['2', '1'], ['run guard']]);
	expect(world.memory.contents.counts.filter(({ at }) => at > world.now - 86_400_000).map(({ updates }) => updates)).toEqual([1]);
});

test('G12 an update without an answer counts once, whether it is known to be done with the same run or the next', async () => {
	const world = await linkedPairs('ada', 'bob', 'eve');
	world.tick(26 * 60 * 60_000);
	const two = { updateGuard: { most: 2, share: 1, atLeast: 2 } };
	const counts = () => world.memory.contents.counts.filter(({ at }) => at > world.now - 86_400_000).map(({ updates }) => updates);
	world.app.edit('A-1', { phone: '2' });
	world.crm.fault = () => {
		world.crm.callsLeft = 0;
		return 'lostAfter';
	};
	expect([await next(world, two), held(world), counts()]).toEqual([['uncertain A-1'], ['A-1 uncertain'], [1]]);
	world.crm.fault = () => 'lostAfter';
	world.crm.callsLeft = Infinity;
	world.app.edit('A-2', { phone: '2' });
	expect([await next(world, { ...two, mode: 'changed' }), held(world), counts()]).toEqual([['update crm L-2 Phone'], [], [1, 1]]);
	world.app.edit('A-3', { phone: '2' });
	expect(await next(world, two)).toEqual(['notRun A-3 GUARD']);
});

test('G13 more is to change than was reckoned: the run stops before that page, and one review is held', async () => {
	const world = await linkedPairs('ada', 'bob');
	world.tick(26 * 60 * 60_000);
	for (const id of ['A-1', 'A-2']) world.app.edit(id, { phone: '2' });
	world.crm.edit('L-2', { Phone: '2' });
	world.crm.beforeCheck = () => {
		world.crm.beforeCheck = () => undefined;
		world.crm.edit('L-2', { Phone: '3' });
	};
	expect(await next(world, { ...one, pageSize: 1 })).toEqual(['update crm L-1 Phone', 'notRun A-2 GUARD']);
	const [review] = world.memory.contents.holds.values();
	expect([held(world), review.candidates, review.words]).toEqual([['run guard'], ['L-2'], expect.stringContaining('would change 1 records and end 0 links of deleted ones; 1 and 0 were')]);
});

const silent = { mode: 'changed', items: [] } as const;

test('J17 killed between an update and its commit: what the same plan was to send to the app is sent by the next run', async () => {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { phone: '2' });
	world.crm.edit('L-1', { LastName: 'Countess' });
	expect((await world.run({ mode: 'changed', crashAt: 4 })).crashed).toBe(true);
	expect([world.crm.alive[0].values.Phone, world.app.records.get('A-1')?.name]).toEqual(['2', 'ada']);
	expect(await next(world, silent)).toEqual(['update app A-1 name']);
	expect([await next(world), held(world)]).toEqual([[], []]);
	expect(world.app.records.get('A-1')).toMatchObject({ name: 'Countess', phone: '2' });
});

test('J18 the same, and the update was the first of a new link: linked, and the rest waits for the app', async () => {
	const world = new World();
	world.app.add({ email: 'ada@x.com', name: 'Ada', phone: '1' });
	world.crm.add({ Email: 'ada@x.com', LastName: 'Countess', Phone: null });
	expect((await world.run({ mode: 'changed', crashAt: 6 })).crashed).toBe(true);
	expect([world.crm.alive[0].values.Phone, world.memory.contents.links.size]).toEqual(['1', 0]);
	expect([await next(world, silent), held(world)]).toEqual([['report A-1'], ['A-1 notRun']]);
	expect([await next(world), held(world)]).toEqual([['update app A-1 name'], []]);
});

test('J19 killed before that update: not linked, and the record is not forgotten', async () => {
	const world = new World();
	world.app.add({ email: 'ada@x.com', name: 'Ada', phone: '1' });
	world.crm.add({ Email: 'ada@x.com', LastName: 'Ada', Phone: null });
	await world.run({ mode: 'changed', crashAt: 5 });
	expect([await next(world, silent), held(world)]).toEqual([['hold L-1 ambiguous (L-1)'], ['A-1 notRun', 'L-1 ambiguous']]);
	expect([await next(world), held(world)]).toEqual([['link A-1 L-1', 'update crm L-1 Phone'], []]);
});

test('J20 an update without an answer, and the app confirms another field meanwhile: what it made of it stays', async () => {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { phone: '2' });
	world.crm.edit('L-1', { LastName: 'Countess' });
	world.crm.fault = () => {
		world.crm.callsLeft = 0;
		return 'lostAfter';
	};
	expect(await next(world, { arrives: () => false })).toEqual(['uncertain A-1', 'update app A-1 name']);
	world.crm.callsLeft = Infinity;
	const [{ id: deliveryId }] = world.memory.contents.deliveries.values();
	const keyring = { current: { id: 'key 1', secret: new Uint8Array(32).fill(7) }, former: [] };
	const request = { state: world.state, leases: world.leases, keyring, newId: () => 'confirm', scope: { connectionId: 'id', entity: 'Lead', appName: 'Shop' }, description: world.crm.description };
	world.app.edit('A-1', { name: 'COUNTESS' });
	expect(await confirmDeliveries([{ deliveryId, readBack: { name: 'COUNTESS' } }], request)).toEqual(['confirmed']);
	expect(await next(world)).toEqual([]);
	expect([world.crm.alive[0].values.LastName, world.app.records.get('A-1')?.name]).toEqual(['Countess', 'COUNTESS']);
});

test('J21 another node has linked one of the records of updates without outcome: the others are settled', async () => {
	const world = new World();
	for (const name of ['ada', 'bob']) {
		world.app.add({ email: `${name}@x.com`, name, phone: '1' });
		world.crm.add({ Email: `${name}@x.com`, LastName: name, Phone: null });
	}
	await world.run({ crashAt: 6 });
	const { contents } = world.memory;
	const [{ syncId }] = contents.intents.values();
	contents.links.set('other', { id: 'other', syncId, appId: 'A-9', crmId: 'L-1', keyHash: null, base: new Uint8Array(), ended: null, endedAt: null, successor: null });
	await next(world, silent);
	expect([...contents.links.values()].map(({ appId, crmId }) => `${appId} ${crmId}`)).toEqual(['A-9 L-1', 'A-2 L-2']);
	expect([contents.intents.size, held(world)]).toEqual([0, ['A-1 notRun', 'A-2 notRun']]);
});

/** What the next run will do, in words of a preview that stores nothing. */
async function previewed(world: World): Promise<string[]> {
	const before = JSON.stringify([...Object.values(world.memory.contents).map((part) => [...part]), world.crm.rows]);
	const lines = await next(world, { ...silent, dryRun: true });
	expect(JSON.stringify([...Object.values(world.memory.contents).map((part) => [...part]), world.crm.rows])).toBe(before);
	world.tick(-30 * 60_000);
	return lines;
}

test('J93 killed around an update, and the next run is a preview: it looks as well what became of that', async () => {
	for (const crashAt of ['before write 1', 'after write 1']) {
		const world = await linkedPairs('ada');
		world.app.edit('A-1', { phone: '2' });
		expect((await world.run({ mode: 'changed', crashAt })).crashed).toBe(true);
		world.crm.edit('L-1', { LastName: 'Countess', ...(crashAt === 'before write 1' ? { Phone: '3' } : {}) });
		expect([await previewed(world), await next(world, silent)]).toEqual([['update app A-1 name'], ['update app A-1 name']]);
		expect(held(world)).toEqual(crashAt === 'before write 1' ? ['A-1 notRun'] : []);
	}
});

test('J94 the same, and the update was the first of a new link', async () => {
	for (const [crashAt, lines] of [['before write 1', ['report A-1', 'hold L-1 ambiguous (L-1)']], ['after write 1', ['report A-1']]] as const) {
		const world = new World();
		world.app.add({ email: 'ada@x.com', name: 'Ada', phone: '1' });
		world.crm.add({ Email: 'ada@x.com', LastName: 'Countess', Phone: null });
		expect((await world.run({ mode: 'changed', crashAt })).crashed).toBe(true);
		expect([await previewed(world), await next(world, silent)]).toEqual([lines, lines]);
	}
});
