import { held, linkedPairs, next } from '../twoWay/pairs';
import type { Contents } from '../twoWay/MemorySyncState';
import { withRule, type World } from '../twoWay/World';

const silent = { mode: 'changed', items: [] } as const;

const backupOf = (world: World): Contents => structuredClone(world.memory.contents);
const isInDoubt = (world: World) => [...world.memory.contents.syncs.values()].map(({ inDoubt }) => inDoubt);
/** A person decides what is held under this subject. */
const decide = async (world: World, wanted: string, decision: 'useApp' | 'useCrm' | 'release') => {
	const hold = [...world.memory.contents.holds.values()].find(({ subject, field }) => subject === wanted || field === wanted)!;
	expect(await world.state.decide(hold, decision)).toBe(true);
};

/** A copy from before `A-1` was changed twice, by the app and then back by the CRM: by the copy, only the app has changed it. */
async function olderThanOneEdit(): Promise<World> {
	const world = await linkedPairs('ada');
	const backup = backupOf(world);
	world.app.edit('A-1', { phone: '2' });
	await next(world);
	await next(world);
	world.crm.edit('L-1', { Phone: '1' });
	world.memory.contents = backup;
	return world;
}

test('B21 an older copy of the state, and the app shows only changes: in doubt until it has shown everything', async () => {
	const world = await linkedPairs('ada');
	const backup = backupOf(world);
	world.app.add({ email: 'bob@x.com', name: 'bob' });
	for (let count = 0; count < 3; count++) await next(world);
	world.memory.contents = backup;
	world.crm.edit('L-2', { Email: 'robert@x.com' });
	world.crm.calls.length = 0;
	for (let count = 0; count < 3; count++) expect(await next(world, silent)).toEqual([]);
	expect([isInDoubt(world), held(world), world.crm.calls]).toEqual([[true], ['run restored'], []]);
	expect(await next(world, { readChanges: false })).toEqual(['hold A-2 restored']);
	expect(isInDoubt(world)).toEqual([true]);
	expect(await next(world)).toEqual(['hold A-2 restored', 'hold L-2 restored']);
	expect([isInDoubt(world), held(world)]).toEqual([[false], ['A-2 restored', 'L-2 restored']]);
	expect(await next(world, silent)).toEqual(['link - L-2', 'create app new from L-2 email+name']);
});

test('B22 in doubt, a field that differs is held, whichever side seems to have changed it; a person decides', async () => {
	const world = await olderThanOneEdit();
	for (let count = 0; count < 3; count++) expect(await next(world)).toEqual(['hold A-1 restored phone']);
	expect([isInDoubt(world), world.app.records.get('A-1')?.phone, world.crm.alive[0].values.Phone]).toEqual([[false], '2', '1']);
	await decide(world, 'phone', 'useApp');
	expect([await next(world), held(world)]).toEqual([['update crm L-1 Phone'], []]);
	world.crm.edit('L-1', { Phone: '5' });
	expect(await next(world)).toEqual(['update app A-1 phone']);
});

test('B23 what was decided before counts only once there is no doubt', async () => {
	const world = await olderThanOneEdit();
	const changed = { mode: 'changed', items: world.app.items('all') } as const;
	expect(await next(world, changed)).toEqual(['hold A-1 restored phone']);
	await decide(world, 'phone', 'useApp');
	expect(await next(world, changed)).toEqual(['hold A-1 restored phone']);
	expect(await next(world)).toEqual(['hold A-1 restored phone']);
	expect(await next(world)).toEqual(['update crm L-1 Phone']);
});

test('B24 in doubt, nothing is deleted and nothing is sent again', async () => {
	const world = await linkedPairs('ada', 'bob', 'eve');
	world.crm.add({ Email: 'joe@x.com', LastName: 'Joe' });
	world.crm.edit('L-2', { Phone: '2' });
	await next(world, { ...silent, arrives: () => false });
	const backup = backupOf(world);
	for (const [id, delivery] of backup.deliveries) backup.deliveries.set(id, { ...delivery, handedOver: false });
	await next(world);
	world.memory.contents = backup;
	world.crm.remove('L-1');
	expect(await next(world)).toEqual(['hold A-1 absent', 'link A-4 L-4']);
	expect([world.app.records.size, isInDoubt(world)]).toEqual([4, [false]]);
});

test('B38 in doubt, a new record that was not handed over is sent again only when all is compared', async () => {
	const world = await linkedPairs('ada');
	world.crm.add({ Email: 'joe@x.com', LastName: 'Joe' });
	const lost = { ...silent, arrives: () => false };
	expect(await next(world, lost)).toEqual(['link - L-2', 'create app new from L-2 email+name']);
	const [{ id }] = world.memory.contents.deliveries.values();
	for (const [link, delivery] of world.memory.contents.deliveries) world.memory.contents.deliveries.set(link, { ...delivery, handedOver: false });
	world.runsKnown += 1;
	expect([await next(world), isInDoubt(world)]).toEqual([[], [false]]);
	world.tick();
	const { results } = await world.run(silent);
	expect(results.flatMap(({ steps }) => steps)).toMatchObject([{ do: 'deliver', delivery: { id, kind: 'create', crmId: 'L-2', again: true } }]);
});

test('B25 a record that neither run of the doubt saw on both sides is held when its sides differ later', async () => {
	const world = await linkedPairs('ada', 'bob');
	world.mapping = withRule('phone', { conflict: 'preferApp' });
	await next(world);
	const backup = backupOf(world);
	world.app.edit('A-1', { phone: '2' });
	await next(world);
	world.memory.contents = backup;
	world.crm.edit('L-1', { Phone: '3' });
	const [ada, bob] = world.app.items('all');
	expect([await next(world, { items: [bob] }), isInDoubt(world)]).toEqual([[], [false]]);
	expect(await next(world, { items: [ada] })).toEqual(['hold A-1 restored phone']);
});

test('B26 the app cannot show everything: a person lets it through, and all of the CRM is listed once', async () => {
	const world = await olderThanOneEdit();
	expect([await next(world, silent), held(world)]).toEqual([[], ['run restored']]);
	await decide(world, 'run:restored', 'release');
	world.crm.calls.length = 0;
	expect([await next(world, silent), isInDoubt(world), held(world), world.crm.calls]).toEqual([[], [false], [], ['changes']]);
	expect(await next(world, { mode: 'changed' })).toEqual([]);
	expect(await next(world)).toEqual(['hold A-1 restored phone']);
});

const WENT: readonly (readonly [string, 'useApp' | 'useCrm', (world: World) => void, readonly string[]])[] = [
	['deleted in the CRM and edited in the app; for the CRM', 'useCrm', (world) => world.crm.remove('L-1') ?? world.app.edit('A-1', { phone: '2' }), ['delete app A-1']],
	['the same; for the app', 'useApp', (world) => world.crm.remove('L-1') ?? world.app.edit('A-1', { phone: '2' }), ['revive A-1 L-2', 'create crm L-2 from A-1']],
	['deleted in the app and edited in the CRM; for the CRM', 'useCrm', (world) => world.app.remove('A-1') ?? world.crm.edit('L-1', { Phone: '2' }), ['revive - L-1', 'create app new from L-1 email+name+phone']],
];

test.each(WENT)('B39 %s: in doubt it stays held, and the decision is carried out afterwards', async (_name, decision, goes, lines) => {
	const world = await linkedPairs('ada');
	goes(world);
	expect(await next(world)).toContainEqual(expect.stringContaining('deletedAndEdited'));
	world.runsKnown = 99;
	await next(world, silent);
	const [{ subject }] = world.memory.contents.holds.values();
	await decide(world, subject, decision);
	await next(world);
	expect(isInDoubt(world)).toEqual([false]);
	expect(await next(world)).toEqual(lines);
	expect(held(world)).toEqual([]);
});

test('in doubt, a record that was converted in the CRM and edited in the app stays held', async () => {
	const world = await linkedPairs('ada');
	world.crm.edit('L-1', { IsConverted: true });
	world.app.edit('A-1', { phone: '2' });
	await next(world);
	world.runsKnown = 99;
	for (const run of [silent, {}, {}]) await next(world, run);
	expect(isInDoubt(world)).toEqual([false]);
	expect(held(world)).toEqual(['A-1 converted']);
});

test('in doubt, the app says once more that it deleted a record that the CRM edited: it stays held', async () => {
	const world = await linkedPairs('ada', 'bob');
	world.app.remove('A-1');
	world.crm.edit('L-1', { Phone: '2' });
	await next(world);
	world.runsKnown = 99;
	const items = [...world.app.items('all'), { id: 'A-1', values: {}, deleted: true }].map((item, index) => ({ ...item, index }));
	for (const run of [{ items }, { items }]) await next(world, run);
	expect(isInDoubt(world)).toEqual([false]);
	expect(held(world)).toEqual(['A-1 deletedAndEdited']);
});

test('in doubt, what only the app has waits for the app, what only the CRM has is looked at by itself', async () => {
	const world = await linkedPairs('ada');
	await next(world, { ...silent, runsKnown: 99 });
	world.crm.add({ Email: 'eve@x.com', LastName: 'Eve' });
	world.app.add({ email: 'joe@x.com' });
	await next(world, { runsKnown: 99 });
	const waits = [...world.memory.contents.holds.values()].map(({ appId, crmId, reason, nextTryAt }) => [appId ?? crmId ?? 'run', reason, nextTryAt !== null]);
	expect(waits.filter(([, reason]) => reason === 'restored').sort()).toEqual([['A-2', 'restored', false], ['L-2', 'restored', true]]);
});

test('in doubt, a record that the CRM deleted and the app shows still, as it was told of, is not taken for edited', async () => {
	const world = await linkedPairs('ada', 'bob');
	world.crm.remove('L-1');
	await next(world, { arrives: () => false });
	for (const runsKnown of [99, 99, 99]) await next(world, { runsKnown, arrives: () => false });
	expect(held(world).filter((line) => line.includes('deletedAndEdited'))).toEqual([]);
});
