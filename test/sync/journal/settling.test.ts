import type { SyncIntent } from '../../../src/model/syncIntent';
import { held, linkedPairs, next } from '../twoWay/pairs';
import { keyOf, withRule, World, type RunOptions } from '../twoWay/World';

/** A run in which the app shows nothing. */
const silent: RunOptions = { mode: 'changed', items: [] };
const open = (world: World) => world.memory.contents.intents.size;

/** A run that dies between the CRM's answer and its commit. */
async function diesAfterWrite(world: World): Promise<void> {
	world.tick();
	expect((await world.run({ mode: 'changed', crashAt: 'after write 1' })).crashed).toBe(true);
	expect(open(world)).toBe(1);
}

test('the record was deleted before the next run: held like any record that is deleted in one place and edited in the other', async () => {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { phone: '2' });
	await diesAfterWrite(world);
	world.crm.remove('L-1');
	await next(world, silent);
	expect([open(world), held(world)]).toEqual([0, ['A-1 deletedAndEdited']]);
});

test('the key of the fingerprints was replaced just before: known all the same', async () => {
	const world = await linkedPairs('ada');
	world.keyring = { current: keyOf(2), former: [keyOf(1)] };
	world.app.edit('A-1', { phone: '2' });
	await diesAfterWrite(world);
	await next(world, silent);
	expect([open(world), held(world)]).toEqual([0, []]);
	expect([await next(world), held(world), world.crm.live('L-1')?.values.Phone]).toEqual([[], [], '2']);
});

test('two open updates of one link, the second one a form’s, both of them done: neither field is asked about, and the app gets the form’s', async () => {
	const world = await linkedPairs('ada');
	for (const field of ['name', 'phone']) world.mapping = withRule(field, { conflict: 'hold' }, world.mapping);
	await next(world);
	const items = [{ index: 0, id: 'A-1', values: { email: 'ada@x.com', name: 'Two' } }, { index: 1, values: { email: 'ada@x.com', phone: '2' } }];
	world.crm.fault = () => 'lostBefore';
	await next(world, { mode: 'changed', items, pageSize: 1 });
	expect(open(world)).toBe(2);
	world.crm.fault = () => undefined;
	world.app.edit('A-1', { name: 'Two', phone: '2' });
	world.crm.edit('L-1', { LastName: 'Two', Phone: '2' });
	expect(await next(world, silent)).toEqual(['update app A-1 phone']);
	world.crm.edit('L-1', { LastName: 'Three', Phone: '3' });
	expect([open(world), await next(world), held(world)]).toEqual([0, ['update app A-1 name+phone'], []]);
});

test('more open updates than fit into one page: all are settled, and stored page by page', async () => {
	const world = await linkedPairs('ada');
	for (let count = 0; count < 501; count++) {
		const intent: SyncIntent = { id: `open ${count}`, syncId: [...world.memory.contents.syncs.values()][0].id, linkId: `link ${count}`, kind: 'update', appId: null, crmId: 'L-9', keyHash: null, after: new Uint8Array(), startedAt: new Date(world.now).toISOString() };
		world.memory.contents.intents.set(intent.id, intent);
	}
	const before = world.memory.commits;
	await next(world, silent);
	expect([open(world), world.memory.commits - before]).toEqual([0, 3]);
});

test('a preview of what follows the first update of a new link says what the run does', async () => {
	const world = new World();
	world.mapping = { ...world.mapping, firstMatch: 'preferApp' };
	world.app.add({ email: 'ada@x.com', name: 'Ada', phone: '2' });
	world.crm.add({ Email: 'ada@x.com', LastName: 'Ada', Phone: '1' });
	expect((await world.run({ crashAt: 'before write 1' })).crashed).toBe(true);
	expect(open(world)).toBe(1);
	const preview = (await next(world, { dryRun: true })).filter((line) => !line.startsWith('report'));
	expect(preview).toEqual(['link A-1 L-1', 'update crm L-1 Phone']);
	expect(await next(world)).toEqual(expect.arrayContaining(preview));
});

test.each([
	['done', 'after write 1', [[1, 0]]],
	['not done', 'before write 1', []],
])('an update that was %s is counted like that by the next run, and once', async (_what, crashAt, counted) => {
	const world = await linkedPairs('ada');
	world.memory.contents.counts.length = 0;
	world.app.edit('A-1', { phone: '2' });
	world.tick();
	expect((await world.run({ crashAt })).crashed).toBe(true);
	await next(world, silent);
	expect(world.memory.contents.counts.map(({ updates, deletions }) => [updates, deletions])).toEqual(counted);
});
