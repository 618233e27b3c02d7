import { held, linkedPairs, next } from '../twoWay/pairs';
import type { World } from '../twoWay/World';

const linked = (world: World) => [...world.memory.contents.links.values()].filter(({ ended }) => ended === null).map(({ appId, crmId }) => `${appId} ${crmId}`).sort();

test('D41 merged, and the winner merged too, and so on: the link goes on with the last one', async () => {
	const world = await linkedPairs('ada');
	const rows = ['bob', 'eve', 'joe'].map((name) => world.crm.add({ Email: `${name}@x.com`, LastName: name }));
	world.crm.remove('L-1', rows[0].id);
	world.crm.remove(rows[0].id, rows[1].id);
	world.crm.remove(rows[1].id, rows[2].id);
	world.crm.pageSize = 1;
	expect(await next(world)).toEqual(['link A-1 L-4', 'update app A-1 email+name+phone']);
	expect([held(world), linked(world), world.app.records.size]).toEqual([[], ['A-1 L-4'], 1]);
});

test('D42 the same, and one of them has a link: that one goes on, this one ends and is held', async () => {
	const world = await linkedPairs('ada', 'bob');
	world.crm.remove('L-1', 'L-2');
	const last = world.crm.add({ Email: 'bob@x.com', LastName: 'bob', Phone: '1' });
	world.crm.remove('L-2', last.id);
	expect(await next(world)).toEqual(['unlink A-1 L-1', 'hold A-1 merged (L-3)', 'link A-2 L-3']);
	expect([held(world), linked(world)]).toEqual([['A-1 merged'], ['A-2 L-3']]);
});

test('D43 the same, and the last one was deleted: like a deletion', async () => {
	const world = await linkedPairs('ada');
	const winner = world.crm.add({ Email: 'bob@x.com', LastName: 'bob' });
	world.crm.remove('L-1', winner.id);
	world.crm.remove(winner.id);
	expect(await next(world)).toEqual(['unlink A-1 L-1', 'delete app A-1']);
});

test('D44 merged into one that is gone, and nothing says what became of it: held, and nothing is deleted', async () => {
	const world = await linkedPairs('ada');
	world.crm.remove('L-1', 'L-9');
	expect([await next(world), await next(world)]).toEqual([['hold A-1 absent'], ['hold A-1 absent']]);
	const [chased, app] = [await linkedPairs('ada'), 'A-1'];
	chased.crm.remove('L-1', 'L-8');
	Object.assign(chased.crm.add({ Email: 'x@x.com' }), { id: 'L-8' });
	chased.crm.remove('L-8', 'L-9');
	Object.assign(chased.crm.add({ Email: 'y@x.com' }), { id: 'L-9' });
	chased.crm.remove('L-9', 'L-8');
	expect([await next(chased), chased.app.records.has(app)]).toEqual([['hold A-1 absent'], true]);
});

test('D86 merged into one with a link, and the app has deleted its own: the link ends, and nothing is held', async () => {
	const world = await linkedPairs('ada', 'bob');
	world.crm.remove('L-1', 'L-2');
	world.app.remove('A-1');
	expect([await next(world), held(world), linked(world)]).toEqual([['unlink A-1 L-1'], [], ['A-2 L-2']]);
	expect([await next(world), held(world)]).toEqual([[], []]);
});
