import { linkedPairs, next } from '../twoWay/pairs';
import type { World } from '../twoWay/World';

const letThrough = (updates: number, deletions: number) => ({
	updateGuard: { most: updates, share: 1, atLeast: updates },
	deleteGuard: { most: deletions, share: 1, atLeast: deletions },
});
const holds = (world: World) => [...world.memory.contents.holds.values()];
const counts = (world: World) => world.memory.contents.counts.map(({ updates, deletions }) => [updates, deletions]);

test('a review names only records that would change', async () => {
	const world = await linkedPairs('ada', 'bob');
	const created = { index: 0, id: 'A-9', values: { email: 'new@x.com', name: 'New', company: 'Acme' } };
	const edits = [1, 2].map((n) => ({ index: n, id: `A-${n}`, values: { phone: '2' } }));
	await next(world, { ...letThrough(1, 1), mode: 'events', items: [created, ...edits], pageSize: 3 });
	expect(holds(world).find(({ subject }) => subject === 'run')?.candidates).toEqual(['L-1', 'L-2']);
});

test('an update and a deletion of one page both count', async () => {
	const world = await linkedPairs('ada', 'bob');
	world.memory.contents.counts.length = 0;
	world.app.edit('A-1', { phone: '2' });
	world.app.remove('A-2');
	await next(world);
	expect(counts(world)).toEqual([[1, 1]]);
});

describe('updates were let through, but no deletions', () => {
	const prepared = async (guards: ReturnType<typeof letThrough>) => {
		const world = await linkedPairs('ada', 'bob', 'eve', 'joe', 'kim', 'lea');
		for (const id of ['A-1', 'A-2', 'A-3']) world.app.edit(id, { phone: '2' });
		await next(world, guards);
		await world.state.decide(holds(world)[0], 'release');
		return world;
	};

	test('deletions still have the room of the day', async () => {
		const world = await prepared(letThrough(2, 1));
		world.app.remove('A-4');
		expect(await next(world, letThrough(2, 1))).toEqual(['update crm L-1 Phone', 'update crm L-2 Phone', 'update crm L-3 Phone', 'unlink A-4 L-4']);
		world.app.remove('A-5');
		expect(await next(world, letThrough(2, 1))).toEqual(['notRun A-5 GUARD']);
	});

	test('and no more than that', async () => {
		const world = await prepared(letThrough(2, 1));
		world.app.remove('A-4');
		world.app.remove('A-5');
		expect(await next(world, letThrough(2, 1))).toEqual(['A-1', 'A-2', 'A-3', 'A-4', 'A-5'].map((id) => `notRun ${id} GUARD`));
	});
});

test('as many deletions were let through as there was room for anyhow: they use up the room', async () => {
	const world = await linkedPairs('ada', 'bob', 'eve', 'joe', 'kim');
	for (const id of ['A-1', 'A-2', 'A-3']) world.app.edit(id, { phone: '2' });
	world.app.remove('A-4');
	await next(world, letThrough(2, 1));
	await world.state.decide(holds(world)[0], 'release');
	expect(await next(world, letThrough(2, 1))).toHaveLength(4);
	world.app.remove('A-5');
	expect(await next(world, letThrough(2, 1))).toEqual(['notRun A-5 GUARD']);
});

test('what a day has used up is no room of what a person let through', async () => {
	const world = await linkedPairs('ada', 'bob', 'eve', 'joe', 'kim', 'lea', 'mia', 'ned');
	world.app.remove('A-8');
	await next(world, letThrough(2, 1));
	for (const id of ['A-1', 'A-2', 'A-3']) world.app.edit(id, { phone: '2' });
	await next(world, letThrough(2, 1));
	await world.state.decide(holds(world)[0], 'release');
	world.app.remove('A-4');
	expect(await next(world, letThrough(2, 1))).toEqual(['A-1', 'A-2', 'A-3', 'A-4'].map((id) => `notRun ${id} GUARD`));
});

test('what was let through after a day that had no room left is done page by page', async () => {
	const world = await linkedPairs('ada', 'bob', 'eve', 'joe', 'kim');
	const guards = { ...letThrough(3, 1), pageSize: 1 };
	for (const id of ['A-1', 'A-2', 'A-3']) world.app.edit(id, { phone: '2' });
	await next(world, guards);
	for (const id of ['A-4', 'A-5']) world.app.edit(id, { phone: '2' });
	expect(await next(world, guards)).toEqual(['notRun A-4 GUARD', 'notRun A-5 GUARD']);
	await world.state.decide(holds(world)[0], 'release');
	expect(await next(world, guards)).toEqual(['update crm L-4 Phone', 'update crm L-5 Phone']);
});

test('updates and deletions of one page are taken off what a person let through: a limit leaves one update of them', async () => {
	const world = await linkedPairs('ada', 'bob', 'eve', 'joe');
	for (const id of ['A-1', 'A-3']) world.app.edit(id, { phone: '2' });
	for (const id of ['A-2', 'A-4']) world.app.remove(id);
	const shown = new Map(world.itemsOf('all').map((item) => [item.id, item]));
	const items = ['A-1', 'A-2', 'A-3', 'A-4'].map((id, index) => ({ ...shown.get(id)!, index }));
	const guards = { ...letThrough(1, 1), items, pageSize: 2 };
	await next(world, guards);
	await world.state.decide(holds(world)[0], 'release');
	const before = world.crm.written.length;
	world.crm.fault = () => (world.crm.written.length > before ? 'throttled' : undefined);
	await next(world, guards);
	expect(holds(world).find(({ subject }) => subject === 'run')).toMatchObject({ shown: '1 0', decision: 'release' });
});

test('another sync ends links while the run goes: deletions are counted anew before the next page', async () => {
	const world = await linkedPairs('ada', 'bob', 'eve');
	world.app.edit('A-1', { phone: '2' });
	world.app.remove('A-2');
	world.crm.fault = () => {
		world.crm.fault = () => undefined;
		world.memory.contents.counts.push({ connectionId: 'id', entity: 'Lead', at: world.now, updates: 0, deletions: 1 });
		return undefined;
	};
	expect(await next(world, { ...letThrough(9, 1), pageSize: 1 })).toEqual(['update crm L-1 Phone', 'notRun A-2 GUARD']);
});

test('a run that a limit has stopped asks nobody to look at what it does not do', async () => {
	const world = await linkedPairs('ada', 'bob');
	world.app.edit('A-1', { phone: '2' });
	const { readByIds } = world.crm.changes;
	const stampsAlone = ({ select }: Parameters<typeof readByIds>[0]) => select.length === 0;
	Object.assign(world.crm.changes, {
		readByIds: (query: Parameters<typeof readByIds>[0]) => {
			if (stampsAlone(query)) {
				world.crm.callsLeft = 0;
				world.memory.contents.counts.push({ connectionId: 'id', entity: 'Lead', at: world.now, updates: 1, deletions: 0 });
			}
			return readByIds(query);
		},
	});
	expect(await next(world, letThrough(1, 1))).toEqual(['notRun A-1 LIMIT']);
	expect(holds(world)).toEqual([]);
});

test('everything is compared, and closed links count as what may be opened again: nothing goes to the app, not even a page', async () => {
	const world = await linkedPairs('ada', 'bob', 'eve', 'joe', 'kim', 'lea');
	for (const id of ['A-5', 'A-6']) world.app.remove(id);
	await next(world);
	world.memory.contents.counts.length = 0;
	world.crm.pageSize = 1;
	for (const id of ['L-1', 'L-2', 'L-3']) world.crm.edit(id, { Phone: '2' });
	expect(await next(world, { ...letThrough(2, 2), fullCompare: true, mode: 'changed', items: [] })).toEqual([]);
	expect(holds(world)).toMatchObject([{ subject: 'run', shown: '3 0' }]);
});
