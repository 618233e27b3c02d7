import { held, linkedPairs, next } from '../twoWay/pairs';
import type { World } from '../twoWay/World';

const lost = { arrives: () => false };

/** Deleted in the CRM, and the app does not carry it out. */
async function deletedInCrm(world: World): Promise<void> {
	world.crm.remove('L-1');
	expect(await next(world, lost)).toEqual(['unlink A-1 L-1', 'delete app A-1']);
}

/** Deleted in the app; what it showed of the record before. */
async function deletedInApp(world: World) {
	const items = world.app.items('all');
	world.app.remove('A-1');
	expect(await next(world)).toEqual(['unlink A-1 L-1']);
	return { same: items, edited: items.map((item) => ({ ...item, values: { ...item.values, phone: '7' } })) };
}

test('D18 undeleted before the app has deleted its own: the link is open again', async () => {
	const world = await linkedPairs('ada');
	await deletedInCrm(world);
	world.crm.restore('L-1');
	expect(await next(world)).toEqual(['revive A-1 L-1']);
	expect(await next(world)).toEqual([]);
});

test('D19 the same, and a side was edited: the link is open again, and the edits go over', async () => {
	const world = await linkedPairs('ada');
	await deletedInCrm(world);
	world.crm.restore('L-1');
	world.crm.edit('L-1', { Phone: '3' });
	expect(await next(world)).toEqual(['revive A-1 L-1', 'update app A-1 phone']);
	expect(await next(world)).toEqual([]);
	world.crm.remove('L-1');
	world.app.edit('A-1', { phone: '4' });
	expect(await next(world)).toEqual(['unlink A-1 L-1', 'hold A-1 deletedAndEdited']);
	world.crm.restore('L-1');
	world.crm.edit('L-1', { LastName: 'Ada' });
	expect([await next(world), held(world)]).toEqual([['revive A-1 L-1', 'update crm L-1 Phone', 'update app A-1 name'], []]);
});

test('D20 deleted in the CRM, and later said to have been merged: held, with the winner', async () => {
	const world = await linkedPairs('ada', 'bob');
	await deletedInCrm(world);
	world.tick();
	Object.assign(world.crm.rows[0], { mergedInto: 'L-2', deletedAt: world.now });
	expect(await next(world, { mode: 'changed', items: [] })).toEqual(['unlink A-1 L-1', 'hold A-1 merged (L-2)']);
});

test('D21 the app shows a record again that both sides had deleted: it is told to delete it; held if it was edited', async () => {
	const [told, asked] = [await linkedPairs('ada'), await linkedPairs('ada')];
	const { same } = await deletedInApp(told);
	told.crm.remove('L-1');
	expect(await next(told, { items: same })).toEqual(['unlink A-1 L-1', 'delete app A-1']);
	const { edited } = await deletedInApp(asked);
	asked.crm.remove('L-1');
	expect(await next(asked, { items: edited })).toEqual(['hold A-1 deletedAndEdited']);
});

test('D22 the app shows a record again that it had deleted and the CRM no longer shows: held', async () => {
	const world = await linkedPairs('ada');
	const { same, edited } = await deletedInApp(world);
	world.crm.rows.shift();
	expect(await next(world, { items: same })).toEqual(['hold A-1 absent']);
	expect(await next(world, { items: edited })).toEqual(['hold A-1 deletedAndEdited']);
});

test('D23 the app shows a record again that it had deleted, edited: the link is open again, and the edit goes over', async () => {
	const world = await linkedPairs('ada');
	const { edited } = await deletedInApp(world);
	expect(await next(world, { items: edited })).toEqual(['revive A-1 L-1', 'update crm L-1 Phone']);
});

test('D24 the app says twice that it deleted a record, and the CRM has edited it meanwhile: held', async () => {
	const world = await linkedPairs('ada');
	await deletedInApp(world);
	world.crm.edit('L-1', { Phone: '2' });
	expect(await next(world, { mode: 'events', items: [{ index: 0, id: 'A-1', values: {}, deleted: true }] })).toEqual(['hold A-1 deletedAndEdited']);
});

test('D25 merged or converted, and the app goes on editing: held', async () => {
	const world = await linkedPairs('ada', 'bob', 'eve');
	world.crm.remove('L-1', 'L-2');
	world.crm.edit('L-3', { IsConverted: true });
	expect(await next(world)).toEqual(['unlink A-1 L-1', 'hold A-1 merged (L-2)', 'unlink A-3 L-3']);
	for (const id of ['A-1', 'A-3']) world.app.edit(id, { phone: '2' });
	expect(await next(world)).toEqual(['hold A-1 merged', 'hold A-3 converted']);
	expect(held(world)).toEqual(['A-1 merged', 'A-3 converted']);
});
