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

test('the same of different fields: all of them wait until the app shows them', async () => {
	const world = await linkedPairs('ada');
	const values = { email: 'ada@x.com' };
	const items = [{ index: 0, id: 'A-1', values: { ...values, name: 'One' } }, { index: 1, values: { ...values, phone: '3' } }];
	world.crm.fault = () => 'lostBefore';
	await next(world, { mode: 'changed', items, pageSize: 1 });
	world.crm.fault = () => undefined;
	world.crm.edit('L-1', { LastName: 'Bob', Phone: '4', Email: 'bob@x.com' });
	expect(await next(world, { mode: 'changed', items: [] })).toEqual(['update app A-1 email']);
	expect([world.memory.contents.intents.size, held(world)]).toEqual([0, ['A-1 notRun']]);
	expect(await next(world, { mode: 'changed', items: [{ index: 0, id: 'A-1', values: { name: 'One' } }] })).toEqual(['update app A-1 email+name', 'hold A-1 notRun']);
});
