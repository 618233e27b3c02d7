import { held, next } from './pairs';
import { World } from './World';

/** What is remembered is gone through page by page, to its end. */

const lost = { arrives: () => false };
/** A run in which the app shows nothing. */
const silent = { mode: 'changed', items: [] } as const;
const DAY_MS = 24 * 60 * 60_000;

/** A CRM with so many records, with a match value or without. */
function crmOnly(count: number, email: (index: number) => string | null): World {
	const world = new World();
	world.crm.pageSize = 2_000;
	for (let index = 0; index < count; index++) world.crm.add({ Email: email(index), LastName: `N ${index}`, Phone: '1' });
	return world;
}

/** So many linked pairs, half an hour after they were linked. */
async function linked(count: number): Promise<World> {
	const world = crmOnly(count, (index) => `n${index}@x.com`);
	for (let index = 0; index < count; index++) world.app.add({ email: `n${index}@x.com`, name: `N ${index}`, phone: '1', company: 'Acme' });
	await world.run({ pageSize: 1_000 });
	await next(world, { pageSize: 1_000 });
	return world;
}

test('all new records that the app does not show are delivered again', async () => {
	const world = crmOnly(600, (index) => `n${index}@x.com`);
	expect(await next(world, lost)).toHaveLength(1_200);
	expect(await next(world, lost)).toHaveLength(600);
});

test('all that is held is looked at again', async () => {
	const world = crmOnly(450, () => null);
	await next(world);
	expect(held(world)).toHaveLength(450);
	for (const { id } of world.crm.rows) world.crm.edit(id, { Email: `${id}@x.com` });
	world.tick(DAY_MS);
	expect(await next(world, silent)).toHaveLength(900);
	expect(held(world)).toEqual([]);
});

test('what is held is looked at until the run stops', async () => {
	const world = crmOnly(600, () => null);
	await next(world);
	world.tick(DAY_MS);
	world.crm.calls.length = 0;
	world.crm.callsLeft = 2;
	const { summary } = await world.run(silent);
	expect([summary?.stopped?.code, world.crm.calls]).toEqual(['LIMIT', ['changes', 'read', 'read']]);
});

test('all creates without an outcome are settled', async () => {
	const world = new World();
	for (let index = 0; index < 600; index++) world.app.add({ email: `n${index}@x.com` });
	for (let crashAt = 1; crashAt < 30 && world.crm.rows.length === 0; crashAt++) {
		world.memory.contents = new World().memory.contents;
		await world.run({ pageSize: 1_000, crashAt });
	}
	expect(world.memory.contents.intents.size).toBe(600);
	await next(world, { pageSize: 1_000 });
	expect([world.crm.rows.length, world.memory.contents.links.size, world.memory.contents.intents.size]).toEqual([600, 600, 0]);
});

describe('a listing of everything', () => {
	test('is compared with all links', async () => {
		const world = await linked(1_100);
		world.crm.rows.splice(0, 1);
		world.crm.rows.splice(-1, 1);
		await next(world, { ...silent, fullCompare: true });
		expect(held(world)).toEqual(['A-1 absent', 'A-1100 absent']);
	});

	test('a hundred absent records are held one by one, more make one review', async () => {
		const world = await linked(101);
		const [kept] = world.crm.rows.splice(0);
		world.crm.rows.push(kept);
		await next(world, { ...silent, fullCompare: true });
		expect(held(world)).toHaveLength(100);
		world.crm.rows.splice(0);
		world.memory.contents.holds.clear();
		await next(world, { ...silent, fullCompare: true });
		const [review] = world.memory.contents.holds.values();
		expect([held(world), review.words]).toEqual([['run absent'], expect.stringContaining('more than 100 linked records')]);
	});

	test('that lacks many is reviewed as a whole, wherever they stand; a preview reviews nothing', async () => {
		const world = await linked(1_100);
		world.crm.rows.splice(0, 60);
		world.crm.rows.splice(-60, 60);
		await next(world, { ...silent, fullCompare: true, dryRun: true });
		expect(held(world)).toEqual([]);
		await next(world, { ...silent, fullCompare: true });
		expect(held(world)).toEqual(['run absent']);
	});

	test('links that have ended are not looked for', async () => {
		const world = await linked(101);
		for (const { id } of [...world.crm.rows]) world.crm.remove(id);
		await next(world, { pageSize: 1_000, ...lost });
		expect([...world.memory.contents.links.values()].every(({ ended }) => ended === 'deletedInCrm')).toBe(true);
		await next(world, { ...silent, fullCompare: true });
		expect(held(world)).toEqual([]);
	});
});
