import { confirmDeliveries, type DeliveryReceipt } from '../../../src/sync/deliveries/confirmDeliveries';
import { held, linkedPairs, next } from '../twoWay/pairs';
import type { World } from '../twoWay/World';

const lost = { arrives: () => false };
const silent = { mode: 'changed', items: [] } as const;

const delivery = ({ memory }: World) => [...memory.contents.deliveries.values()].at(-1)!;

async function confirm(world: World, receipt: Omit<DeliveryReceipt, 'deliveryId'> = {}): Promise<void> {
	const { state, leases, keyring, scope, crm } = world;
	expect(await confirmDeliveries([{ deliveryId: delivery(world).id, ...receipt }], { state, leases, keyring, newId: () => world.newId(), scope, description: crm.description })).toEqual(['confirmed']);
}

test('E20 a new record was sent again while the CRM hid a field, and is confirmed: that field is sent by itself, and its blank is no edit', async () => {
	const world = await linkedPairs('ada');
	world.crm.add({ Email: 'bob@x.com', LastName: 'Bob', Phone: '2' });
	await next(world, lost);
	const { id } = delivery(world);
	world.crm.hidden.add('Phone');
	expect(await next(world)).toEqual(['create app new from L-2 email+name again']);
	await confirm(world, { appId: 'A-2' });
	expect([delivery(world).id === id, await next(world, silent)]).toEqual([false, []]);
	world.crm.hidden.clear();
	expect([await next(world), world.crm.alive[1].values.Phone, world.app.records.get('A-2')?.phone]).toEqual([['update app A-2 phone again'], '2', '2']);
	expect([await next(world), world.memory.contents.deliveries.size]).toEqual([[], 0]);
});

test('E21 the same of an update', async () => {
	const world = await linkedPairs('ada');
	world.crm.edit('L-1', { LastName: 'Eve', Phone: '2' });
	await next(world, { ...silent, ...lost });
	world.crm.hidden.add('Phone');
	for (const [linkId, one] of world.memory.contents.deliveries) world.memory.contents.deliveries.set(linkId, { ...one, handedOver: false });
	expect(await next(world, silent)).toEqual(['update app A-1 name again']);
	await confirm(world);
	world.crm.hidden.clear();
	expect([await next(world, silent), world.app.records.get('A-1')]).toEqual([['update app A-1 phone again'], expect.objectContaining({ name: 'Eve', phone: '2' })]);
});

test('E30 the same, and the CRM hides the field still in the next run: sent once it shows it, and confirmed then', async () => {
	const world = await linkedPairs('ada');
	world.crm.edit('L-1', { LastName: 'Eve', Phone: '2' });
	await next(world, { ...silent, ...lost });
	for (const [linkId, one] of world.memory.contents.deliveries) world.memory.contents.deliveries.set(linkId, { ...one, handedOver: false });
	world.crm.hidden.add('Phone');
	await next(world, silent);
	await confirm(world);
	expect(await next(world, silent)).toEqual([]);
	world.crm.hidden.clear();
	expect(await next(world, silent)).toEqual(['update app A-1 phone again']);
	await confirm(world);
	expect([world.memory.contents.deliveries.size, await next(world, silent)]).toEqual([0, []]);
});

test('E22 a new record changed in the CRM before it was confirmed: whichever version the app has, it gets the change, and that is no edit', async () => {
	const world = await linkedPairs('ada');
	world.crm.add({ Email: 'bob@x.com', LastName: 'Bob', Phone: '2' });
	await next(world, silent);
	world.crm.edit('L-2', { Phone: '3' });
	expect(await next(world, silent)).toEqual(['create app new from L-2 email+name+phone again']);
	await confirm(world, { appId: 'A-2' });
	expect([world.app.records.get('A-2')?.phone, await next(world), world.crm.alive[1].values.Phone]).toEqual(['2', ['update app A-2 phone again'], '3']);
	expect([await next(world), world.app.records.get('A-2')?.phone]).toEqual([[], '3']);
});

test('E23 the same, and the app tells what it made of it: that is its base', async () => {
	const world = await linkedPairs('ada');
	world.crm.add({ Email: 'bob@x.com', LastName: 'Bob', Phone: '2' });
	await next(world, silent);
	world.crm.edit('L-2', { Phone: '3' });
	await next(world, silent);
	await confirm(world, { appId: 'A-2', readBack: { phone: '+3' } });
	world.app.edit('A-2', { phone: '+3' });
	expect([await next(world), world.memory.contents.deliveries.size]).toEqual([[], 0]);
});

test.each(['create', 'delete'] as const)('E24 the app never showed that it carried out a %s, and confirms it: no longer held', async (kind) => {
	const world = await linkedPairs('ada', 'bob');
	if (kind === 'create') world.crm.add({ Email: 'eve@x.com' });
	else world.crm.remove('L-2');
	for (let run = 1; run <= 4; run++) await next(world, lost);
	expect(held(world)).toEqual([kind === 'create' ? 'L-3 unseen' : 'A-2 unseen']);
	if (kind === 'delete') world.app.records.delete('A-2');
	await confirm(world, kind === 'create' ? { appId: world.app.add({ email: 'eve@x.com', name: 'Eve' }) } : {});
	expect([held(world), await next(world, silent), world.memory.contents.deliveries.size]).toEqual([[], [], 0]);
});
