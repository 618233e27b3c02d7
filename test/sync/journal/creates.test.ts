import { held, linkedPairs, next } from '../twoWay/pairs';
import type { World } from '../twoWay/World';

const HOUR_MS = 60 * 60_000;
const together = { pageSize: 10 };

const holds = (world: World) => [...world.memory.contents.holds.values()];

/** Deleted in the CRM, edited in the app, and a person decided that the app counts. */
async function decidedForApp(names: readonly string[], edits: Readonly<Record<string, Record<string, unknown>>>): Promise<World> {
	const world = await linkedPairs(...names);
	for (const [id, values] of Object.entries(edits)) {
		world.crm.remove(id.replace('A', 'L'));
		world.app.edit(id, values);
	}
	await next(world, together);
	for (const hold of holds(world)) await world.state.decide(hold, 'useApp');
	return world;
}

test('two records of one page are to be made anew with one key: neither is', async () => {
	const world = await decidedForApp(['ada', 'bob'], { 'A-1': { phone: '2' }, 'A-2': { email: 'ada@x.com' } });
	expect(await next(world, together)).toEqual(['hold A-1 deletedAndEdited', 'hold A-2 deletedAndEdited']);
	expect(world.crm.alive).toEqual([]);
});

test('a linked record of the page gets the key of one that is made anew: it is made all the same', async () => {
	const world = await decidedForApp(['ada', 'bob'], { 'A-1': { phone: '2' } });
	world.app.edit('A-2', { email: 'ada@x.com' });
	expect((await next(world, together)).sort()).toEqual(['create crm L-3 from A-1', 'revive A-1 L-3', 'update crm L-2 Email']);
});

test('a record without a key is not made anew', async () => {
	const world = await decidedForApp(['ada'], { 'A-1': { email: null } });
	expect([await next(world), world.crm.alive]).toEqual([['hold A-1 deletedAndEdited'], []]);
});

test('what the CRM refuses to take anew is tried again in the very moment in which its time comes', async () => {
	const world = await decidedForApp(['ada'], { 'A-1': { name: 'Refused' } });
	expect(await next(world)).toEqual(['refused A-1 RULE', 'hold A-1 deletedAndEdited']);
	const due = Date.parse(holds(world)[0].nextTryAt!);
	expect(due - world.now).toBe(HOUR_MS);
	for (const [now, first] of [[due - 1_000, 'hold A-1 deletedAndEdited'], [due, 'refused A-1 RULE']] as const) {
		world.now = now - 30 * 60_000;
		expect((await next(world))[0]).toBe(first);
	}
});

test('a decision about a refused update has it tried at once', async () => {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { name: 'Refused' });
	await next(world);
	await world.state.decide(holds(world)[0], 'useApp');
	expect([await next(world), held(world)]).toEqual([['refused A-1 RULE'], ['A-1 refused']]);
});
