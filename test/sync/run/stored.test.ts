import { linkedPairs, next } from '../twoWay/pairs';
import type { RunOptions, World } from '../twoWay/World';

const changed: RunOptions = { mode: 'changed' };
const silent: RunOptions = { ...changed, items: [] };

/** How often the next run stores anything. */
async function commitsOf(world: World, options: RunOptions = {}): Promise<number> {
	const before = world.memory.commits;
	await next(world, options);
	return world.memory.commits - before;
}

test.each<[string, (world: World) => void, RunOptions, number]>([
	['nothing new, of all there is: that it begins, and that it ran', () => undefined, {}, 2],
	['nothing new, and nothing shown: that it ran', () => undefined, silent, 1],
	['everything compared, and alike: that it begins, the page, and that it ran', () => undefined, { fullCompare: true }, 3],
	['an edit of the CRM: what it sends', (world) => world.crm.edit('L-1', { Phone: '2' }), silent, 2],
	['an edit of the app: what it is about to write, and what came of it', (world) => world.app.edit('A-1', { phone: '2' }), changed, 3],
	['two edits of one page: as often', (world) => ['A-1', 'A-2'].forEach((id) => world.app.edit(id, { phone: '2' })), changed, 3],
	['an edit that the CRM takes only the second time: as often', (world) => { world.app.edit('A-1', { phone: '2' }); world.crm.fault = () => { world.crm.fault = () => undefined; return 'failedBefore'; }; }, changed, 3],
	['only that it begins, where a limit stops it and the app shows everything each time', (world) => { world.app.edit('A-1', { phone: '2' }); world.crm.callsLeft = 0; }, {}, 1],
	['only that it begins, where a limit stops it just before it writes', (world) => { world.app.edit('A-1', { phone: '2' }); world.crm.callsLeft = 2; }, {}, 1],
	['a preview: nothing', (world) => world.app.edit('A-1', { phone: '2' }), { dryRun: true }, 0],
])('a run stores %s', async (_what, happens, options, commits) => {
	const world = await linkedPairs('ada', 'bob', 'eve');
	happens(world);
	expect(await commitsOf(world, { pageSize: 5, ...options })).toBe(commits);
});

test('what waits, and is not due, is not stored again', async () => {
	const world = await linkedPairs('ada', 'bob');
	world.app.edit('A-1', { name: 'Refused' });
	world.app.add({ email: null });
	await next(world);
	expect(await commitsOf(world, silent)).toBe(1);
});

test('a preview stores nothing, even where the CRM shows far less than before', async () => {
	const world = await linkedPairs(...Array.from({ length: 101 }, (_, at) => `n${at}`));
	world.crm.rows.splice(0);
	expect(await commitsOf(world, { ...silent, fullCompare: true, dryRun: true })).toBe(0);
	expect(world.memory.contents.holds.size).toBe(0);
});
