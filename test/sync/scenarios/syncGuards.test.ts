import { held, linkedPairs, next } from '../twoWay/pairs';
import { told } from '../twoWay/told';
import type { World } from '../twoWay/World';

const most = (updates: number, deletions = 1) => ({
	updateGuard: { most: updates, share: 1, atLeast: updates },
	deleteGuard: { most: deletions, share: 1, atLeast: deletions },
});
const HOUR_MS = 60 * 60_000;
const SIX = ['ada', 'bob', 'eve', 'joe', 'kim', 'lea'];

const edit = (world: World, phone: string, ...ids: readonly number[]) => {
	for (const id of ids) world.app.edit(`A-${id}`, { phone });
};
const review = (world: World) => [...world.memory.contents.holds.values()].find(({ subject }) => subject === 'run');
const letThrough = async (world: World) => expect(await world.state.decide(review(world)!, 'release')).toBe(true);
/** Calls of a run, by name. */
const calls = (world: World) => world.crm.calls.reduce<Record<string, number>>((sum, call) => ({ ...sum, [call]: (sum[call] ?? 0) + 1 }), {});

test('G21 a run that was let through is stopped: only what is left of it goes on', async () => {
	const world = await linkedPairs(...SIX);
	edit(world, '2', 1, 2, 3);
	expect(await next(world, most(2))).toEqual(['notRun A-1 GUARD', 'notRun A-2 GUARD', 'notRun A-3 GUARD']);
	await letThrough(world);
	world.tick();
	world.crm.fault = ({ kind }) => (world.crm.written.length >= 2 && kind === 'update' ? 'throttled' : undefined);
	world.crm.written.length = 0;
	expect(told((await world.run({ ...most(2), pageSize: 1 })).results)).toBe('\nupdate crm L-1 Phone\nupdate crm L-2 Phone\nnotRun A-3 LIMIT\n');
	expect(review(world)).toMatchObject({ shown: '1 0', decision: 'release' });
	world.crm.fault = () => undefined;
	edit(world, '3', 4, 5);
	expect(await next(world, { ...most(2), pageSize: 1 })).toEqual(['notRun A-3 GUARD', 'notRun A-4 GUARD', 'notRun A-5 GUARD']);
	expect(world.crm.written).toHaveLength(2);
	expect(review(world)).toMatchObject({ shown: '3 0', decision: null });
});

test('G22 the same, killed between a write and its commit: what the next run finds done is taken off too', async () => {
	const world = await linkedPairs(...SIX);
	edit(world, '2', 1, 2, 3);
	await next(world, { ...most(2), pageSize: 1 });
	await letThrough(world);
	world.crm.written.length = 0;
	for (let crashAt = 2; world.crm.written.length === 0; crashAt++) await world.run({ ...most(2), pageSize: 1, crashAt });
	expect(world.memory.contents.intents.size).toBe(1);
	edit(world, '3', 4);
	expect(await next(world, { ...most(2), pageSize: 1 })).toContain('notRun A-4 GUARD');
	expect([world.crm.written.length, review(world)]).toMatchObject([1, { shown: '3 0', decision: null }]);
});

test('G23 a small run has room without it: what was let through is kept for the run that needs it', async () => {
	const world = await linkedPairs(...SIX);
	edit(world, '2', 1, 2, 3);
	await next(world, most(2));
	await letThrough(world);
	const small = { index: 0, id: 'A-4', values: { phone: '4' } };
	expect(await next(world, { ...most(2), mode: 'events', items: [small], readChanges: false })).toEqual(['update crm L-4 Phone']);
	expect(review(world)?.decision).toBe('release');
	edit(world, '4', 4);
	expect(await next(world, most(2))).toEqual(['update crm L-1 Phone', 'update crm L-2 Phone', 'update crm L-3 Phone']);
	expect(review(world)).toBeUndefined();
});

test('G24 a review is over once a run comes to its end without exceeding the guard', async () => {
	const world = await linkedPairs(...SIX);
	edit(world, '2', 1, 2, 3);
	await next(world, most(2));
	expect(held(world)).toEqual(['run guard']);
	edit(world, '1', 1, 2);
	expect([await next(world, most(2)), held(world)]).toEqual([['update crm L-3 Phone'], []]);
});

test('G25 a guard counts all syncs of the connection and kind of record, and takes its share of all their links', async () => {
	const world = await linkedPairs(...SIX);
	const { syncs, links, counts } = world.memory.contents;
	const [[, sync]] = syncs;
	const other = { ...sync, id: 'other', scope: { ...sync.scope, appName: 'Other' } };
	syncs.set('other', other);
	const [link] = links.values();
	for (let count = 0; count < 14; count++) links.set(`other ${count}`, { ...link, id: `other ${count}`, syncId: 'other', appId: `${count}`, crmId: `${count}` });
	counts.push({ connectionId: 'id', entity: 'Lead', at: world.now, updates: 9, deletions: 0 });
	const half = { updateGuard: { most: 100, share: 0.5, atLeast: 0 } };
	edit(world, '2', 1);
	expect(await next(world, half)).toEqual(['update crm L-1 Phone']);
	edit(world, '2', 2);
	expect(await next(world, half)).toEqual(['notRun A-2 GUARD']);
	expect(review(world)?.words).toContain('10 and 0 were in the last 24 hours, 10 and');
});

test('G26 another sync changes records while the run goes: counted before the next page is written', async () => {
	const world = await linkedPairs(...SIX);
	edit(world, '2', 1, 2, 3);
	world.crm.fault = () => {
		world.crm.fault = () => undefined;
		world.memory.contents.counts.push({ connectionId: 'id', entity: 'Lead', at: world.now, updates: 2, deletions: 0 });
		return undefined;
	};
	expect(await next(world, { ...most(3), pageSize: 1 })).toEqual(['update crm L-1 Phone', 'notRun A-2 GUARD', 'notRun A-3 GUARD']);
});

test('G27 what was changed 23 hours ago counts', async () => {
	const world = await linkedPairs(...SIX);
	edit(world, '2', 1);
	await next(world, most(1));
	world.tick(22 * HOUR_MS);
	edit(world, '2', 2);
	expect(await next(world, most(1))).toEqual(['notRun A-2 GUARD']);
});

test('G28 the CRM changed more than is let through: nothing is sent to the app, not even a page', async () => {
	const world = await linkedPairs(...SIX);
	for (const { id } of world.crm.alive) world.crm.edit(id, { Phone: '2' });
	expect(await next(world, { ...most(5), mode: 'changed', items: [] })).toEqual([]);
	expect([held(world), review(world)?.shown, world.app.records.get('A-1')?.phone]).toEqual([['run guard'], '6 0', '1']);
});

test('G29 everything is compared: no preview where all links together cannot exceed the guard, else each call of the pages twice', async () => {
	const world = await linkedPairs(...SIX);
	world.crm.pageSize = 1_000;
	world.app.add({ email: 'new@x.com' });
	const full = { fullCompare: true, pageSize: 1_000 };
	world.crm.calls.length = 0;
	expect(await next(world, { ...full, ...most(13) })).toEqual(['link A-7 L-7', 'create crm L-7 from A-7']);
	expect(calls(world)).toEqual({ changes: 1, match: 1, read: 2, write: 1 });
	world.app.add({ email: 'newer@x.com' });
	world.crm.calls.length = 0;
	expect(await next(world, { ...full, ...most(12) })).toEqual(['link A-8 L-8', 'create crm L-8 from A-8']);
	expect(calls(world)).toEqual({ changes: 1, match: 2, read: 3, write: 1 });
});
