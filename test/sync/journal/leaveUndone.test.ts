import { held, linkedPairs, next } from '../twoWay/pairs';
import { withRule, type World } from '../twoWay/World';

/** A run to which the app shows this edit alone, and which a limit stops just before it writes. */
async function stopped(world: World, values: Readonly<Record<string, string>>): Promise<readonly string[]> {
	world.app.edit('A-1', values);
	world.crm.callsLeft = 2;
	const lines = await next(world, { mode: 'changed' });
	world.crm.callsLeft = Infinity;
	return lines;
}

test('an edit that was not run is held beside a field that is held already', async () => {
	const world = await linkedPairs('ada');
	world.mapping = withRule('phone', { conflict: 'hold' });
	world.app.edit('A-1', { phone: '2' });
	world.crm.edit('L-1', { Phone: '3' });
	await next(world);
	expect(held(world)).toEqual(['A-1 conflict phone']);
	expect(await stopped(world, { name: 'Ada B.' })).toEqual(['notRun A-1 LIMIT']);
	expect(held(world)).toEqual(['A-1 conflict phone', 'A-1 notRun']);
	expect([...world.memory.contents.holds.values()].at(-1)).toMatchObject({ words: 'The daily limit is reached.', code: 'LIMIT' });
});

test('what would change nothing is not held, although it stands in the same page', async () => {
	const world = await linkedPairs('ada', 'bob');
	world.app.edit('A-1', { phone: '2' });
	world.app.changed.add('A-2');
	world.crm.callsLeft = 1;
	expect(await next(world, { mode: 'changed', fullCompare: true })).toEqual(['notRun A-1 LIMIT', 'notRun A-2 LIMIT']);
	expect(held(world)).toEqual(['A-1 notRun']);
});

test('a record whose refused write waits, and that the app edits once more: held for that too', async () => {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { name: 'Refused' });
	await next(world);
	expect(await stopped(world, { name: 'Ada B.' })).toEqual(['notRun A-1 LIMIT']);
	expect(held(world)).toEqual(['A-1 notRun']);
});

test('what only the CRM changed is not held when a run stops: the next one reads it again', async () => {
	const world = await linkedPairs('ada', 'bob', 'eve');
	world.crm.pageSize = 1;
	world.tick();
	for (const { id } of world.crm.alive) world.crm.edit(id, { Phone: '2' });
	const commit = world.state.commit.bind(world.state);
	world.state.commit = async (batch, lease) => {
		if ((batch.deliveries ?? []).length > 0) world.memory.contents.counts.push({ connectionId: 'id', entity: 'Lead', at: world.now, updates: 2, deletions: 0 });
		return await commit(batch, lease);
	};
	const guard = { updateGuard: { most: 3, share: 1, atLeast: 3 } };
	expect(await next(world, { mode: 'changed', items: [], ...guard })).toEqual(['update app A-1 phone', 'notRun A-2 GUARD']);
	expect(held(world)).toEqual(['run guard']);
});
