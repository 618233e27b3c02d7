import type { FingerprintKey } from '../../../src/model/fingerprint';
import { runSync } from '../../../src/sync/run/runSync';
import type { SyncResult } from '../../../src/sync/run/syncTypes';
import { held, linkedPairs, next } from '../twoWay/pairs';
import { told } from '../twoWay/told';
import { MAPPING, withRule, type World } from '../twoWay/World';

const silent = { mode: 'changed', items: [] } as const;
const DAY_MS = 24 * 60 * 60_000;

/** A record that was there all the time, and that nobody could see. */
function unseenBefore(world: World): void {
	world.crm.add({ Email: 'old@x.com', LastName: 'Old' });
	Object.assign(world.crm.rows.at(-1)!, { at: world.now - 3 * DAY_MS });
}

const SEEN = ['link - L-2', 'create app new from L-2 email+name'];

test('B31 a row is on again: what the CRM changed meanwhile goes over, of that row alone', async () => {
	const world = await linkedPairs('ada', 'bob');
	world.mapping = withRule('phone', { enabled: false });
	world.crm.edit('L-1', { Phone: '2', Description: 'x' });
	world.crm.edit('L-2', { Company: 'Other' });
	expect(await next(world)).toEqual([]);
	world.tick(DAY_MS);
	world.mapping = MAPPING;
	world.crm.calls.length = 0;
	expect(await next(world, silent)).toEqual(['update app A-1 phone']);
	expect(world.crm.calls).toEqual(['changes']);
});

test('B32 a new row: everything is looked at once more, and only that row is sent', async () => {
	const world = await linkedPairs('ada', 'bob');
	world.app.edit('A-1', { first: 'Ada', size: 5 });
	world.crm.edit('L-1', { Description: 'left alone' });
	world.crm.edit('L-2', { FirstName: 'Bob' });
	for (let count = 0; count < 2; count++) expect(await next(world)).toEqual([]);
	world.tick(DAY_MS);
	const [first] = MAPPING.rules;
	world.mapping = { ...MAPPING, rules: [...MAPPING.rules, { ...first, id: 'first', appField: 'first', crmField: 'FirstName' }] };
	world.app.edit('A-2', { first: null });
	expect(await next(world)).toEqual(['update crm L-1 FirstName', 'update app A-2 first']);
	expect(await next(world)).toEqual([]);
});

test('B33 another user signs in: everything is looked at, because that one may see more', async () => {
	const world = await linkedPairs('ada');
	unseenBefore(world);
	expect(await next(world, silent)).toEqual([]);
	expect(await next(world, { ...silent, userId: 'another user' })).toEqual(SEEN);
});

test('B34 a look at everything is stopped: the next run begins it anew', async () => {
	const world = await linkedPairs('ada');
	unseenBefore(world);
	world.crm.pageSize = 1;
	world.crm.callsLeft = 1;
	expect(await next(world, { ...silent, fullCompare: true })).toEqual([]);
	world.crm.callsLeft = Infinity;
	expect(await next(world, silent)).toEqual(SEEN);
});

test('B35 changes in many pages: all of them are worked on', async () => {
	const world = await linkedPairs('ada', 'bob', 'eve', 'joe', 'kim');
	world.crm.pageSize = 1;
	for (const { id } of world.crm.alive) world.crm.edit(id, { Phone: '2' });
	expect(await next(world, silent)).toEqual([1, 2, 3, 4, 5].map((id) => `update app A-${id} phone`));
	expect(await next(world, silent)).toEqual([]);
});

test('D48 deleted and undeleted, and hidden while the run goes: held, because it was not deleted', async () => {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { phone: '2' });
	const { readChanges } = world.crm.changes;
	world.crm.changes.readChanges = async function* (query) {
		for await (const page of readChanges(query)) yield { ...page, deleted: [{ id: 'L-1', deletedAt: new Date(world.now).toISOString() }] };
	};
	world.crm.changes.readByIds = async function* () {
		yield [];
	};
	world.crm.edit('L-1', { LastName: 'Ada' });
	expect((await next(world))[0]).toBe('hold A-1 absent');
	expect(world.app.records.size).toBe(1);
});

test('J51 a create without an answer never shows: after an hour it is given back to the app, and not before', async () => {
	const world = await linkedPairs('ada');
	world.app.add({ email: 'bob@x.com' });
	world.crm.fault = () => 'lostBefore';
	expect(await next(world, { mode: 'changed' })).toEqual(['uncertain A-2']);
	world.crm.fault = () => undefined;
	expect([await next(world, silent), held(world), world.memory.contents.intents.size]).toEqual([[], ['A-2 uncertain'], 1]);
	expect([await next(world, silent), held(world), world.memory.contents.intents.size]).toEqual([[], ['A-2 uncertain'], 1]);
	expect([await next(world, silent), held(world), world.memory.contents.intents.size]).toEqual([[], ['A-2 notRun'], 0]);
	world.app.edit('A-2', { note: 'again' });
	expect([await next(world, { mode: 'changed' }), held(world)]).toEqual([['link A-2 L-2', 'create crm L-2 from A-2'], []]);
});

const keyOf = (id: string): FingerprintKey => ({ id, secret: new Uint8Array(32).fill(id.length + id.charCodeAt(id.length - 1)) });

/** One run with these keys, the current one first. */
async function withKeys(world: World, current: string, ...former: readonly string[]): Promise<string[]> {
	world.tick(30 * 60_000);
	const request = world['request'](world.app.items('all'), {});
	const results: SyncResult[] = [];
	for await (const some of runSync({ ...request, keyring: { current: keyOf(current), former: former.map(keyOf) } })) results.push(...some);
	return told(results).split('\n').filter((line) => line !== '');
}
const inDoubt = (world: World) => [...world.memory.contents.syncs.values()].some((sync) => sync.inDoubt);

test('B36 the key of the fingerprints was replaced, and the former one is at hand: no doubt, and edits go over', async () => {
	const world = await linkedPairs('ada', 'bob');
	await withKeys(world, 'a');
	world.app.edit('A-1', { phone: '2' });
	world.crm.edit('L-2', { Phone: '3' });
	expect(await withKeys(world, 'b', 'a')).toEqual(['update crm L-1 Phone', 'update app A-2 phone']);
	expect([inDoubt(world), held(world)]).toEqual([false, []]);
});

test('B37 the key is gone: in doubt until everything was compared; what is alike goes on, what differs is held', async () => {
	const world = await linkedPairs('ada', 'bob');
	await withKeys(world, 'a');
	world.app.edit('A-1', { phone: '2' });
	expect(await withKeys(world, 'b')).toEqual(['hold A-1 restored phone']);
	world.app.edit('A-2', { phone: '3' });
	world.app.edit('A-1', { name: 'Ada' });
	expect(await withKeys(world, 'b')).toEqual(['update crm L-1 LastName', 'hold A-1 restored phone', 'update crm L-2 Phone']);
});
