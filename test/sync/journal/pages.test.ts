import { held, linkedPairs, next } from '../twoWay/pairs';
import { World } from '../twoWay/World';

const lost = { arrives: () => false };
const together = { pageSize: 10 };
/** A run in which the app shows nothing. */
const silent = { mode: 'changed', items: [] } as const;

const writes = (world: World) => world.crm.calls.filter((call) => call === 'write').length;
const waiting = (world: World) => [...world.memory.contents.deliveries.values()];
const submission = (values: Record<string, unknown>) => ({ mode: 'events', items: [{ index: 0, values: { name: 'Ada', company: 'Acme', email: 'ada@x.com', ...values } }] }) as const;
const LEASE_LOST = 'Another run of the same sync has taken over.';

test('a page in which one record was changed meanwhile: the others are written as planned', async () => {
	const world = await linkedPairs('ada', 'bob');
	for (const id of ['A-1', 'A-2']) world.app.edit(id, { phone: '2' });
	world.crm.beforeCheck = () => {
		world.crm.beforeCheck = () => undefined;
		world.crm.edit('L-1', { Phone: '3' });
	};
	expect((await next(world, together)).sort()).toEqual(['update app A-1 phone', 'update crm L-2 Phone']);
});

test('others change a record all the time: left to the next run after three times', async () => {
	const world = await linkedPairs('ada', 'bob');
	world.crm.compareAndSet = true;
	for (const id of ['A-1', 'A-2']) world.app.edit(id, { phone: '2' });
	let count = 0;
	world.crm.beforeCheck = () => world.crm.edit('L-1', { Description: `x${(count += 1)}` });
	world.crm.calls.length = 0;
	expect(await next(world, together)).toEqual(['update crm L-2 Phone', 'notRun A-1']);
	expect(writes(world)).toBe(3);
});

test('more than the guard lets through turns up after the preview: that page is not done, nor anything after it', async () => {
	const world = await linkedPairs('ada', 'bob');
	world.app.edit('A-1', { phone: '2' });
	world.crm.fault = () => {
		world.crm.edit('L-2', { Phone: '3' });
		return undefined;
	};
	world.tick(25 * 60 * 60_000);
	const guards = { updateGuard: { most: 1, share: 1, atLeast: 1 }, deleteGuard: { most: 1, share: 1, atLeast: 1 } };
	const { results, summary } = await world.run({ ...guards, fullCompare: true, pageSize: 1 });
	expect(results.map(({ steps }) => steps.map((step) => step.do))).toEqual([['update'], ['notRun']]);
	expect(results[1].steps).toMatchObject([{ words: expect.stringMatching(/^This run would change 1 records/), code: 'GUARD' }]);
	expect([summary?.stopped?.code, waiting(world)]).toEqual(['GUARD', []]);
});

describe('what one page stores', () => {
	test('what arrived is over, whatever else the page sends', async () => {
		const world = await linkedPairs('ada', 'bob');
		world.crm.edit('L-1', { Phone: '2' });
		await next(world);
		world.crm.edit('L-2', { Phone: '3' });
		world.app.edit('A-2', { name: 'Bob' });
		expect(await next(world, { ...together, ...lost })).toEqual(['update crm L-2 LastName', 'update app A-2 phone']);
		expect(waiting(world)).toHaveLength(1);
	});

	test('a delivery knows since when it is under way', async () => {
		const world = await linkedPairs('ada');
		world.crm.edit('L-1', { Phone: '2' });
		await next(world, lost);
		const since = new Date(world.now).toISOString();
		await next(world, lost);
		expect(waiting(world)).toMatchObject([{ createdAt: since, tries: 2 }]);
	});

	test('nothing for the app of a record of which it has shown none yet', async () => {
		const world = new World();
		await next(world, submission({ phone: '1' }));
		world.crm.edit('L-1', { Phone: '2' });
		expect(await next(world, submission({ note: 'x' }))).toEqual(['update crm L-1 Description']);
		expect(waiting(world)).toEqual([]);
	});

	test('nothing for the app of a record that another node links meanwhile', async () => {
		const world = await linkedPairs('ada');
		world.app.add({ email: 'bob@x.com', name: 'Bob', phone: '2', note: null });
		world.crm.add({ Email: 'bob@x.com', LastName: 'Bobby' });
		world.crm.fault = () => {
			const [link] = world.memory.contents.links.values();
			world.memory.contents.links.set('other', { ...link, id: 'other', appId: 'A-9', crmId: 'L-2' });
			return undefined;
		};
		expect(await next(world, together)).toEqual(['update crm L-2 Phone', 'hold A-2 linkedElsewhere']);
		expect(waiting(world)).toEqual([]);
	});
});

describe('the lease', () => {
	test('is lost while a write is under way: nothing is stored, and the run stops', async () => {
		const world = await linkedPairs('ada', 'bob');
		for (const id of ['A-1', 'A-2']) world.app.edit(id, { phone: '2' });
		world.crm.fault = () => {
			world.tick(6 * 60_000);
			return undefined;
		};
		const before = await world.state.find({ connectionId: 'id', entity: 'Lead', appName: 'Shop' });
		world.tick();
		const { summary } = await world.run({ pageSize: 1 });
		expect([summary?.stopped?.words, writes(world) > 0]).toEqual([LEASE_LOST, true]);
		expect(await world.state.find(before!.scope)).toEqual({ ...before, unread: true });
	});

	test('is lost before a write is sent again: it is not', async () => {
		const world = await linkedPairs('ada');
		world.app.edit('A-1', { phone: '2' });
		world.crm.fault = () => {
			world.crm.fault = () => undefined;
			world.tick(6 * 60_000);
			return 'failedBefore';
		};
		world.crm.calls.length = 0;
		const { summary } = await world.run();
		expect([writes(world), summary?.stopped?.words]).toEqual([1, LEASE_LOST]);
	});

	test('is kept by a run that writes nothing to the CRM, however long it takes', async () => {
		const world = await linkedPairs('ada', 'bob', 'eve', 'joe');
		world.tick();
		for (const id of ['L-1', 'L-2', 'L-3', 'L-4']) world.crm.edit(id, { Phone: '2' });
		world.crm.pageSize = 1;
		const readChanges = world.crm.changes.readChanges.bind(world.crm.changes);
		let rounds = 0;
		world.crm.changes.readChanges = async function* (query) {
			rounds += 1;
			for await (const page of readChanges(query)) {
				if (rounds > 1) world.tick(3 * 60_000);
				yield page;
			}
		};
		const { summary, results } = await world.run(silent);
		expect([summary?.stopped, results.length]).toEqual([undefined, 4]);
	});
});

test('a limit is met by one part of a page that is sent again: the other parts are not sent', async () => {
	const world = await linkedPairs('ada', 'bob');
	for (const id of ['A-1', 'A-2']) world.app.edit(id, { phone: '2' });
	const list = ['failedBefore', 'failedBefore', 'throttled'] as const;
	let count = 0;
	world.crm.fault = () => list[count++];
	world.crm.calls.length = 0;
	expect(await next(world, together)).toEqual(['notRun A-1 LIMIT', 'notRun A-2']);
	expect(writes(world)).toBe(2);
});

test('a create that the CRM neither did nor named is not sent again', async () => {
	const world = new World();
	for (const name of ['ada', 'bob']) world.app.add({ email: `${name}@x.com` });
	const write = world.crm.write.bind(world.crm);
	world.crm.write = async ({ mutations, ...rest }) => await write({ ...rest, mutations: mutations.slice(0, 1) });
	expect(await next(world, together)).toEqual(['link A-1 L-1', 'create crm L-1 from A-1', 'uncertain A-2']);
	expect(writes(world)).toBe(1);
});

describe('what a run that died had begun', () => {
	/** The run dies before or after its first write. */
	const dies = async (world: World, when: 'before write' | 'after write', options = {}) => {
		world.tick();
		const probe = world.crm.written.length;
		for (let crashAt = 1; crashAt < 30; crashAt++) {
			const contents = structuredClone(world.memory.contents);
			const { crashed } = await world.run({ ...options, crashAt });
			expect(crashed).toBe(true);
			const isAfter = world.crm.written.length > probe;
			if (world.memory.contents.intents.size > 0 && isAfter === (when === 'after write')) return;
			if (!isAfter) world.memory.contents = contents;
			world.tick(-9 * 60_000);
		}
	};

	test('an update that was done: known without a hold', async () => {
		const world = await linkedPairs('ada');
		world.app.edit('A-1', { phone: '2' });
		await dies(world, 'after write');
		expect([await next(world, silent), held(world), world.memory.contents.intents.size]).toEqual([[], [], 0]);
	});

	test('a preview settles nothing', async () => {
		const world = await linkedPairs('ada');
		world.app.edit('A-1', { phone: '2' });
		await dies(world, 'after write');
		await next(world, { ...silent, dryRun: true });
		expect(world.memory.contents.intents.size).toBe(1);
	});

	test('an update by a submission that was not done: nothing is held, because nobody will show it again', async () => {
		const world = new World();
		await next(world, submission({}));
		await dies(world, 'before write', submission({ phone: '2' }));
		expect([await next(world, silent), held(world)]).toEqual([[], []]);
	});

	test('an update by a submission that was done: its record is still known by its key', async () => {
		const world = new World();
		await next(world, submission({}));
		await dies(world, 'after write', submission({ phone: '2' }));
		await next(world, silent);
		world.crm.edit('L-1', { Email: 'lovelace@x.com' });
		world.app.add({ email: 'ada@x.com', name: 'Ada', phone: '2' });
		expect((await next(world))[0]).toBe('link A-1 L-1');
		expect(world.crm.rows).toHaveLength(1);
	});

	test('the first write of a new link: linked', async () => {
		const world = new World();
		world.app.add({ email: 'ada@x.com', name: 'Ada', phone: '1' });
		world.crm.add({ Email: 'ada@x.com', LastName: 'Ada' });
		await dies(world, 'after write');
		await next(world, silent);
		expect([...world.memory.contents.links.values()]).toMatchObject([{ appId: 'A-1', crmId: 'L-1', keyHash: null, ended: null }]);
		expect([await next(world), held(world)]).toEqual([[], []]);
	});
});
