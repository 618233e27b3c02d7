import { held, linkedPairs, next } from '../twoWay/pairs';
import { World } from '../twoWay/World';

const lost = { arrives: () => false };
/** A run in which the app shows nothing. */
const silent = { mode: 'changed', items: [] } as const;
const HOUR_MS = 60 * 60_000;

const submission = (values: Record<string, unknown>) => ({ mode: 'events', items: [{ index: 0, values: { name: 'Ada', company: 'Acme', email: 'ada@x.com', ...values } }] }) as const;
const links = (world: World) => [...world.memory.contents.links.values()];

/** A run that dies right after it has created `L-1`. */
async function created(world: World, options = {}): Promise<void> {
	for (let crashAt = 1; crashAt < 30 && world.crm.rows.length === 0; crashAt++) {
		world.memory.contents = new World().memory.contents;
		await world.run({ mode: 'changed', ...options, crashAt });
	}
}

/** A record of another kind that was linked to `appId`, and became `crmId`. */
function descends(world: World, appId: string, crmId: string): void {
	const [sync] = world.memory.contents.syncs.values();
	world.memory.contents.syncs.set('leads', { ...sync, id: 'leads', scope: { ...sync.scope, entity: 'Prospect' } });
	const ended = { ended: 'converted', endedAt: new Date(world.now).toISOString(), successor: { entity: 'Lead', crmId } } as const;
	world.memory.contents.links.set('lead', { id: 'lead', syncId: 'leads', appId, crmId: '00Q', keyHash: null, base: new Uint8Array(), ...ended });
}

test('a record of the app that is linked by what it descends from keeps nobody of its key waiting, nor in a preview', async () => {
	for (const dryRun of [true, false]) {
		const world = new World();
		for (const Email of ['ada@x.com', 'eve@x.com']) world.crm.add({ Email });
		world.app.add({ email: 'eve@x.com' });
		await world.run({ items: [], createInApp: false });
		descends(world, 'A-1', 'L-1');
		expect(await next(world, { dryRun })).toEqual(['link A-1 L-1', 'update app A-1 email+name', 'link - L-2', 'create app new from L-2 email+name']);
	}
});

test('two records of one page find the same one, one by what it descends from and one by its key: the second one is held', async () => {
	const world = new World();
	await world.run();
	world.crm.add({ Email: 'ada@x.com', LastName: 'Ada' });
	for (const email of ['eve@x.com', 'ada@x.com']) world.app.add({ email, name: 'Ada' });
	descends(world, 'A-1', 'L-1');
	expect(await next(world, { pageSize: 10 })).toEqual(['link A-1 L-1', 'update app A-1 email', 'hold A-2 linkedElsewhere (L-1)']);
});

test('the CRM shows again what it had deleted while an edit of the app waits: it waits until the app shows it, and goes over then', async () => {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { phone: '2' });
	world.crm.remove('L-1');
	expect(await next(world)).toEqual(['unlink A-1 L-1', 'hold A-1 deletedAndEdited']);
	world.crm.restore('L-1');
	expect([await next(world, silent), held(world)]).toEqual([[], ['A-1 deletedAndEdited']]);
	expect([await next(world), held(world)]).toEqual([['revive A-1 L-1', 'update crm L-1 Phone'], []]);
});

test('delivered, then merged into a record with another key, while records of the app wait under its key: it goes on with the winner', async () => {
	const world = new World();
	world.crm.add({ Email: 'ada@x.com' });
	await next(world, lost);
	for (const name of ['Ada', 'Eve']) world.app.add({ email: 'ada@x.com', name });
	world.crm.remove('L-1', world.crm.add({ Email: 'bob@x.com' }).id);
	expect(await next(world)).toEqual(['hold A-1 ambiguous', 'hold A-2 ambiguous', 'link - L-2', 'create app new from L-2 email+name again']);
});

test('what the CRM shows again goes back to the app, also where the app gets no new records', async () => {
	const world = await linkedPairs('ada');
	world.crm.remove('L-1');
	expect(await next(world)).toEqual(['unlink A-1 L-1', 'delete app A-1']);
	await next(world);
	world.crm.restore('L-1');
	expect(await next(world, { createInApp: false })).toEqual(['revive - L-1', 'create app new from L-1 email+name+phone']);
});

describe('a record that only the CRM shows', () => {
	test('is held once, however often it is looked at', async () => {
		const world = new World();
		for (const Phone of ['1', '2']) world.crm.add({ Email: 'ada@x.com', Phone });
		for (let count = 0; count < 3; count++) {
			world.tick(2 * HOUR_MS);
			await next(world, silent);
		}
		expect(held(world)).toEqual(['L-1 ambiguous', 'L-2 ambiguous']);
	});

	test('waits as long as records of the app have its key and have found no partner', async () => {
		const world = new World();
		for (const name of ['Ada', 'Ada L.']) world.app.add({ email: 'ada@x.com', name });
		world.crm.add({ Email: 'ada@x.com' });
		expect(await next(world)).toEqual(['hold A-1 ambiguous', 'hold A-2 ambiguous', 'hold L-1 ambiguous (L-1)']);
		world.tick(2 * HOUR_MS);
		world.crm.edit('L-1', { Phone: '2' });
		expect(await next(world, silent)).toEqual(['hold L-1 ambiguous (L-1)']);
	});

	test('waits no longer for those of which a person has decided', async () => {
		const world = new World();
		for (const name of ['Ada', 'Ada L.']) world.app.add({ email: 'ada@x.com', name });
		world.crm.add({ Email: 'ada@x.com' });
		await next(world);
		for (const hold of world.memory.contents.holds.values()) if (hold.appId !== null) await world.state.decide(hold, 'release');
		world.tick(2 * HOUR_MS);
		world.crm.edit('L-1', { Phone: '2' });
		expect(await next(world, silent)).toEqual(['link - L-1', 'create app new from L-1 email+name+phone']);
	});

	test('does not wait for a record that has found its partner', async () => {
		const world = await linkedPairs('ada');
		world.app.edit('A-1', { email: 'eve@x.com' });
		expect(await next(world)).toEqual(['update crm L-1 Email']);
		world.crm.add({ Email: 'ada@x.com' });
		expect(await next(world)).toEqual(['link - L-2', 'create app new from L-2 email+name']);
	});

	test('descends from one that was linked: linked to the same record of the app', async () => {
		const world = await linkedPairs('ada');
		const { id } = world.crm.add({ Email: 'eve@x.com', LastName: 'Eve' });
		world.app.add({ email: 'other@x.com', name: 'Eve' });
		descends(world, 'A-2', id);
		expect(await next(world, silent)).toEqual(['link A-2 L-2']);
	});

	test('descends from one whose record of the app is linked anew: new to the app', async () => {
		const world = await linkedPairs('ada');
		const { id } = world.crm.add({ Email: 'eve@x.com', LastName: 'Eve' });
		descends(world, 'A-1', id);
		expect(await next(world, silent)).toEqual(['link - L-2', 'create app new from L-2 email+name']);
	});
});

describe('a record of which the app has shown none yet', () => {
	test('by a submission: nothing is done or remembered until the app shows it', async () => {
		const world = new World();
		await next(world, submission({ phone: '1' }));
		const before = JSON.stringify(links(world).map(({ base, ...link }) => [link, [...base]]));
		world.crm.edit('L-1', { Phone: '2' });
		expect(await next(world, silent)).toEqual([]);
		expect(JSON.stringify(links(world).map(({ base, ...link }) => [link, [...base]]))).toBe(before);
	});

	test('delivered: known by the key that was sent last', async () => {
		const world = await linkedPairs('bob');
		world.crm.add({ Email: 'ada@x.com' });
		await next(world, lost);
		world.crm.edit('L-2', { Email: 'lovelace@x.com' });
		expect(await next(world, silent)).toEqual(['create app new from L-2 email+name again']);
		world.crm.edit('L-2', { Email: 'countess@x.com' });
		expect((await next(world))[0]).toBe('link A-2 L-2');
		expect(world.crm.rows).toHaveLength(2);
	});
});

describe('a create without an answer turns out to be done', () => {
	test('and an edit of the app since goes over', async () => {
		const world = new World();
		world.app.add({ email: 'ada@x.com', phone: '1' });
		await created(world);
		expect(await next(world, silent)).toEqual(['link A-1 L-1']);
		world.app.edit('A-1', { phone: '2' });
		expect(await next(world)).toEqual(['update crm L-1 Phone']);
	});

	test('by a submission: known by its key when the app shows it', async () => {
		const world = new World();
		await created(world, submission({ phone: '1' }));
		expect(await next(world, silent)).toEqual(['link - L-1']);
		world.crm.edit('L-1', { Email: 'lovelace@x.com' });
		world.app.add({ email: 'ada@x.com', name: 'Ada', phone: '1' });
		expect((await next(world))[0]).toBe('link A-1 L-1');
		expect(world.crm.rows).toHaveLength(1);
	});

	test('and was converted before another record got the key: that one is held', async () => {
		const world = new World();
		world.app.add({ email: 'ada@x.com' });
		await created(world);
		world.crm.edit('L-1', { IsConverted: true, ConvertedContactId: 'C-1' });
		world.crm.add({ Email: 'ada@x.com' });
		expect(await next(world, silent)).toEqual(['hold L-2 ambiguous (L-2, C-1)']);
	});

	test('and its record of the app is linked to another one by now: held', async () => {
		const world = new World();
		world.app.add({ email: 'ada@x.com' });
		await created(world);
		world.app.edit('A-1', { email: 'lovelace@x.com' });
		const { id } = world.crm.add({ Email: 'eve@x.com', LastName: 'Name A-1' });
		descends(world, 'A-1', id);
		const lines = await next(world);
		expect(lines).toContain('link A-1 L-2');
		expect(lines).toContain('hold L-1 linkedElsewhere (L-1)');
	});
});
