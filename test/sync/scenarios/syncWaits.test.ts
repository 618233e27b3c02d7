import { held, linkedPairs, next } from '../twoWay/pairs';
import { World } from '../twoWay/World';

const silent = { mode: 'changed', items: [] } as const;

test('J61 a record of the app was not run, and the CRM shows a new one with its key: held, and linked when the app shows the record', async () => {
	const world = await linkedPairs('ada');
	world.app.add({ email: 'eve@x.com', name: 'Eve', phone: '2' });
	world.crm.callsLeft = 1;
	expect([await next(world, { mode: 'changed' }), held(world)]).toEqual([['notRun A-2 LIMIT'], ['A-2 notRun']]);
	world.crm.callsLeft = Infinity;
	world.crm.add({ Email: 'eve@x.com', LastName: 'Eve', Phone: '2' });
	expect([await next(world, silent), held(world)]).toEqual([['hold L-2 ambiguous (L-2)'], ['A-2 notRun', 'L-2 ambiguous']]);
	for (let count = 0; count < 3; count++) await next(world, silent);
	expect([[...world.app.records.keys()], held(world)]).toEqual([['A-1', 'A-2'], ['A-2 notRun', 'L-2 ambiguous']]);
	world.app.edit('A-2', { note: 'again' });
	expect([await next(world, { mode: 'changed' }), held(world)]).toEqual([['link A-2 L-2', 'update crm L-2 Description'], []]);
});

test('a linked record that was not run keeps no record of the CRM waiting that has its new key', async () => {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { email: 'eve@x.com' });
	world.crm.callsLeft = 0;
	expect([await next(world, { mode: 'changed' }), held(world)]).toEqual([['notRun A-1 LIMIT'], ['A-1 notRun']]);
	world.crm.callsLeft = Infinity;
	world.crm.add({ Email: 'eve@x.com', LastName: 'Eve' });
	expect(await next(world, silent)).toEqual(['link - L-2', 'create app new from L-2 email+name']);
});

test('J62 a create is given back to the app, and somebody makes the record by hand: held, and linked when the app shows the record', async () => {
	const world = await linkedPairs('ada');
	world.app.add({ email: 'eve@x.com', name: 'Eve', phone: '2' });
	world.crm.fault = () => 'lostBefore';
	expect(await next(world, { mode: 'changed' })).toEqual(['uncertain A-2']);
	world.crm.fault = () => undefined;
	for (let count = 0; count < 4; count++) await next(world, silent);
	expect([held(world), world.memory.contents.intents.size]).toEqual([['A-2 notRun'], 0]);
	world.crm.add({ Email: 'eve@x.com', LastName: 'Eve', Phone: '2' });
	expect([await next(world, silent), [...world.app.records.keys()]]).toEqual([['hold L-2 ambiguous (L-2)'], ['A-1', 'A-2']]);
	world.app.edit('A-2', { note: 'again' });
	expect([await next(world, { mode: 'changed' }), held(world)]).toEqual([['link A-2 L-2', 'update crm L-2 Description'], []]);
});

test('D61 a record that only the CRM has waits, and is deleted there: no longer held', async () => {
	const world = new World();
	for (const LastName of ['Ada', 'Bob']) world.crm.add({ Email: null, LastName });
	expect([await next(world), held(world)]).toEqual([['hold L-1 noKey (L-1)', 'hold L-2 noKey (L-2)'], ['L-1 noKey', 'L-2 noKey']]);
	world.crm.remove('L-1');
	await next(world, { dryRun: true });
	expect(held(world)).toEqual(['L-1 noKey', 'L-2 noKey']);
	expect([await next(world), held(world)]).toEqual([['hold L-2 noKey (L-2)'], ['L-2 noKey']]);
});

test('J87 a person chooses a side where there is none to choose: looked at once more, and held again without the choice', async () => {
	const world = await linkedPairs('ada');
	world.crm.add({ Email: 'ada@x.com', LastName: 'Other', Phone: '1' });
	expect(await next(world)).toEqual(['hold L-2 ambiguous (L-2, L-1)']);
	await world.state.decide([...world.memory.contents.holds.values()][0], 'useApp');
	expect(await next(world)).toEqual(['hold L-2 ambiguous (L-2, L-1)']);
	expect([...world.memory.contents.holds.values()].map(({ decision }) => decision)).toEqual([null]);
});
