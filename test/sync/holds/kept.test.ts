import { held, linkedPairs, next } from '../twoWay/pairs';
import { withRule, World } from '../twoWay/World';

test('a decision about a whole record stays while a sync is in doubt and the app shows nothing', async () => {
	const world = await linkedPairs('ada');
	world.crm.remove('L-1');
	world.app.edit('A-1', { phone: '2' });
	await next(world);
	expect(held(world)).toEqual(['A-1 deletedAndEdited']);
	await world.state.decide([...world.memory.contents.holds.values()][0], 'useCrm');
	expect(await next(world, { mode: 'changed', items: [], runsKnown: 99 })).not.toContain('delete app A-1');
	expect([...world.memory.contents.holds.values()].find(({ appId }) => appId === 'A-1')).toMatchObject({ reason: 'deletedAndEdited', decision: 'useCrm' });
});

test('what is held without a match key waits under none', async () => {
	const world = new World();
	world.app.add({ email: null });
	await next(world);
	expect([...world.memory.contents.holds.values()]).toMatchObject([{ reason: 'noKey', keyHash: null }]);
});

test('a decision that cannot be carried out yet is looked at in every run, and no result tells of it', async () => {
	const silent = { mode: 'changed', items: [] } as const;
	const world = await linkedPairs('ada');
	world.mapping = withRule('phone', { conflict: 'hold' });
	world.app.edit('A-1', { phone: '2' });
	world.crm.edit('L-1', { Phone: '3' });
	await next(world);
	await world.state.decide([...world.memory.contents.holds.values()][0], 'useCrm');
	world.crm.edit('L-1', { Phone: '4' });
	await next(world, silent);
	world.tick(30 * 60_000);
	const { results } = await world.run(silent);
	expect([results, held(world)]).toEqual([[], ['A-1 conflict phone']]);
});
