import type { AppItem } from '../../../src/sync/run/syncTypes';
import { held, linkedPairs, next } from '../twoWay/pairs';
import { World, type RunOptions } from '../twoWay/World';

const HOUR_MS = 60 * 60_000;
/** A run in which the app shows nothing. */
const silent: RunOptions = { mode: 'changed', items: [] };
const form: AppItem = { index: 1, values: { email: 'eve@x.com', name: 'Eve', company: 'Acme' } };

test('the lease is lost before the input was looked at: every item says that it was not run, and nothing is noted among what the other run notes', async () => {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { phone: '2' });
	world.tick();
	await world.run({ crashAt: 'after write 1' });
	const { readByIds } = world.crm.changes;
	Object.assign(world.crm.changes, {
		readByIds: (query: Parameters<typeof readByIds>[0]) => {
			world.tick(6 * 60_000);
			return readByIds(query);
		},
	});
	const noted = jest.spyOn(world.memory.notes, 'add');
	const { results } = await world.run({ mode: 'changed', items: [{ index: 0, id: 'A-1', values: { phone: '3' } }, form] });
	expect(noted).not.toHaveBeenCalled();
	const steps = [{ do: 'notRun', words: 'Another run of the same sync has taken over.', code: undefined }];
	expect(results.filter(({ items }) => items.length > 0)).toEqual([
		{ items: [0], appId: 'A-1', crmId: null, steps, notes: [] },
		{ items: [1], appId: null, crmId: null, steps, notes: [] },
	]);
});

test('a record without a key that was not run waits under no key', async () => {
	const world = await linkedPairs('ada');
	world.crm.callsLeft = 0;
	await next(world, { mode: 'changed', items: [{ index: 0, id: 'A-9', values: { name: 'Eve' } }] });
	expect([...world.memory.contents.holds.values()]).toMatchObject([{ subject: 'app:A-9', keyHash: null, code: 'LIMIT' }]);
});

describe('a create without an answer that was never done', () => {
	const lost = async (items: readonly AppItem[]) => {
		const world = new World();
		world.crm.fault = () => 'lostBefore';
		await next(world, { mode: 'events', items });
		world.crm.fault = () => undefined;
		return world;
	};
	const ada: AppItem = { index: 0, id: 'A-1', values: { email: 'ada@x.com', name: 'Ada', company: 'Acme' } };

	test('and the app has deleted the record meanwhile: nothing is held any more', async () => {
		const world = await lost([ada]);
		await next(world, { mode: 'events', items: [{ index: 0, id: 'A-1', values: {}, deleted: true }] });
		expect(held(world)).toEqual(['A-1 uncertain']);
		world.tick(HOUR_MS);
		await next(world, silent);
		expect([held(world), world.memory.contents.intents.size]).toEqual([[], 0]);
	});

	test('and the app deletes it in the run that gives it up: nothing is held either', async () => {
		const world = await lost([ada]);
		world.tick(HOUR_MS);
		await next(world, { mode: 'events', items: [{ index: 0, id: 'A-1', values: {}, deleted: true }] });
		expect([held(world), world.memory.contents.intents.size]).toEqual([[], 0]);
	});

	test('and another record is deleted: given back to the app', async () => {
		const world = await lost([ada, form]);
		world.tick(HOUR_MS);
		await next(world, { mode: 'events', items: [{ index: 0, id: 'A-1', values: {}, deleted: true }] });
		expect([held(world), world.memory.contents.intents.size]).toEqual([['run notRun'], 0]);
	});
});
