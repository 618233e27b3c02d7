import { held, linkedPairs, next } from '../twoWay/pairs';
import { MAPPING, World } from '../twoWay/World';

const lost = { arrives: () => false };
const writes = (world: World) => world.crm.calls.filter((call) => call === 'write').length;
const form = (...submissions: readonly Record<string, unknown>[]) => ({ mode: 'events', pageSize: 10, items: submissions.map((values, index) => ({ index, values: { name: 'Ada', company: 'Acme', ...values } })) }) as const;

describe('items of one page', () => {
	test('that have one key, but an id each, are held', async () => {
		const world = new World();
		for (const email of ['ada@x.com', 'bob@x.com', 'ADA@x.com']) world.app.add({ email });
		expect(await next(world, { pageSize: 10 })).toEqual(['link A-2 L-1', 'create crm L-1 from A-2', 'hold A-1 ambiguous', 'hold A-3 ambiguous']);
	});

	test('that are submissions of one key are one record: what a later one does not say, an earlier one does', async () => {
		const world = new World();
		world.tick();
		const { results } = await world.run(form({ email: 'ada@x.com', phone: '1', note: 'a' }, { email: 'ADA@x.com', note: 'b' }));
		expect(results.map(({ items, steps }) => [items, steps.map((step) => step.do)])).toEqual([[[0, 1], ['link', 'create']]]);
		expect(world.crm.alive[0].values).toMatchObject({ Phone: '1', Description: 'b' });
	});

	test('that have no key are each on their own', async () => {
		const world = new World();
		world.tick();
		const { results } = await world.run(form({ phone: '1' }, { phone: '2' }));
		expect(results.map(({ items, steps }) => [items, steps.map((step) => step.do)])).toEqual([[[0], ['hold']], [[1], ['hold']]]);
	});

	test('that are all new go in one call', async () => {
		const world = new World();
		for (const name of ['ada', 'bob', 'eve']) world.app.add({ email: `${name}@x.com` });
		await next(world, { pageSize: 10 });
		expect([world.crm.alive.length, writes(world)]).toEqual([3, 1]);
	});

	test('that stand for one record follow each other', async () => {
		const world = await linkedPairs('ada');
		const items = [
			{ index: 0, id: 'A-1', values: { email: 'ada@x.com', name: 'Ada L.' } },
			{ index: 1, values: { email: 'ada@x.com', phone: '2' } },
		];
		expect(await next(world, { mode: 'events', items, pageSize: 10 })).toEqual(['update crm L-1 LastName', 'update crm L-1 Phone', 'update app A-1 phone']);
	});
});

test.each([[{}], [{ phone: ' ' }], [{ phone: null }]])('records that show nothing in the column of the key have none, and not the same one: %j', async (shown) => {
	const world = new World();
	world.mapping = { ...MAPPING, matchKey: { appField: 'phone', crmField: 'Phone' } };
	for (const Phone of ['undefined', null]) world.crm.add({ Phone });
	const items = ['A-1', 'A-2'].map((id, index) => ({ index, id, values: { name: 'Ada', company: 'Acme', ...shown } }));
	expect(await next(world, { items, pageSize: 10, createInApp: false })).toEqual(['hold A-1 noKey', 'hold A-2 noKey']);
});

test('submissions that are held are held each on its own', async () => {
	const world = new World();
	for (const Email of ['ada@x.com', 'ada@x.com', 'bob@x.com', 'bob@x.com']) world.crm.add({ Email });
	await next(world, { ...form({ email: 'ada@x.com' }, { email: 'bob@x.com' }), createInApp: false });
	expect(held(world)).toEqual(['run ambiguous', 'run ambiguous']);
});

test('a record that only the CRM shows and that found no partner is looked at again every hour', async () => {
	const world = new World();
	world.crm.add({ Email: null });
	expect(await next(world)).toEqual(['hold L-1 noKey (L-1)']);
	expect(await next(world)).toEqual([]);
	expect(await next(world)).toEqual(['hold L-1 noKey (L-1)']);
	world.crm.edit('L-1', { Email: 'eve@x.com' });
	expect(await next(world)).toEqual(['link - L-1', 'create app new from L-1 email+name']);
});

test('what is to be done with linked records asks for no search', async () => {
	const world = await linkedPairs('ada', 'bob', 'eve');
	for (const id of ['A-1', 'A-3']) world.app.edit(id, { phone: '2' });
	for (const id of ['L-2', 'L-3']) world.crm.remove(id);
	world.crm.calls.length = 0;
	expect((await next(world, lost)).sort()).toEqual(['delete app A-2', 'hold A-3 deletedAndEdited', 'unlink A-2 L-2', 'unlink A-3 L-3', 'update crm L-1 Phone']);
	expect(world.crm.calls).not.toContain('match');
});

describe('merged', () => {
	test.each([
		[10, 'link A-1 L-11'],
		[11, 'hold A-1 absent'],
	])('%i times in a row: %s', async (times, line) => {
		const world = await linkedPairs('ada');
		for (let count = 1; count <= times; count++) world.crm.remove(`L-${count}`, world.crm.add({ Email: 'ada@x.com', LastName: 'ada', Phone: '1' }).id);
		expect((await next(world))[0]).toBe(line);
	});

	test('into a record that another one of the page has just found: held, and that one linked', async () => {
		const world = await linkedPairs('ada');
		const { id } = world.crm.add({ Email: 'eve@x.com', LastName: 'Eve', Phone: '1' });
		world.app.add({ email: 'eve@x.com', name: 'Eve', phone: '1' });
		world.crm.remove('L-1', id);
		world.app.edit('A-1', { phone: '2' });
		expect((await next(world, { pageSize: 10 })).sort()).toEqual(['hold A-1 merged (L-2)', 'link A-2 L-2', 'unlink A-1 L-1']);
	});

	test('into a record that is gone as well: deleted', async () => {
		const world = await linkedPairs('ada');
		const { id } = world.crm.add({ Email: 'eve@x.com' });
		world.crm.remove('L-1', id);
		world.crm.remove(id);
		expect(await next(world)).toEqual(['unlink A-1 L-1', 'delete app A-1']);
	});

	test('into records that are gone, one with evidence and one without: one is deleted, the other held', async () => {
		const world = await linkedPairs('ada', 'bob');
		const [hidden, deleted] = ['eve', 'joe'].map((name) => world.crm.add({ Email: `${name}@x.com` }).id);
		world.crm.remove('L-1', hidden);
		world.crm.remove('L-2', deleted);
		world.crm.remove(deleted);
		world.crm.rows.splice(world.crm.rows.findIndex(({ id }) => id === hidden), 1);
		expect((await next(world)).sort()).toEqual(['delete app A-2', 'hold A-1 absent', 'unlink A-2 L-2']);
	});

	test('two into the same one: it goes on with the first', async () => {
		const world = await linkedPairs('ada', 'bob');
		const { id } = world.crm.add({ Email: 'eve@x.com', LastName: 'ada', Phone: '1' });
		for (const loser of ['L-1', 'L-2']) world.crm.remove(loser, id);
		expect(await next(world, { createInApp: false })).toEqual(['link A-1 L-3', 'update app A-1 email', 'unlink A-2 L-2', 'hold A-2 merged (L-3)']);
	});

	test('the run has seen what the winner was made of: it is not new to the app, nor is it worked on twice', async () => {
		const world = await linkedPairs('ada');
		const { id } = world.crm.add({ Email: 'eve@x.com', LastName: 'ada', Phone: '1' });
		world.crm.remove('L-1', id);
		world.app.edit('A-1', { phone: '2' });
		expect(await next(world)).toEqual(['link A-1 L-2', 'update crm L-2 Phone', 'update app A-1 email']);
	});

	test('a link that has ended stays as it is', async () => {
		const world = await linkedPairs('ada');
		world.app.remove('A-1');
		await next(world);
		const { id } = world.crm.add({ Email: 'eve@x.com' });
		world.crm.remove('L-1', id);
		expect(await next(world, { createInApp: false })).toEqual([]);
	});
});

test('a deletion asks the CRM for no record', async () => {
	const world = await linkedPairs('ada');
	world.crm.remove('L-1');
	world.crm.calls.length = 0;
	await next(world, { mode: 'changed', items: [] });
	expect(world.crm.calls).toEqual(['changes']);
});

test('a record that waits is looked for again by a run that looks at everything, and by no other', async () => {
	const world = new World();
	for (const Phone of ['1', '2']) world.crm.add({ Email: 'ada@x.com', Phone });
	world.app.add({ email: 'ada@x.com' });
	const asked: boolean[] = [];
	for (const fullCompare of [false, false, true]) {
		world.crm.calls.length = 0;
		expect(await next(world, { fullCompare, createInApp: false })).toEqual(['hold A-1 ambiguous (L-1, L-2)']);
		asked.push(world.crm.calls.includes('match'));
	}
	expect(asked).toEqual([true, false, true]);
});

test('a record that waits and shows another key, beside one that does not wait, is looked for at once', async () => {
	const world = new World();
	for (const Phone of ['1', '2']) world.crm.add({ Email: 'ada@x.com', Phone });
	world.app.add({ email: 'ada@x.com' });
	expect(await next(world, { createInApp: false })).toEqual(['hold A-1 ambiguous (L-1, L-2)']);
	world.app.edit('A-1', { email: 'eve@x.com' });
	world.app.add({ email: 'bob@x.com' });
	expect(await next(world, { createInApp: false, pageSize: 10 })).toEqual(['link A-1 L-3', 'create crm L-3 from A-1', 'link A-2 L-4', 'create crm L-4 from A-2']);
});

test('a record of which a person has decided is looked for at once', async () => {
	const world = new World();
	for (const Phone of ['1', '2']) world.crm.add({ Email: 'ada@x.com', Phone });
	world.app.add({ email: 'ada@x.com' });
	expect(await next(world, { createInApp: false })).toEqual(['hold A-1 ambiguous (L-1, L-2)']);
	const [hold] = world.memory.contents.holds.values();
	await world.state.decide(hold, 'release');
	world.crm.calls.length = 0;
	await next(world, { createInApp: false });
	expect(world.crm.calls).toContain('match');
});
