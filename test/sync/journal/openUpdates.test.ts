import { held, linkedPairs, next } from '../twoWay/pairs';

test('two open updates of one link, none of them done: held once, and the next run goes on', async () => {
	const world = await linkedPairs('ada');
	const values = { email: 'ada@x.com' };
	const items = [{ index: 0, id: 'A-1', values: { ...values, name: 'One' } }, { index: 1, values: { ...values, name: 'Two', phone: '3' } }];
	world.crm.fault = () => 'lostBefore';
	await next(world, { mode: 'changed', items, pageSize: 1 });
	expect(world.memory.contents.intents.size).toBe(2);
	world.crm.fault = () => undefined;
	await next(world, { mode: 'changed', items: [] });
	expect([world.memory.contents.intents.size, held(world)]).toEqual([0, ['A-1 notRun']]);
});
