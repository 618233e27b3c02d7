import { World } from './World';

/** Many linked pairs, of which some changed on each side: what it costs in calls does not depend on how many there are. */
async function changed(pairs: number, edits: number): Promise<Record<string, number>> {
	const world = new World();
	world.crm.pageSize = 2_000;
	for (let index = 0; index < pairs; index++) {
		world.app.add({ email: `n${index}@x.com`, name: `N ${index}`, phone: '1' });
		world.crm.add({ Email: `n${index}@x.com`, LastName: `N ${index}`, Phone: '1' });
	}
	world.tick(60 * 60_000);
	await world.run({ pageSize: 1_000 });
	world.tick(60 * 60_000);
	for (let index = 0; index < edits; index++) {
		world.app.edit(`A-${index + 1}`, { phone: '2' });
		world.crm.edit(`L-${pairs - index}`, { LastName: 'New' });
	}
	world.crm.calls.length = 0;
	const { results } = await world.run({ pageSize: 1_000 });
	expect(results.filter(({ steps }) => steps.length > 0)).toHaveLength(2 * edits);
	return Object.fromEntries(['match', 'changes', 'read', 'write'].map((name) => [name, world.crm.calls.filter((call) => call === name).length]));
}

test('the calls of a run go by what changed', async () => {
	expect(await changed(3_000, 1_000)).toEqual({ match: 0, changes: 1, read: 3, write: 1 });
	expect(await changed(6_000, 1_000)).toEqual({ match: 0, changes: 1, read: 3, write: 1 });
});
