import { confirmDeliveries } from '../../../src/sync/deliveries/confirmDeliveries';
import { held, linkedPairs, next } from '../twoWay/pairs';
import { World } from '../twoWay/World';

test('S1 a record that only the app has: created in the CRM, and linked', async () => {
	const world = new World();
	world.app.add({ email: 'ada@x.com' });
	expect(await next(world)).toEqual(['link A-1 L-1', 'create crm L-1 from A-1']);
	expect(await next(world)).toEqual([]);
});

test('S2 a record that only the CRM has: delivered as new, and linked when the app shows it', async () => {
	const world = new World();
	world.crm.add({ Email: 'ada@x.com', Phone: '1' });
	expect(await next(world)).toEqual(['link - L-1', 'create app new from L-1 email+name+phone']);
	expect(await next(world)).toEqual(['link A-1 L-1']);
	expect(await next(world)).toEqual([]);
});

test('S3 one record on each side with the match key: linked, and merged as a first match', async () => {
	const world = new World();
	world.app.add({ email: 'Ada@x.com', name: 'Ada', phone: null, note: 'hello' });
	world.crm.add({ Email: 'ada@x.com', LastName: 'Ada L.', Phone: '1' });
	expect(await next(world)).toEqual(['link A-1 L-1', 'update crm L-1 Description', 'update app A-1 name+phone']);
});

test('S4 several records of the CRM with the key: held, never the first one', async () => {
	const world = new World();
	world.app.add({ email: 'ada@x.com' });
	for (const Phone of ['1', '2']) world.crm.add({ Email: 'ada@x.com', Phone });
	expect(await next(world)).toEqual(['hold A-1 ambiguous (L-1, L-2)', 'hold L-1 ambiguous (L-1, L-2)', 'hold L-2 ambiguous (L-2, L-1)']);
	world.crm.remove('L-2');
	world.tick(3_600_000);
	expect(await next(world)).toEqual(['link A-1 L-1', 'update app A-1 name+phone']);
});

test('S5 several records of the app with the key, also over pages: held', async () => {
	const world = new World();
	for (const email of ['ada@x.com', 'bob@x.com', 'ADA@x.com']) world.app.add({ email });
	expect(await next(world, { pageSize: 1 })).toEqual(['hold A-1 ambiguous', 'link A-2 L-1', 'create crm L-1 from A-2', 'hold A-3 ambiguous']);
});

test('S6 no match value: held, on either side', async () => {
	const world = new World();
	world.app.add({ email: ' ' });
	world.crm.add({ Email: null });
	expect(await next(world)).toEqual(['hold A-1 noKey', 'hold L-1 noKey (L-1)']);
});

test('S7 the only candidate is linked to another record: held', async () => {
	const world = await linkedPairs('ada');
	const id = world.app.add({ email: 'ada@x.com' });
	expect(await next(world, { mode: 'changed', items: [{ index: 0, id, values: { email: 'ada@x.com' } }] })).toEqual(['hold A-2 linkedElsewhere (L-1)']);
});

test('S8 the match key of a linked record changes: its value goes over, nothing is created', async () => {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { email: 'lovelace@x.com' });
	expect(await next(world)).toEqual(['update crm L-1 Email']);
	world.crm.edit('L-1', { Email: 'countess@x.com' });
	expect(await next(world)).toEqual(['update app A-1 email']);
});

test('S9 a submission without an id: a half-link, completed when the app shows the record', async () => {
	const world = new World();
	const form = [{ index: 0, values: { email: 'ada@x.com', name: 'Ada', company: 'Acme' } }];
	expect(await next(world, { mode: 'events', items: form })).toEqual(['link - L-1', 'create crm L-1 from form']);
	world.app.add({ email: 'ada@x.com', name: 'Ada' });
	expect(await next(world)).toEqual(['link A-1 L-1']);
	expect(world.crm.alive).toHaveLength(1);
});

test.each([1, 9])('S10 several submissions of one key are one record, in pages of %d', async (pageSize) => {
	const world = new World();
	const form = [{ phone: '1', note: 'x' }, { phone: '2' }].map((values, index) => ({ index, values: { email: 'ada@x.com', name: 'Ada', company: 'Acme', ...values } }));
	expect(await next(world, { mode: 'events', items: form, pageSize })).toEqual(['link - L-1', 'create crm L-1 from form']);
	expect(world.crm.alive.map(({ values: { Phone, Description } }) => [Phone, Description])).toEqual([['2', 'x']]);
});

test('S11 the key belongs to a converted lead: held, with what it became', async () => {
	const world = new World();
	world.crm.add({ Email: 'ada@x.com', IsConverted: true, ConvertedContactId: 'C-1' });
	world.app.add({ email: 'ada@x.com' });
	expect(await next(world)).toEqual(['hold A-1 converted (C-1)']);
});

test('S12 a record is not to be created on a side: left alone there', async () => {
	const world = new World();
	world.app.add({ email: 'ada@x.com' });
	world.crm.add({ Email: 'bob@x.com' });
	expect(await next(world, { createInCrm: false, createInApp: false })).toEqual([]);
	expect([world.crm.alive.length, world.app.records.size, held(world)]).toEqual([1, 1, []]);
});

/** `L-2` was delivered under `bob`, and has another key by now; the app has made `A-2` of it, and has not shown it yet. */
async function renamedBeforeShown(): Promise<World> {
	const world = await linkedPairs('ada');
	world.crm.add({ Email: 'bob@x.com' });
	expect(await next(world)).toEqual(['link - L-2', 'create app new from L-2 email+name']);
	world.crm.edit('L-2', { Email: 'bobby@x.com' });
	return world;
}

test('S32 the record that waits for the key has another one now: that record', async () => {
	const world = await renamedBeforeShown();
	expect(await next(world)).toEqual(['link A-2 L-2', 'update app A-2 email']);
});

test('S33 the same, and a record without a link has the key: held, with both, for as long as both may be meant', async () => {
	const world = await renamedBeforeShown();
	world.crm.add({ Email: 'bob@x.com' });
	const both = ['hold A-2 ambiguous (L-2, L-3)', 'hold L-2 ambiguous (L-2)', 'hold L-3 ambiguous (L-3)'];
	for (const fullCompare of [false, true]) expect(await next(world, { fullCompare })).toEqual(both);
	world.crm.edit('L-3', { Email: 'eve@x.com' });
	expect(await next(world)).toEqual(['link A-2 L-2', 'update app A-2 email', 'link - L-3', 'create app new from L-3 email+name']);
});

test('S51 the same, and the app confirms another record as the one that waits: that gets the change that was held', async () => {
	const world = await renamedBeforeShown();
	world.crm.add({ Email: 'bob@x.com' });
	const [{ id: deliveryId }] = world.memory.contents.deliveries.values();
	await next(world, { mode: 'changed' });
	const { state, leases, keyring, scope, crm } = world;
	world.app.records.set('A-7', { ...world.app.records.get('A-2')! });
	expect(await confirmDeliveries([{ deliveryId, appId: 'A-7' }], { state, leases, keyring, newId: () => world.newId(), scope, description: crm.description })).toEqual(['confirmed']);
	expect([await next(world, { mode: 'changed', items: [] }), held(world)]).toEqual([[], ['A-2 ambiguous', 'L-2 ambiguous', 'L-3 ambiguous']]);
	world.tick(60 * 60_000);
	expect(await next(world, { mode: 'changed', items: [] })).toContain('update app A-7 email');
	expect([world.app.records.get('A-7')?.email, held(world)]).toEqual(['bobby@x.com', ['A-2 ambiguous', 'L-3 ambiguous']]);
});

test('S34 the same, and a record with a link has the key: the record that waits', async () => {
	const world = await renamedBeforeShown();
	world.crm.edit('L-1', { Email: 'bob@x.com' });
	expect(await next(world)).toEqual(['link A-2 L-2', 'update app A-2 email', 'update app A-1 email']);
});

test('S35 the record that waits was deleted, and another one has the key: that one', async () => {
	const world = await renamedBeforeShown();
	world.crm.remove('L-2');
	expect(await next(world, { mode: 'changed', items: [] })).toEqual(['unlink - L-2']);
	world.crm.add({ Email: 'bob@x.com' });
	expect((await next(world))[0]).toBe('link A-2 L-3');
});

test('S36 a submission, where the record that waits has another key and another one has it: that one', async () => {
	const world = new World();
	const form = { mode: 'events', items: [{ index: 0, values: { email: 'ada@x.com', name: 'Ada', company: 'Acme' } }], createInApp: false } as const;
	await next(world, form);
	world.crm.edit('L-1', { Email: 'eve@x.com' });
	world.crm.add({ Email: 'ada@x.com' });
	expect((await next(world, form))[0]).toBe('link - L-2');
});

test('S37 several records wait for the key, and none has it: held', async () => {
	const world = new World();
	for (const Email of ['ada@x.com', 'eve@x.com']) world.crm.add({ Email });
	await next(world, { arrives: () => false });
	world.crm.edit('L-1', { Email: null });
	world.crm.edit('L-2', { Email: 'ada@x.com' });
	await next(world, { arrives: () => false });
	world.crm.edit('L-2', { Email: null });
	world.app.add({ email: 'ada@x.com' });
	expect((await next(world))[0]).toBe('hold A-1 ambiguous (L-1, L-2)');
	expect(world.crm.alive).toHaveLength(2);
});

test('S52 several waited for the key, and all were deleted: as if nothing waited', async () => {
	const world = new World();
	const form = { mode: 'events', items: [{ index: 0, values: { email: 'ada@x.com', name: 'Ada', company: 'Acme' } }], createInApp: false } as const;
	for (const id of ['L-1', 'L-2']) {
		expect(await next(world, form)).toEqual([`link - ${id}`, `create crm ${id} from form`]);
		world.crm.remove(id);
		expect(await next(world, { ...form, items: [] })).toEqual([`unlink - ${id}`]);
	}
	world.app.add({ email: 'ada@x.com' });
	expect([await next(world), held(world)]).toEqual([['link A-1 L-3', 'create crm L-3 from A-1'], []]);
});

test('S38 deleted in the CRM before the app showed it, undeleted, and a record of the app waits under its key: held', async () => {
	const world = new World();
	world.crm.add({ Email: 'ada@x.com' });
	await next(world, { arrives: () => false });
	world.crm.remove('L-1');
	expect(await next(world)).toEqual(['unlink - L-1']);
	for (const email of ['ada@x.com', 'ADA@x.com']) world.app.add({ email });
	world.crm.restore('L-1');
	expect(await next(world)).toEqual(['hold A-1 ambiguous', 'hold A-2 ambiguous', 'hold L-1 ambiguous (L-1)']);
	world.app.edit('A-2', { email: 'eve@x.com' });
	expect(await next(world)).toEqual(['revive A-1 L-1', 'update app A-1 name', 'link A-2 L-2', 'create crm L-2 from A-2']);
	expect(held(world)).toEqual([]);
});

test('S39 the same of a record that the app had, and deleted as it was told: held, and given back when nothing waits', async () => {
	const world = await linkedPairs('ada');
	world.crm.remove('L-1');
	expect(await next(world)).toEqual(['unlink A-1 L-1', 'delete app A-1']);
	world.app.add({ email: 'ada@x.com' });
	world.crm.restore('L-1');
	expect(await next(world)).toEqual(['hold A-2 linkedElsewhere (L-1)', 'hold L-1 ambiguous (L-1)']);
	world.app.remove('A-2');
	world.tick(60 * 60_000);
	expect(await next(world)).toEqual(['revive - L-1', 'create app new from L-1 email+name+phone']);
});

test('S53 deleted in the CRM and edited in the app, then undeleted and deleted the other way round: given back, as its preview says', async () => {
	const world = await linkedPairs('ada');
	world.crm.remove('L-1');
	world.app.edit('A-1', { phone: '5' });
	expect(await next(world)).toEqual(['unlink A-1 L-1', 'hold A-1 deletedAndEdited']);
	world.crm.restore('L-1');
	world.app.remove('A-1');
	const lines = ['revive - L-1', 'create app new from L-1 email+name+phone'];
	expect([await next(world, { dryRun: true }), held(world)]).toEqual([lines, ['A-1 deletedAndEdited']]);
	expect([await next(world), held(world)]).toEqual([lines, []]);
});

test('S40 a record waits because of what the CRM has under its key: no call is made for it until that changes, or its hour comes', async () => {
	const world = new World();
	world.app.add({ email: 'ada@x.com' });
	for (const Phone of ['1', '2']) world.crm.add({ Email: 'ada@x.com', Phone });
	const waits = 'hold A-1 ambiguous (L-1, L-2)';
	const calls = async (options = {}) => {
		world.crm.calls.length = 0;
		return [(await next(world, { createInApp: false, ...options }))[0], ...world.crm.calls];
	};
	expect(await calls()).toEqual([waits, 'match', 'changes']);
	expect(await calls()).toEqual([waits, 'changes']);
	expect(await calls()).toEqual([waits, 'changes', 'match']);
	expect(await calls({ fullCompare: true })).toContain('match');
	expect(await calls()).toEqual([waits, 'changes']);
	world.crm.edit('L-2', { Email: 'eve@x.com' });
	expect((await calls())[0]).toBe('link A-1 L-1');
});
