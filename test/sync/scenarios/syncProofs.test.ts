import { held, linkedPairs, next } from '../twoWay/pairs';
import { MAPPING, type World } from '../twoWay/World';

const silent = { mode: 'changed', items: [] } as const;

/** Two fields are on their way to the CRM when the run dies; then the CRM hides one of them. */
async function dyingAt(crashAt: string): Promise<World> {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { name: 'Eve', phone: '2' });
	expect((await world.run({ crashAt })).crashed).toBe(true);
	world.crm.hidden.add('Phone');
	return world;
}

test('J80 killed before an update, and the CRM hides its field: not taken for done', async () => {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { phone: '2' });
	await world.run({ crashAt: 'before write 1' });
	world.crm.hidden.add('Phone');
	expect([await next(world, silent), held(world)]).toEqual([[], ['A-1 notRun']]);
	world.crm.hidden.clear();
	expect([await next(world), world.crm.alive[0].values.Phone, held(world)]).toEqual([['update crm L-1 Phone'], '2', []]);
});

test('J81 killed after an update, and the CRM hides one of its fields: what it shows is settled, the rest when the app shows the record', async () => {
	const world = await dyingAt('after write 1');
	expect([await next(world, silent), held(world)]).toEqual([[], ['A-1 notRun']]);
	world.crm.hidden.clear();
	world.crm.edit('L-1', { LastName: 'Bob' });
	expect([await next(world), world.app.records.get('A-1'), held(world)]).toEqual([['update app A-1 name'], expect.objectContaining({ name: 'Bob', phone: '2' }), []]);
});

test('J82 the same, and it was not done: nothing of it is settled', async () => {
	const world = await dyingAt('before write 1');
	expect([await next(world, silent), held(world)]).toEqual([[], ['A-1 notRun']]);
	world.crm.hidden.clear();
	expect([await next(world), world.crm.alive[0].values]).toEqual([['update crm L-1 LastName+Phone'], expect.objectContaining({ LastName: 'Eve', Phone: '2' })]);
});

test('J83 killed before an update, and a push shows the record without its field: the edit still waits, and the CRM changes nothing under it', async () => {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { phone: '2' });
	world.crm.compareAndSet = true;
	world.crm.beforeCheck = () => world.crm.edit('L-1', { Phone: '3' });
	await world.run({ crashAt: 'after write 1' });
	world.crm.beforeCheck = () => undefined;
	world.mapping = { ...MAPPING, rules: MAPPING.rules.filter(({ id }) => id !== 'phone') };
	expect([await next(world, { readChanges: false, adoptMapping: false }), held(world)]).toEqual([['hold A-1 notRun'], ['A-1 notRun']]);
	world.mapping = MAPPING;
	const { results } = await world.run();
	expect([results.flatMap(({ notes }) => notes.map(({ appValue, crmValue }) => [appValue, crmValue])), held(world)]).toEqual([[['2', '3']], []]);
});
