import { held, linkedPairs, next } from '../twoWay/pairs';
import { MAPPING, World } from '../twoWay/World';

const lost = { arrives: () => false };
/** A run in which the app shows nothing. */
const silent = { mode: 'changed', items: [] } as const;

const submission = (values: Record<string, unknown>) => ({ mode: 'events', items: [{ index: 0, values: { name: 'Ada', company: 'Acme', ...values } }] }) as const;

/** A submission that became `L-1`, of which the app has shown no record yet. */
async function halfLink(email = 'ada@x.com'): Promise<World> {
	const world = new World();
	expect(await next(world, submission({ email }))).toEqual(['link - L-1', 'create crm L-1 from form']);
	return world;
}

describe('a record of which there was a submission', () => {
	test('is known by the key of the submission, whatever the CRM made of it', async () => {
		const world = await halfLink();
		world.crm.edit('L-1', { Email: 'lovelace@x.com' });
		world.app.add({ email: 'ada@x.com', name: 'Ada' });
		expect(await next(world)).toEqual(['link A-1 L-1', 'update app A-1 email']);
	});

	test('is held where the CRM has another record with the key', async () => {
		const world = await halfLink();
		world.crm.add({ Email: 'ada@x.com' });
		world.app.add({ email: 'ada@x.com' });
		expect(await next(world, { createInApp: false })).toEqual(['hold A-1 ambiguous (L-1, L-2)']);
	});

	test('is not created again where the CRM has deleted it', async () => {
		const world = await halfLink();
		world.crm.remove('L-1');
		expect(await next(world)).toEqual(['unlink - L-1']);
		world.app.add({ email: 'ada@x.com', name: 'Ada' });
		await next(world);
		expect(world.crm.alive).toEqual([]);
	});

	test('a further submission is a new record where the CRM has deleted the first one', async () => {
		const world = await halfLink();
		world.crm.remove('L-1');
		expect(await next(world)).toEqual(['unlink - L-1']);
		expect(await next(world, submission({ email: 'ada@x.com' }))).toEqual(['link - L-2', 'create crm L-2 from form']);
	});
});

test('a submission of a record that is linked: it is that record', async () => {
	const world = await linkedPairs('ada');
	expect(await next(world, submission({ email: 'ada@x.com', phone: '2' }))).toEqual(['update crm L-1 LastName+Phone', 'update app A-1 name+phone']);
});

test('a delivered record is known by its record in the CRM where both sides gave it the same new key', async () => {
	const world = new World();
	world.crm.add({ Email: 'ada@x.com', LastName: 'Ada' });
	await next(world);
	world.crm.edit('L-1', { Email: 'lovelace@x.com' });
	world.app.edit('A-1', { email: 'lovelace@x.com' });
	expect(await next(world)).toEqual(['link A-1 L-1']);
	expect(world.memory.contents.deliveries.size).toBe(0);
});

test('of two delivered records that had the key one after the other, the one that has it counts', async () => {
	const world = new World();
	for (const Email of ['eve@x.com', 'ada@x.com']) world.crm.add({ Email });
	await next(world, lost);
	world.crm.edit('L-2', { Email: null });
	await next(world, lost);
	world.crm.edit('L-1', { Email: 'ada@x.com' });
	await next(world, lost);
	world.app.add({ email: 'ada@x.com', name: 'Name L-1' });
	expect((await next(world))[0]).toBe('link A-1 L-1');
});

test('what a record descends from is linked to another one already: held', async () => {
	const world = await linkedPairs('ada');
	const [link] = world.memory.contents.links.values();
	const [sync] = world.memory.contents.syncs.values();
	world.memory.contents.syncs.set('leads', { ...sync, id: 'leads', scope: { ...sync.scope, entity: 'Prospect' } });
	world.memory.contents.links.set('lead', { ...link, id: 'lead', syncId: 'leads', appId: 'A-2', crmId: '00Q', ended: 'converted', successor: { entity: 'Lead', crmId: 'L-1' } });
	world.app.add({ email: 'eve@x.com' });
	expect(await next(world)).toEqual(['hold A-2 linkedElsewhere (L-1)']);
});

describe('a create without an answer', () => {
	test('the record has another key since: held until it is clear', async () => {
		const world = new World();
		world.app.add({ email: 'ada@x.com' });
		await world.run({ crashAt: 6 });
		world.app.edit('A-1', { email: 'eve@x.com' });
		expect((await next(world))[0]).toBe('hold A-1 uncertain');
		expect(world.crm.alive).toHaveLength(1);
	});

	test('may be under way for ten minutes, and no moment longer', async () => {
		const world = new World();
		world.app.add({ email: 'ada@x.com' });
		world.crm.fault = () => 'lostBefore';
		await world.run();
		const sent = world.now;
		world.crm.fault = () => undefined;
		for (const [after, line] of [[10 * 60_000 - 1_000, 'hold A-1 uncertain'], [10 * 60_000, 'link A-1 L-1']] as const) {
			world.now = sent + after - 30 * 60_000;
			expect((await next(world))[0]).toBe(line);
		}
	});

	test('what was created shows what was written: an edit of the app since goes over', async () => {
		const world = new World();
		world.app.add({ email: 'ada@x.com', phone: '1' });
		await world.run({ crashAt: 6 });
		world.app.edit('A-1', { phone: '2' });
		expect(await next(world)).toEqual(['link A-1 L-1', 'update crm L-1 Phone']);
	});

	test('the same for a submission that the app then shows as a record', async () => {
		const world = new World();
		for (let crashAt = 1; crashAt < 30 && world.crm.rows.length === 0; crashAt++) {
			world.memory.contents = new World().memory.contents;
			await world.run({ ...submission({ email: 'ada@x.com', phone: '1' }), crashAt });
		}
		world.app.add({ email: 'ada@x.com', name: 'Ada', phone: '2', note: null });
		expect(await next(world)).toEqual(['link A-1 L-1', 'update crm L-1 Phone']);
	});

	test("somebody else's record with the key shows something else: a first match", async () => {
		const world = new World();
		world.mapping = { ...MAPPING, firstMatch: 'preferApp' };
		world.app.add({ email: 'ada@x.com', phone: '1' });
		world.crm.fault = () => 'lostBefore';
		await world.run();
		world.crm.add({ Email: 'ada@x.com', LastName: 'Name A-1', Phone: '9' });
		world.crm.fault = () => undefined;
		expect(await next(world)).toEqual(['link A-1 L-1', 'update crm L-1 Phone']);
	});

	test('not shown again and never done: held, so that the app shows it again', async () => {
		const world = new World();
		world.app.add({ email: 'ada@x.com' });
		world.crm.fault = () => 'lostBefore';
		await next(world, { mode: 'changed' });
		world.crm.fault = () => undefined;
		world.app.edit('A-1', { phone: '2' });
		world.tick(-25 * 60_000);
		expect(await next(world, { mode: 'changed' })).toEqual(['hold A-1 uncertain']);
		world.tick(30 * 60_000);
		await next(world, silent);
		expect(held(world)).toEqual(['A-1 notRun']);
	});
});

describe('deleted in the app before it was clear whether it was created', () => {
	const deleted = async () => {
		const world = new World();
		world.app.add({ email: 'ada@x.com' });
		await world.run({ mode: 'changed', crashAt: 6 });
		world.app.remove('A-1');
		return world;
	};

	test('remembered until it is clear: nothing is brought back', async () => {
		const world = await deleted();
		const items = world.app.items('changed');
		world.crm.callsLeft = 0;
		await next(world, { mode: 'changed', items });
		world.crm.callsLeft = Infinity;
		await next(world, silent);
		await next(world, silent);
		const [{ appId, ended }] = world.memory.contents.links.values();
		expect([appId, ended, world.app.records.size]).toEqual(['A-1', 'deletedInApp', 0]);
	});

	test('a preview remembers nothing', async () => {
		const world = await deleted();
		await next(world, { mode: 'changed', dryRun: true });
		expect(held(world)).toEqual([]);
	});

	test('or never shown at all: nothing to remember', async () => {
		const world = await linkedPairs('ada');
		await next(world, { mode: 'events', items: [{ index: 0, id: 'A-9', values: {}, deleted: true }] });
		expect(held(world)).toEqual([]);
	});

	test('never created: over', async () => {
		const world = new World();
		world.app.add({ email: 'ada@x.com' });
		world.crm.fault = () => 'lostBefore';
		await next(world);
		world.app.remove('A-1');
		await next(world, { mode: 'changed' });
		world.tick(60 * 60_000);
		await next(world, silent);
		expect([held(world), world.memory.contents.intents.size]).toEqual([[], 0]);
	});
});

test('a search that finds more than was asked for, and a record twice: each once, and only those asked for', async () => {
	const world = new World();
	world.app.add({ email: 'ada@x.com', name: 'Ada' });
	world.crm.add({ Email: 'ada@x.com', LastName: 'Ada' });
	world.crm.add({ Email: 'adá@x.com', LastName: 'Ada' });
	const match = world.crm.match.bind(world.crm);
	world.crm.match = async function* (queries) {
		for await (const page of match([{ ...queries[0], values: ['ada@x.com', 'adá@x.com'] }])) {
			yield page;
			yield page;
		}
	};
	expect(await next(world, { createInApp: false })).toEqual(['link A-1 L-1']);
});

describe('the match key', () => {
	test('of a field in which case counts', async () => {
		const world = new World();
		const shop = { ...MAPPING.rules[0], id: 'shop', appField: 'shop', crmField: 'ShopId__c' };
		world.mapping = { ...MAPPING, rules: [...MAPPING.rules, shop], matchKey: { appField: 'shop', crmField: 'ShopId__c' } };
		for (const id of ['a1', 'A1']) world.app.add({ shop: id });
		expect(await next(world)).toEqual(['link A-1 L-1', 'create crm L-1 from A-1', 'link A-2 L-2', 'create crm L-2 from A-2']);
		world.app.add({ shop: 'A1' });
		expect(await next(world)).toEqual(['hold A-3 linkedElsewhere (L-2)']);
	});

	test('that does not fit the field is none', async () => {
		const world = new World();
		world.app.add({ email: `${'x'.repeat(100)}@x.com` });
		expect(await next(world)).toEqual(['hold A-1 noKey']);
	});
});
