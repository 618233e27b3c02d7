import { held, linkedPairs, next } from '../twoWay/pairs';
import { withRule, World } from '../twoWay/World';

/** A run in which the app shows nothing. */
const silent = { mode: 'changed', items: [] } as const;
const HOUR_MS = 60 * 60_000;

const holds = (world: World) => [...world.memory.contents.holds.values()];
const holdOf = (world: World) => holds(world)[0];

/** The phone is held, and the CRM's name refused. */
async function twice(): Promise<World> {
	const world = await linkedPairs('ada');
	world.mapping = withRule('phone', { conflict: 'hold' });
	world.app.edit('A-1', { phone: '2', name: 'Refused' });
	world.crm.edit('L-1', { Phone: '3' });
	await next(world);
	return world;
}

describe('of one record', () => {
	test('a field and the write of the others are held apart', async () => {
		const world = await twice();
		expect(held(world)).toEqual(['A-1 conflict phone', 'A-1 refused']);
	});

	test('one is over, the other stays', async () => {
		const world = await twice();
		world.app.edit('A-1', { name: 'Ada' });
		expect(await next(world)).toEqual(['update crm L-1 LastName', 'hold A-1 conflict phone']);
		expect(held(world)).toEqual(['A-1 conflict phone']);
	});

	test('what was refused stays held as long as the app does not show it', async () => {
		const world = await twice();
		world.crm.edit('L-1', { Description: 'x' });
		await next(world, silent);
		expect(held(world)).toContain('A-1 refused');
	});
});

describe('a hold', () => {
	test('says since when, and how often it was tried', async () => {
		const world = await linkedPairs('ada');
		world.app.edit('A-1', { name: 'Refused' });
		await next(world);
		const since = new Date(world.now).toISOString();
		expect(holdOf(world)).toMatchObject({ heldAt: since, tries: 1, nextTryAt: new Date(world.now + HOUR_MS).toISOString(), code: 'RULE', subject: expect.stringMatching(/^link:/) });
		world.tick(HOUR_MS);
		await next(world);
		expect(holdOf(world)).toMatchObject({ heldAt: since, tries: 2, nextTryAt: new Date(world.now + 4 * HOUR_MS).toISOString() });
	});

	test('is tried again after a day at the latest', async () => {
		const world = await linkedPairs('ada');
		world.app.edit('A-1', { name: 'Refused' });
		for (let count = 0; count < 7; count++) {
			world.tick(24 * HOUR_MS);
			await next(world);
		}
		expect(Date.parse(holdOf(world).nextTryAt!) - world.now).toBe(24 * HOUR_MS);
	});

	test('of another field begins anew', async () => {
		const world = await linkedPairs('ada');
		world.mapping = withRule('phone', { conflict: 'hold' }, { ...world.mapping, rules: world.mapping.rules.map((rule) => (rule.id === 'name' ? { ...rule, conflict: 'hold' as const } : rule)) });
		world.app.edit('A-1', { phone: '2' });
		world.crm.edit('L-1', { Phone: '3' });
		await next(world);
		const first = new Date(world.now).toISOString();
		world.app.edit('A-1', { name: 'Ada' });
		world.crm.edit('L-1', { LastName: 'ADA L.' });
		await next(world);
		expect(holds(world).map(({ field, heldAt }) => [field, heldAt]).sort()).toEqual([['name', new Date(world.now).toISOString()], ['phone', first]]);
	});

	test('for another reason begins anew', async () => {
		const world = await linkedPairs('ada');
		world.app.edit('A-1', { name: 'Refused' });
		await next(world);
		world.crm.rows.splice(0);
		await next(world);
		expect(held(world)).toEqual(['A-1 absent']);
		expect(holdOf(world)).toMatchObject({ heldAt: new Date(world.now).toISOString(), tries: 0 });
	});

	test('of a record without a link knows the key that it waits under; with a link it does not', async () => {
		const world = await linkedPairs('bob');
		world.app.add({ email: 'ada@x.com' });
		for (const Phone of ['1', '2']) world.crm.add({ Email: 'ada@x.com', Phone });
		world.app.edit('A-1', { name: 'Refused' });
		await next(world, { createInApp: false });
		expect(holds(world).map(({ appId, keyHash, subject }) => [appId, keyHash !== null, subject.split(':')[0]]).sort()).toEqual([['A-1', false, 'link'], ['A-2', true, 'app']]);
	});

	test('of a record without a link is over when it has one', async () => {
		const world = new World();
		world.app.add({ email: 'ada@x.com', name: 'Refused' });
		expect(await next(world)).toEqual(['refused A-1 RULE']);
		world.app.edit('A-1', { name: 'Ada' });
		expect([await next(world), held(world)]).toEqual([['link A-1 L-1', 'create crm L-1 from A-1'], []]);
	});

	test('of a record without a link is over when it has one, also if the app shows less of it', async () => {
		const world = new World();
		world.app.add({ email: 'ada@x.com', name: 'Ada', note: 'new' });
		world.crm.fault = () => 'refused';
		expect(await next(world)).toEqual(['refused A-1 RULE']);
		world.crm.fault = () => undefined;
		const items = [{ index: 0, id: 'A-1', values: { email: 'ada@x.com', name: 'Ada', company: 'Acme' } }];
		expect([await next(world, { items }), held(world)]).toEqual([['link A-1 L-1', 'create crm L-1 from A-1'], []]);
	});

	test('of which a person asks to have it tried again is tried, and asked about anew', async () => {
		const world = await linkedPairs('ada');
		world.app.edit('A-1', { name: 'Refused' });
		await next(world);
		await world.state.decide(holdOf(world), 'release');
		expect(await next(world)).toEqual(['refused A-1 RULE']);
		expect(holdOf(world).decision).toBeNull();
		expect(await next(world)).toEqual(['hold A-1 refused']);
	});
});

describe('what waits is looked at again', () => {
	test('only by a run that reads the changes of the CRM', async () => {
		const world = new World();
		for (const Phone of ['1', '2']) world.crm.add({ Email: 'ada@x.com', Phone });
		await next(world);
		world.crm.remove('L-2');
		world.tick(24 * HOUR_MS);
		expect(await next(world, { ...silent, readChanges: false })).toEqual([]);
		expect(await next(world, silent)).toEqual(['link - L-1', 'create app new from L-1 email+name+phone']);
	});

	test('a decision about a field counts when the app shows the record, not before', async () => {
		const world = await linkedPairs('ada');
		world.mapping = withRule('phone', { conflict: 'hold' });
		world.app.edit('A-1', { phone: '2' });
		world.crm.edit('L-1', { Phone: '3' });
		await next(world);
		await world.state.decide(holdOf(world), 'useApp');
		world.tick(24 * HOUR_MS);
		expect(await next(world, silent)).toEqual([]);
		expect(await next(world)).toEqual(['update crm L-1 Phone']);
	});

	test('a decision for the app waits until the app shows the record', async () => {
		const world = await linkedPairs('ada');
		world.crm.remove('L-1');
		world.app.edit('A-1', { phone: '2' });
		await next(world);
		await world.state.decide(holdOf(world), 'useApp');
		world.tick(24 * HOUR_MS);
		expect([await next(world, silent), held(world)]).toEqual([[], ['A-1 deletedAndEdited']]);
		expect(await next(world)).toEqual(['revive A-1 L-2', 'create crm L-2 from A-1']);
	});

	test('a decision about a record of the app that found no partner looks at the candidates', async () => {
		const world = new World();
		world.app.add({ email: 'ada@x.com' });
		for (const Phone of ['1', '2']) world.crm.add({ Email: 'ada@x.com', Phone });
		await next(world, { createInApp: false });
		expect(held(world)).toEqual(['A-1 ambiguous']);
		world.crm.calls.length = 0;
		world.tick(24 * HOUR_MS);
		await next(world, { ...silent, createInApp: false });
		expect(world.crm.calls).toEqual(['changes']);
		await world.state.decide(holdOf(world), 'release');
		world.crm.calls.length = 0;
		await next(world, { ...silent, createInApp: false });
		expect(world.crm.calls).toEqual(['changes', 'read']);
	});
});
