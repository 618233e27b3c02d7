import { held, linkedPairs, next } from '../twoWay/pairs';
import type { World } from '../twoWay/World';

const lost = { arrives: () => false };
const silent = { mode: 'changed', items: [] } as const;

/** A person decides the only thing that is held. */
async function decide(world: World, decision: 'useApp' | 'useCrm'): Promise<void> {
	const [hold] = world.memory.contents.holds.values();
	expect(await world.state.decide(hold, decision)).toBe(true);
}

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

test('D20 deleted in the CRM, and later said to have been merged: held, with the winner, if the app shows it still', async () => {
	const world = await linkedPairs('ada', 'bob');
	await deletedInCrm(world);
	world.tick();
	Object.assign(world.crm.rows[0], { mergedInto: 'L-2', deletedAt: world.now });
	expect(await next(world, { ...silent, dryRun: true })).toEqual([]);
	expect(await next(world, lost)).toEqual(['unlink A-1 L-1', 'hold A-1 merged (L-2)']);
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
	expect(await next(world)).toEqual(['hold A-1 merged (L-2)', 'hold A-3 converted']);
	expect(held(world)).toEqual(['A-1 merged', 'A-3 converted']);
});

/** Merged, both linked. */
async function merged(): Promise<World> {
	const world = await linkedPairs('ada', 'bob');
	world.crm.remove('L-1', 'L-2');
	expect(await next(world)).toEqual(['unlink A-1 L-1', 'hold A-1 merged (L-2)']);
	return world;
}

test('D72 merged, both linked: held with the winner as long as the app has the record', async () => {
	const world = await merged();
	expect([await next(world, silent), held(world)]).toEqual([[], ['A-1 merged']]);
	for (let count = 0; count < 2; count++) expect([await next(world), held(world)]).toEqual([['hold A-1 merged (L-2)'], ['A-1 merged']]);
	world.app.remove('A-1');
	expect([await next(world, { mode: 'changed' }), held(world)]).toEqual([['unlink A-1 L-1'], []]);
});

test('D73 the same, and a person decides: deleted in the app, or created again in the CRM', async () => {
	const [deleted, created, quiet] = [await merged(), await merged(), await merged()];
	await decide(deleted, 'useCrm');
	expect([await next(deleted), held(deleted), [...deleted.app.records.keys()]]).toEqual([['unlink A-1 L-1', 'delete app A-1'], [], ['A-2']]);
	expect([await next(deleted), held(deleted)]).toEqual([[], []]);
	await decide(quiet, 'useCrm');
	expect([await next(quiet, { ...silent, dryRun: true }), await next(quiet, silent), held(quiet)]).toEqual([['unlink A-1 L-1', 'delete app A-1'], ['unlink A-1 L-1', 'delete app A-1'], []]);
	await decide(created, 'useApp');
	expect([await next(created, silent), held(created)]).toEqual([[], ['A-1 merged']]);
	expect([await next(created), held(created)]).toEqual([['revive A-1 L-3', 'create crm L-3 from A-1'], []]);
});

test('D74 merged, both linked, and the merge is undone: the link is open again', async () => {
	const world = await merged();
	Object.assign(world.crm.rows[0], { deletedAt: undefined, mergedInto: undefined });
	world.crm.edit('L-1', { Phone: '2' });
	expect([await next(world), held(world)]).toEqual([['revive A-1 L-1', 'update app A-1 phone'], []]);
});

test('D75 deleted in the CRM, and the app has edited a field of which another value was on its way: held', async () => {
	const world = await linkedPairs('ada', 'bob');
	for (const id of ['L-1', 'L-2']) world.crm.edit(id, { Phone: '2' });
	await next(world, { ...silent, ...lost });
	world.app.edit('A-1', { phone: '9' });
	for (const id of ['L-1', 'L-2']) world.crm.remove(id);
	expect(await next(world)).toEqual(['unlink A-1 L-1', 'hold A-1 deletedAndEdited', 'unlink A-2 L-2', 'delete app A-2']);
});

/** Deleted in the app, edited in the CRM, and edited there again. */
async function editedTwice(): Promise<World> {
	const world = await linkedPairs('ada');
	world.app.remove('A-1');
	world.crm.edit('L-1', { Phone: '2' });
	expect(await next(world)).toEqual(['unlink A-1 L-1', 'hold A-1 deletedAndEdited']);
	await decide(world, 'useCrm');
	world.crm.edit('L-1', { Phone: '3' });
	expect([await next(world), held(world), world.app.records.size]).toEqual([['hold A-1 deletedAndEdited'], ['A-1 deletedAndEdited'], 0]);
	return world;
}

test('D76 deleted in the app, edited in the CRM, and edited there again: held anew, and decided for what it shows now', async () => {
	const [app, crm] = [await editedTwice(), await editedTwice()];
	await decide(app, 'useApp');
	expect([await next(app), held(app), app.crm.alive.length]).toEqual([[], [], 1]);
	await decide(crm, 'useCrm');
	expect([await next(crm), held(crm)]).toEqual([['revive - L-1', 'create app new from L-1 email+name+phone'], []]);
	expect(await next(crm)).toEqual(['link A-2 L-1']);
});

test('D77 deleted in the app, edited in the CRM, and the edit is taken back, or the record deleted: no longer held', async () => {
	const [back, deleted] = [await editedTwice(), await editedTwice()];
	back.crm.edit('L-1', { Phone: '1' });
	expect([await next(back), held(back)]).toEqual([[], []]);
	deleted.crm.remove('L-1');
	expect([await next(deleted), held(deleted)]).toEqual([[], []]);
	const later = await linkedPairs('ada');
	await deletedInApp(later);
	for (const [phone, lines] of [['2', ['hold A-1 deletedAndEdited']], ['1', []]] as const) {
		later.crm.edit('L-1', { Phone: phone });
		expect([await next(later, silent), held(later).length]).toEqual([lines, lines.length]);
	}
});

test('D78 what is held is told again while the app is silent: a decision is about what it showed before', async () => {
	const world = await linkedPairs('ada');
	world.crm.lookbackMs = 60 * 60_000;
	world.crm.remove('L-1');
	world.app.edit('A-1', { phone: '2' });
	expect(await next(world, { mode: 'changed' })).toEqual(['unlink A-1 L-1', 'hold A-1 deletedAndEdited']);
	expect(await next(world, silent)).toEqual(['hold A-1 deletedAndEdited']);
	await decide(world, 'useApp');
	world.app.edit('A-1', { phone: '3' });
	expect([await next(world), world.crm.alive]).toEqual([['hold A-1 deletedAndEdited'], []]);
	await decide(world, 'useApp');
	expect([await next(world), held(world)]).toEqual([['revive A-1 L-2', 'create crm L-2 from A-1'], []]);
});

test('D79 a deletion that the app never showed is told by the CRM again: held as before', async () => {
	const world = await linkedPairs('ada');
	world.crm.lookbackMs = 24 * 60 * 60_000;
	world.crm.remove('L-1');
	for (let count = 0; count < 4; count++) await next(world, lost);
	expect([await next(world, silent), held(world)]).toEqual([['hold A-1 unseen'], ['A-1 unseen']]);
});

test('D80 deleted in the app, and shown again in a run that does not come to it: held until the app shows it, also if the CRM touches the record', async () => {
	for (const ends of ['stopped', 'killed'] as const) {
		const world = await linkedPairs('ada');
		const { edited } = await deletedInApp(world);
		if (ends === 'stopped') world.crm.callsLeft = 0;
		await next(world, { mode: 'changed', items: edited, ...(ends === 'killed' ? { crashAt: 'before write 1' } : {}) });
		world.crm.callsLeft = Infinity;
		await next(world, silent);
		expect(held(world)).toEqual(['A-1 notRun']);
		world.crm.edit('L-1', { Description: 'x' });
		const opened = ends === 'killed' ? ['revive A-1 L-1'] : [];
		expect([await next(world, silent), held(world)]).toEqual([opened, ['A-1 notRun']]);
		expect(await next(world, { mode: 'changed', items: edited })).toEqual(ends === 'killed' ? ['update crm L-1 Phone'] : ['revive A-1 L-1', 'update crm L-1 Phone']);
		expect(held(world)).toEqual([]);
	}
});

test('D81 merged, both linked, gone in the app, and the merge is undone: the CRM keeps its record where the app deleted its own, else the app gets it back', async () => {
	const [alone, back] = [await merged(), await merged()];
	back.crm.lookbackMs = 24 * 60 * 60_000;
	alone.app.remove('A-1');
	expect(await next(alone)).toEqual(['unlink A-1 L-1']);
	await decide(back, 'useCrm');
	expect([await next(back), await next(back), await next(back, silent), held(back)]).toEqual([['unlink A-1 L-1', 'delete app A-1'], [], [], []]);
	for (const { crm } of [alone, back]) Object.assign(crm.rows[0], { deletedAt: undefined, mergedInto: undefined, at: crm === alone.crm ? alone.now : back.now });
	expect([await next(alone), held(alone)]).toEqual([[], []]);
	expect([await next(back), held(back)]).toEqual([['revive - L-1', 'create app new from L-1 email+name+phone'], []]);
	alone.crm.edit('L-1', { Phone: '9' });
	expect(await next(alone)).toEqual(['hold A-1 deletedAndEdited']);
});

test('D82 deleted in the CRM and edited in the app, and the app takes its edit back: told to delete it', async () => {
	const world = await linkedPairs('ada');
	world.crm.remove('L-1');
	world.app.edit('A-1', { phone: '5' });
	expect(await next(world)).toEqual(['unlink A-1 L-1', 'hold A-1 deletedAndEdited']);
	world.app.edit('A-1', { phone: '1' });
	expect([await next(world, lost), held(world)]).toEqual([['delete app A-1'], []]);
	expect([await next(world), await next(world), world.app.records.size]).toEqual([['delete app A-1 again'], [], 0]);
});
