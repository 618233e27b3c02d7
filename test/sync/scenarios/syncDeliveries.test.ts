import { confirmDeliveries, type DeliveryReceipt } from '../../../src/sync/deliveries/confirmDeliveries';
import { linkedPairs, next } from '../twoWay/pairs';
import { MAPPING, type World } from '../twoWay/World';

const lost = { arrives: () => false };

async function confirm(world: World, ...receipts: readonly DeliveryReceipt[]) {
	const { state, leases } = world;
	const keyring = { current: { id: 'key 1', secret: new Uint8Array(32).fill(7) }, former: [] };
	const scope = { connectionId: 'id', entity: 'Lead', appName: 'Shop' };
	return await confirmDeliveries(receipts, { state, leases, keyring, newId: () => `confirm ${world.now}`, scope, description: world.crm.description });
}

const idOf = (world: World) => [...world.memory.contents.deliveries.values()].at(-1)!.id;

test('E1 confirmed: settled without the app showing it; a receipt twice changes nothing', async () => {
	const world = await linkedPairs('ada');
	world.crm.edit('L-1', { Phone: '2' });
	await next(world, { mode: 'events', items: [], ...lost });
	const deliveryId = idOf(world);
	expect(await confirm(world, { deliveryId }, { deliveryId }, { deliveryId: 'nonsense' })).toEqual(['confirmed', 'unknown', 'unknown']);
	expect([world.memory.contents.deliveries.size, await next(world, { mode: 'events', items: [] })]).toEqual([0, []]);
});

test('E2 confirmed with what the app made of it: that is its base, and no edit', async () => {
	const world = await linkedPairs('ada');
	world.crm.edit('L-1', { Phone: '2' });
	await next(world, { mode: 'events', items: [] });
	await confirm(world, { deliveryId: idOf(world), readBack: { phone: '+2' } });
	world.app.edit('A-1', { phone: '+2' });
	expect(await next(world)).toEqual([]);
});

test('E3 a new record confirmed with its id: linked at once, whatever its match key becomes', async () => {
	const world = await linkedPairs('ada');
	world.crm.add({ Email: 'bob@x.com', LastName: 'Bob' });
	await next(world);
	expect(await confirm(world, { deliveryId: idOf(world), appId: 'A-2' })).toEqual(['confirmed']);
	world.app.edit('A-2', { email: 'other@x.com' });
	expect(await next(world)).toEqual(['update crm L-2 Email']);
});

test('E4 the id is linked to another record: nothing is settled', async () => {
	const world = await linkedPairs('ada');
	world.crm.add({ Email: 'bob@x.com', LastName: 'Bob' });
	await next(world, lost);
	expect(await confirm(world, { deliveryId: idOf(world), appId: 'A-1' })).toEqual(['clash']);
	expect(await next(world)).toEqual(['create app new from L-2 email+name again']);
});

test('E5 a push with some of the rows: the others count as not shown, and the watermark stays', async () => {
	const world = await linkedPairs('ada');
	const stored = await world.state.find({ connectionId: 'id', entity: 'Lead', appName: 'Shop' });
	world.mapping = { ...MAPPING, rules: MAPPING.rules.filter(({ id }) => id !== 'phone') };
	const items = [{ index: 0, id: 'A-1', values: { email: 'ada@x.com', name: 'Ada', phone: '9' } }];
	expect(await next(world, { mode: 'events', items, readChanges: false, adoptMapping: false })).toEqual(['update crm L-1 LastName']);
	expect(await world.state.find(stored!.scope)).toMatchObject({ cursor: stored!.cursor, mapping: stored!.mapping });
});
