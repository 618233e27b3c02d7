import { held, linkedPairs, next } from '../twoWay/pairs';

const one = { updateGuard: { most: 1, share: 1, atLeast: 1 } };

test('G11 killed between an update and its commit: it counts as soon as it is known to be done', async () => {
	const world = await linkedPairs('ada', 'bob');
	world.tick(26 * 60 * 60_000);
	world.app.edit('A-1', { phone: '2' });
	expect((await world.run({ ...one, crashAt: 4 })).crashed).toBe(true);
	world.app.edit('A-2', { phone: '2' });
	expect(await next(world, one)).toEqual(['notRun A-2 GUARD']);
	expect([world.crm.alive.map(({ values }) => values.Phone), held(world)]).toEqual([['2', '1'], ['run guard']]);
	expect(world.memory.contents.counts.filter(({ at }) => at > world.now - 86_400_000).map(({ updates }) => updates)).toEqual([1]);
});

test('G12 an update without an answer counts once, whether it is known to be done with the same run or the next', async () => {
	const world = await linkedPairs('ada', 'bob', 'eve');
	world.tick(26 * 60 * 60_000);
	const two = { updateGuard: { most: 2, share: 1, atLeast: 2 } };
	const counts = () => world.memory.contents.counts.filter(({ at }) => at > world.now - 86_400_000).map(({ updates }) => updates);
	world.app.edit('A-1', { phone: '2' });
	world.crm.fault = () => {
		world.crm.callsLeft = 0;
		return 'lostAfter';
	};
	expect([await next(world, two), held(world), counts()]).toEqual([['uncertain A-1'], ['A-1 uncertain'], [1]]);
	world.crm.fault = () => 'lostAfter';
	world.crm.callsLeft = Infinity;
	world.app.edit('A-2', { phone: '2' });
	expect([await next(world, { ...two, mode: 'changed' }), held(world), counts()]).toEqual([['update crm L-2 Phone'], [], [1, 1]]);
	world.app.edit('A-3', { phone: '2' });
	expect(await next(world, two)).toEqual(['notRun A-3 GUARD']);
});

test('G13 more is to change than was reckoned: the run stops before that page, and one review is held', async () => {
	const world = await linkedPairs('ada', 'bob');
	world.tick(26 * 60 * 60_000);
	for (const id of ['A-1', 'A-2']) world.app.edit(id, { phone: '2' });
	world.crm.edit('L-2', { Phone: '2' });
	world.crm.beforeCheck = () => {
		world.crm.beforeCheck = () => undefined;
		world.crm.edit('L-2', { Phone: '3' });
	};
	expect(await next(world, { ...one, pageSize: 1 })).toEqual(['update crm L-1 Phone', 'notRun A-2 GUARD']);
	const [review] = world.memory.contents.holds.values();
	expect([held(world), review.candidates, review.words]).toEqual([['run guard'], ['L-2'], expect.stringContaining('would change 1 records and end 0 links of deleted ones; 1 and 0 were')]);
});
