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
