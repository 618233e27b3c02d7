import { allowedBy } from '../../../src/sync/guards/GuardBook';
import { held, linkedPairs, next } from '../twoWay/pairs';
import { withRule, World } from '../twoWay/World';

const letThrough = (updates: number, deletions: number) => ({
	updateGuard: { most: updates, share: 1, atLeast: updates },
	deleteGuard: { most: deletions, share: 1, atLeast: deletions },
});
const holds = (world: World) => [...world.memory.contents.holds.values()];
const counts = (world: World) => world.memory.contents.counts.map(({ updates, deletions }) => [updates, deletions]);

test.each([
	['a share of the links', { most: 100, share: 0.2, atLeast: 1 }, 50, 10],
	['never more than so many', { most: 5, share: 0.2, atLeast: 1 }, 50, 5],
	['but so many in any case', { most: 100, share: 0.2, atLeast: 20 }, 50, 20],
	['whole records', { most: 100, share: 0.1, atLeast: 0 }, 19, 1],
])('a guard lets through %s', (_name, guard, links, allowed) => {
	expect(allowedBy(guard, links)).toBe(allowed);
});

test('a review names five examples at most, of records that would change', async () => {
	const world = await linkedPairs('ada', 'bob', 'eve', 'joe', 'kim', 'lea', 'mia');
	world.app.add({ email: 'new@x.com' });
	for (const id of ['A-2', 'A-3', 'A-4', 'A-5', 'A-6', 'A-7']) world.app.edit(id, { phone: '2' });
	await next(world, letThrough(2, 1));
	const [review] = holds(world);
	expect([review.words, review.candidates]).toEqual([expect.stringContaining('would change 6 records'), ['L-2', 'L-3', 'L-4', 'L-5', 'L-6']]);
});

test('updates and deletions are counted together in a review', async () => {
	const world = await linkedPairs('ada', 'bob', 'eve');
	world.app.edit('A-1', { phone: '2' });
	for (const id of ['A-2', 'A-3']) world.app.remove(id);
	await next(world, letThrough(1, 1));
	expect(holds(world)[0]).toMatchObject({ shown: '1 2', candidates: ['L-1', 'L-2', 'L-3'] });
});

test('a run that may exceed a guard, and does not, goes on', async () => {
	const world = await linkedPairs('ada', 'bob');
	world.app.edit('A-1', { phone: '2' });
	world.app.edit('A-2', { company: 'Acme', phone: ' 1 ' });
	world.crm.edit('L-1', { Phone: '2' });
	expect(await next(world, letThrough(1, 0))).toEqual([]);
	expect([held(world), counts(world).slice(1)]).toEqual([[], []]);
});

test('what a person let through is counted by nothing', async () => {
	const world = await linkedPairs('ada', 'bob');
	for (const id of ['A-1', 'A-2']) world.app.edit(id, { phone: '2' });
	await next(world, letThrough(1, 1));
	const before = counts(world).length;
	await world.state.decide(holds(world)[0], 'release');
	expect(await next(world, letThrough(1, 1))).toEqual(['update crm L-1 Phone', 'update crm L-2 Phone']);
	expect(counts(world)).toHaveLength(before);
	world.app.edit('A-1', { phone: '3' });
	expect(await next(world, letThrough(1, 1))).toEqual(['update crm L-1 Phone']);
});

describe('what a day has changed', () => {
	const after = async (prepare: (world: World) => void) => {
		const world = await linkedPairs('ada');
		world.memory.contents.counts.length = 0;
		prepare(world);
		await next(world);
		return counts(world);
	};

	test('a run that changes nothing does not count', async () => {
		expect(await after((world) => world.app.edit('A-1', { phone: ' 1 ' }))).toEqual([]);
	});

	test('a link that ended counts', async () => {
		expect(await after((world) => world.app.remove('A-1'))).toEqual([[0, 1]]);
	});

	test('a refused write does not count', async () => {
		expect(await after((world) => world.app.edit('A-1', { name: 'Refused' }))).toEqual([]);
	});

	test('a refused write counts where something went to the app', async () => {
		expect(
			await after((world) => {
				world.app.edit('A-1', { name: 'Refused' });
				world.crm.edit('L-1', { Phone: '2' });
			}),
		).toEqual([[1, 0]]);
	});

	test('a refused create counts nothing', async () => {
		expect(await after((world) => world.app.add({ email: 'eve@x.com', name: 'Refused' }))).toEqual([]);
	});

	test('a write without an answer counts', async () => {
		expect(
			await after((world) => {
				world.app.edit('A-1', { phone: '2' });
				world.crm.fault = () => 'lostBefore';
			}),
		).toEqual([[1, 0]]);
	});

	test('what somebody else was faster with is counted once', async () => {
		expect(
			await after((world) => {
				world.crm.compareAndSet = true;
				world.app.edit('A-1', { phone: '2' });
				world.crm.beforeCheck = () => {
					world.crm.beforeCheck = () => undefined;
					world.crm.edit('L-1', { LastName: 'Ada' });
				};
			}),
		).toEqual([[1, 0]]);
	});
});

test('a dry run asks for no preview of itself, and reviews nothing', async () => {
	const world = await linkedPairs('ada', 'bob');
	for (const id of ['A-1', 'A-2']) world.app.edit(id, { phone: '2' });
	expect(await next(world, { ...letThrough(1, 1), dryRun: true })).toEqual(['update crm L-1 Phone', 'update crm L-2 Phone']);
	expect(held(world)).toEqual([]);
});

test('a run that has stopped before asks for no preview', async () => {
	const world = await linkedPairs('ada', 'bob');
	world.mapping = withRule('phone', { conflict: 'preferApp' });
	for (const id of ['A-1', 'A-2']) world.app.edit(id, { phone: '2' });
	world.crm.callsLeft = 0;
	expect(await next(world, letThrough(1, 1))).toEqual(['notRun A-1 LIMIT', 'notRun A-2 LIMIT']);
	expect(held(world)).toEqual([]);
});
