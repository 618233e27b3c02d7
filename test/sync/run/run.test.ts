import { CrmError } from '../../../src/model/crmError';
import type { AppItem } from '../../../src/sync/run/syncTypes';
import { held, linkedPairs, next } from '../twoWay/pairs';
import { MAPPING, withRule, World, type RunOptions } from '../twoWay/World';

const lost = { arrives: () => false };
const HOUR_MS = 60 * 60_000;
/** A run in which the app shows nothing. */
const silent = { mode: 'changed', items: [] } as const;
const guards = { updateGuard: { most: 0, share: 0, atLeast: 0 }, deleteGuard: { most: 0, share: 0, atLeast: 0 } };

const scope = { connectionId: 'id', entity: 'Lead', appName: 'Shop' };
const holdOf = (world: World) => [...world.memory.contents.holds.values()][0];
const waiting = (world: World) => [...world.memory.contents.deliveries.values()];
const form = (values: Record<string, unknown>, index = 0): AppItem => ({ index, values: { name: 'Ada', company: 'Acme', ...values } });

/** All that is stored. */
const contents = (world: World) => JSON.stringify(Object.values(world.memory.contents).map((part) => [...part]));

/** Since when the next run asks the CRM for changes; `undefined`: for everything. */
async function since(world: World, options: RunOptions = {}): Promise<string | undefined> {
	const readChanges = world.crm.changes.readChanges.bind(world.crm.changes);
	const asked: (string | undefined)[] = [];
	world.crm.changes.readChanges = (query) => {
		asked.push(query.since);
		return readChanges(query);
	};
	await next(world, { ...silent, ...options });
	world.crm.changes.readChanges = readChanges;
	return asked[0];
}

describe('the results', () => {
	test('name each item once, whatever becomes of it', async () => {
		const world = await linkedPairs('ada', 'bob');
		const items: AppItem[] = [
			{ index: 0, id: 'A-9', values: {}, deleted: true },
			{ index: 1, id: 'A-1', values: { email: 'ada@x.com', phone: '9' } },
			{ index: 2, values: { email: 'ada@x.com', note: 'x' } },
			{ index: 3, id: 'A-2', values: { name: 'bob' } },
			form({ email: 'new@x.com' }, 4),
			{ index: 5, id: 'A-8', values: { email: null } },
		];
		world.tick();
		const { results } = await world.run({ mode: 'events', items, pageSize: 10, ...lost });
		expect(results.map(({ items: places, steps }) => [places, steps.map((step) => step.do)]).sort()).toEqual([
			[[0], []],
			[[1], ['update']],
			[[2], ['update']],
			[[3], []],
			[[4], ['link', 'create']],
			[[5], ['hold']],
		]);
	});

	test('name an item once that waited before and waits still', async () => {
		const world = await linkedPairs('ada');
		const items = [{ index: 0, id: 'A-8', values: { email: null } }];
		for (let count = 0; count < 2; count++) {
			world.tick();
			const { results } = await world.run({ mode: 'events', items });
			expect(results.map(({ items: places, steps }) => [places, steps.map((step) => step.do)])).toEqual([[[0], ['hold']]]);
		}
	});

	test('of what was not run say why, in the words of the CRM', async () => {
		const world = await linkedPairs('ada');
		world.app.edit('A-1', { phone: '2' });
		world.crm.callsLeft = 0;
		const { results } = await world.run({ mode: 'events', items: [{ index: 0, id: 'A-1', values: { phone: '2' } }, form({ email: 'eve@x.com' }, 1)] });
		const step = { do: 'notRun', words: 'The daily limit is reached.', code: 'LIMIT' };
		expect(results).toEqual([
			{ items: [0], appId: 'A-1', crmId: null, steps: [step], notes: [] },
			{ items: [1], appId: null, crmId: null, steps: [step], notes: [] },
		]);
		expect(holdOf(world)).toMatchObject({ reason: 'notRun', words: 'The daily limit is reached.', code: 'LIMIT', appId: 'A-1' });
	});

	test('say so too where a page was planned already', async () => {
		const world = await linkedPairs('ada', 'bob', 'eve');
		for (const id of ['A-1', 'A-2', 'A-3']) world.app.edit(id, { phone: '2' });
		const { results } = await world.run({ ...guards, updateGuard: { most: 1, share: 1, atLeast: 1 } });
		expect(results.flatMap(({ steps }) => steps)).toHaveLength(3);
		for (const step of results.flatMap(({ steps }) => steps)) expect(step).toMatchObject({ do: 'notRun', words: expect.stringMatching(/^This run would change 3 records/), code: 'GUARD' });
	});

	test('a lost lease has no code', async () => {
		const world = await linkedPairs('ada', 'bob');
		for (const id of ['A-1', 'A-2']) world.app.edit(id, { phone: '2' });
		world.crm.beforeCheck = () => world.tick(6 * 60_000);
		const { results } = await world.run({ mode: 'changed', pageSize: 1 });
		expect(results.flatMap(({ steps }) => steps)[1]).toEqual({ do: 'notRun', words: 'Another run of the same sync has taken over.', code: undefined });
	});

	test('nor has a failure of which the CRM gave none', async () => {
		const world = await linkedPairs('ada');
		world.app.edit('A-1', { phone: '2' });
		world.crm.changes.upperBound = async () => '0';
		world.crm.changes.readByIds = () => {
			throw new CrmError('unavailable', { message: 'No network.' });
		};
		await next(world, { mode: 'changed' });
		expect([holdOf(world).reason, holdOf(world).code]).toEqual(['notRun', null]);
	});

	test('name a delivery, its record, and its id where it went before', async () => {
		const world = await linkedPairs('ada');
		world.crm.edit('L-1', { Phone: '2' });
		const delivery = { kind: 'update', appId: 'A-1', crmId: 'L-1', values: { phone: '2' } };
		const preview = await world.run({ dryRun: true });
		expect(preview.results.flatMap(({ steps }) => steps)).toEqual([{ do: 'deliver', delivery: { ...delivery, id: '', again: false } }]);
		const { results } = await world.run(lost);
		const [{ id }] = waiting(world);
		expect(results.flatMap(({ steps }) => steps)).toEqual([{ do: 'deliver', delivery: { ...delivery, id, again: false } }]);
		const again = await world.run({ dryRun: true });
		expect(again.results.flatMap(({ steps }) => steps)).toEqual([{ do: 'deliver', delivery: { ...delivery, id, again: true } }]);
	});

	test('tell of a held field beside a refused write', async () => {
		const world = await linkedPairs('ada');
		world.mapping = withRule('phone', { conflict: 'hold' });
		world.app.edit('A-1', { phone: '2', name: 'Refused' });
		world.crm.edit('L-1', { Phone: '3' });
		expect(await next(world)).toEqual(['refused A-1 RULE', 'hold A-1 conflict phone']);
	});
});

describe('a run that stops', () => {
	test('leaves the watermark and the count of runs as they were, and hands nothing over', async () => {
		const world = await linkedPairs('ada', 'bob');
		const before = await world.state.find(scope);
		world.app.edit('A-2', { phone: '2' });
		world.crm.edit('L-1', { Phone: '2', LastName: 'Ada' });
		world.app.edit('A-1', { name: 'Ada' });
		world.crm.fault = () => 'throttled';
		expect(await next(world, { mode: 'changed', pageSize: 1, ...lost })).toEqual(['update app A-1 phone', 'notRun A-2 LIMIT']);
		expect(await world.state.find(scope)).toEqual(before);
		expect(waiting(world)).toMatchObject([{ handedOver: false }]);
		world.crm.fault = () => undefined;
		expect(await next(world, silent)).toEqual(['update app A-1 phone again']);
	});

	test('calls nothing more', async () => {
		const world = await linkedPairs('ada', 'bob', 'eve', 'joe', 'kim');
		for (const { id } of world.crm.rows) world.crm.edit(id, { LastName: 'New' });
		world.crm.pageSize = 1;
		world.app.edit('A-1', { phone: '2' });
		world.crm.fault = () => 'throttled';
		await next(world, { mode: 'changed' });
		const { calls } = world.crm;
		expect(calls.slice(calls.lastIndexOf('write') + 1)).toEqual([]);
	});

	test('while it settles what a former one left open: looks at nothing else', async () => {
		const world = await linkedPairs('ada');
		world.app.edit('A-1', { phone: '2' });
		await world.run({ crashAt: 4 });
		world.crm.callsLeft = 0;
		world.crm.calls.length = 0;
		await world.run();
		expect(world.crm.calls).toEqual(['read']);
	});

	test('in the middle of the changes: reads no more of them', async () => {
		const world = await linkedPairs('ada', 'bob', 'eve', 'joe', 'kim', 'lea', 'mia', 'ned');
		world.tick();
		for (const { id } of world.crm.rows) world.crm.edit(id, { LastName: 'New' });
		world.crm.pageSize = 1;
		const commit = world.state.commit.bind(world.state);
		let calls = 0;
		world.state.commit = async (batch, lease) => {
			if ((batch.deliveries ?? []).length > 0) {
				world.tick(6 * 60_000);
				calls = world.crm.calls.length;
			}
			return await commit(batch, lease);
		};
		const { summary } = await world.run(silent);
		expect([summary?.stopped === undefined, world.crm.calls.length - calls]).toEqual([false, 0]);
	});
});

describe('a dry run', () => {
	test('of a sync that nobody ran stores nothing, and is not busy', async () => {
		const world = new World();
		world.app.add({ email: 'ada@x.com' });
		const before = contents(world);
		const { summary } = await world.run({ dryRun: true });
		expect(contents(world)).toBe(before);
		expect(summary).toMatchObject({ runs: 0, stopped: undefined, busy: false });
	});

	test('holds nothing that a listing does not show', async () => {
		const world = await linkedPairs('ada');
		world.crm.rows.splice(0);
		const before = contents(world);
		await next(world, { ...silent, fullCompare: true, dryRun: true });
		expect(contents(world)).toBe(before);
	});

	test.each<[string, (world: World) => void, readonly string[]]>([
		['deleted it', (world) => world.app.remove('A-1'), ['unlink A-1 L-1']],
		['edited it', (world) => world.app.edit('A-1', { phone: '2' }), ['hold A-1 absent']],
	])('says once, as the run does, what becomes of a record that was merged into one that nobody sees, where the app %s', async (_what, happens, lines) => {
		const world = await linkedPairs('ada');
		const { id } = world.crm.add({ Email: 'bob@x.com' }, { delayMs: Infinity });
		world.tick();
		world.crm.remove('L-1', id);
		happens(world);
		expect([await next(world, { dryRun: true }), await next(world)]).toEqual([lines, lines]);
	});

	test('hands nothing over', async () => {
		const world = await linkedPairs('ada');
		world.crm.edit('L-1', { Phone: '2' });
		await world.run({ ...silent, crashAt: 5 });
		expect(waiting(world)).toMatchObject([{ handedOver: false }]);
		await next(world, { ...silent, dryRun: true });
		expect(waiting(world)).toMatchObject([{ handedOver: false }]);
	});
});

test('a run that came to its end counts, whatever number the caller knows', async () => {
	const world = await linkedPairs('ada');
	const { runs } = (await world.state.find(scope))!;
	const { summary } = await world.run({ runsKnown: 0 });
	expect(summary).toMatchObject({ runs: runs + 1, stopped: undefined, busy: false });
});

test('a run that reads the changes tells what they do not tell', async () => {
	const world = await linkedPairs('ada');
	const gap = { entity: 'Lead', words: 'Deletions are not told.', remedy: 'Track changes.' };
	Object.assign(world.crm, { changeGaps: () => [gap] });
	expect((await world.run(silent)).summary?.gaps).toEqual([gap]);
	expect((await world.run({ ...silent, readChanges: false })).summary?.gaps).toEqual([]);
	Object.assign(world.crm, { changeGaps: undefined });
	expect((await world.run(silent)).summary?.gaps).toEqual([]);
});

test('a CRM that gives no new watermark keeps the former one', async () => {
	const world = await linkedPairs('ada');
	const { cursor } = (await world.state.find(scope))!;
	const readChanges = world.crm.changes.readChanges.bind(world.crm.changes);
	world.crm.changes.readChanges = async function* (query) {
		for await (const page of readChanges(query)) yield { ...page, cursor: undefined };
	};
	await next(world, silent);
	expect([cursor === null, (await world.state.find(scope))!.cursor]).toEqual([false, cursor]);
});

describe('a create without an answer', () => {
	const given = async (after: number, options: RunOptions = {}, items: readonly AppItem[] = [{ index: 0, id: 'A-1', values: { email: 'ada@x.com', name: 'Ada', company: 'Acme' } }]) => {
		const world = new World();
		world.crm.fault = () => 'lostBefore';
		await world.run({ mode: 'events', items });
		world.crm.fault = () => undefined;
		world.memory.contents.holds.clear();
		world.tick(after);
		await world.run({ ...silent, ...options });
		return world;
	};

	test('is given up after an hour, not before', async () => {
		const [early, late] = [await given(HOUR_MS), await given(HOUR_MS + 1_000)];
		expect([held(early), early.memory.contents.intents.size]).toEqual([[], 1]);
		expect([held(late), late.memory.contents.intents.size]).toEqual([['A-1 notRun'], 0]);
		expect(holdOf(late).subject).toBe('app:A-1');
	});

	test('is not given up by a run that does not read the changes', async () => {
		const world = await given(2 * HOUR_MS, { readChanges: false });
		expect([held(world), world.memory.contents.intents.size]).toEqual([[], 1]);
	});

	test('of a submission is held under its key', async () => {
		const world = await given(2 * HOUR_MS, {}, [form({ email: 'ada@x.com' })]);
		expect(holdOf(world)).toMatchObject({ reason: 'notRun', appId: null, subject: expect.stringMatching(/^key:.+/) });
	});
});

describe('everything is looked at', () => {
	test('not by every run', async () => {
		expect(await since(await linkedPairs('ada'))).toBeDefined();
	});

	test('when the mapping is another one', async () => {
		const world = await linkedPairs('ada');
		world.mapping = withRule('phone', { conflict: 'preferApp' });
		expect([await since(world), (await since(world)) === undefined]).toEqual([undefined, false]);
	});

	test('when another user is signed in', async () => {
		const world = await linkedPairs('ada');
		expect(await since(world, { userId: 'somebody else' })).toBeUndefined();
		expect(await since(world, { userId: 'somebody else' })).toBeDefined();
	});

	test('until it came to an end once', async () => {
		const world = await linkedPairs('ada');
		await world.run({ ...silent, fullCompare: true, crashAt: 3 });
		expect(await since(world)).toBeUndefined();
		expect(await since(world)).toBeDefined();
	});

	test('after a push was the first run of all', async () => {
		const world = new World();
		await next(world, { ...silent, readChanges: false });
		expect((await world.state.find(scope))!.cursor).toBeNull();
		expect(await since(world)).toBeUndefined();
	});

	test('also what shows nothing new', async () => {
		const world = await linkedPairs('ada');
		world.crm.rows.splice(0);
		expect(await next(world)).toEqual([]);
		expect(await next(world, { fullCompare: true })).toEqual(['hold A-1 absent']);
	});

	test('what is held as well, although it shows nothing new', async () => {
		const world = await linkedPairs('ada');
		const [row] = world.crm.rows.splice(0);
		await next(world, { ...silent, fullCompare: true });
		expect(held(world)).toEqual(['A-1 absent']);
		world.crm.rows.push(row);
		expect([await next(world), held(world)]).toEqual([[], []]);
	});

	test('what a run does not look for is not missed', async () => {
		const world = await linkedPairs('ada');
		world.crm.rows.splice(0);
		expect([await next(world, silent), held(world)]).toEqual([[], []]);
	});
});

test('another mapping is stored before anything else, so that a run that dies does not make the next one forget it', async () => {
	const world = await linkedPairs('ada');
	world.mapping = withRule('phone', { conflict: 'preferApp' });
	await world.run({ ...silent, crashAt: 3 });
	const stored = (await world.state.find(scope))!;
	expect([stored.cursor, stored.mapping === JSON.stringify(world.mapping)]).toEqual([null, true]);
});

describe('a state in doubt', () => {
	const inDoubt = async () => {
		const world = await linkedPairs('ada');
		const backup = structuredClone(world.memory.contents);
		await next(world);
		world.memory.contents = backup;
		return world;
	};
	const stored = async (world: World) => (await world.state.find(scope))!.inDoubt;

	test('stays so after a push of everything', async () => {
		const world = await inDoubt();
		await next(world, { items: world.app.items('all'), readChanges: false });
		expect(await stored(world)).toBe(true);
		await next(world);
		expect(await stored(world)).toBe(false);
	});

	test('what was delivered as new and is shown is waited for no longer', async () => {
		const world = await linkedPairs('ada');
		world.crm.add({ Email: 'bob@x.com', LastName: 'Bob' });
		await next(world);
		const backup = structuredClone(world.memory.contents);
		world.runsKnown += 1;
		world.memory.contents = backup;
		expect((await next(world))[0]).toBe('link A-2 L-2');
		expect(waiting(world)).toEqual([]);
	});

	test('stays so, and is asked about once, as long as the app lists only changes', async () => {
		const world = await inDoubt();
		await next(world, silent);
		const { heldAt, words } = holdOf(world);
		expect(words).toMatch(/^What the package remembers of this sync is older than what it wrote.*let this through\.$/);
		await next(world, silent);
		expect([await stored(world), held(world), holdOf(world).heldAt]).toEqual([true, ['run restored'], heldAt]);
	});
});

describe('a push', () => {
	const push = { mode: 'events', readChanges: false, adoptMapping: false } as const;
	const one = (values: Record<string, unknown>): { items: readonly AppItem[] } => ({ items: [{ index: 0, id: 'A-1', values: { email: 'ada@x.com', ...values } }] });

	test('reads no changes of the CRM', async () => {
		const world = await linkedPairs('ada');
		world.crm.edit('L-1', { LastName: 'New' });
		world.crm.calls.length = 0;
		expect(await next(world, { ...push, ...one({ phone: '2' }) })).toEqual(['update crm L-1 Phone', 'update app A-1 name']);
		expect(world.crm.calls).not.toContain('changes');
	});

	test('with a row that is another one than the stored one is refused', async () => {
		const world = await linkedPairs('ada');
		world.mapping = { ...MAPPING, rules: MAPPING.rules.filter(({ id }) => id !== 'phone').map((rule) => (rule.id === 'name' ? { ...rule, conflict: 'preferApp' as const } : rule)) };
		await expect(next(world, { ...push, ...one({}) })).rejects.toMatchObject({ code: 'OTHER_MAPPING' });
	});

	test('that matches by something else is refused', async () => {
		const world = await linkedPairs('ada');
		world.mapping = { ...MAPPING, matchKey: { appField: 'phone', crmField: 'Phone' } };
		await expect(next(world, { ...push, ...one({}) })).rejects.toMatchObject({ code: 'OTHER_MAPPING' });
	});

	test('and a two-way run with some of the rows is refused', async () => {
		const world = await linkedPairs('ada');
		world.mapping = { ...MAPPING, rules: MAPPING.rules.filter(({ id }) => id !== 'phone') };
		await expect(next(world, { adoptMapping: false })).rejects.toMatchObject({ code: 'OTHER_MAPPING' });
	});

	test('knows when the app changed a record, also where it has only some of the rows', async () => {
		const world = await linkedPairs('ada');
		world.mapping = { ...withRule('phone', { conflict: 'mostRecent' }), appModifiedField: 'modified' };
		await next(world);
		world.crm.edit('L-1', { Phone: '3' });
		world.mapping = { ...world.mapping, rules: world.mapping.rules.filter(({ id }) => id !== 'note') };
		const modified = new Date(world.now + HOUR_MS).toISOString();
		expect(await next(world, { ...push, ...one({ phone: '2', modified }) })).toEqual(['update crm L-1 Phone']);
	});
});

describe('what the run has worked on', () => {
	test('is looked at again where somebody changed it meanwhile', async () => {
		const world = await linkedPairs('ada', 'bob', 'eve');
		for (const [id, phone] of [['A-1', '1'], ['A-2', '2'], ['A-3', '2']] as const) world.app.edit(id, { phone, note: 'x' });
		world.crm.edit('L-1', { LastName: 'Ada 1' });
		world.tick();
		const items = ['A-2', 'A-1', 'A-3'].map((id, index) => ({ index, id, values: world.app.records.get(id)! }));
		world.crm.fault = (mutation) => {
			if (mutation.kind === 'update' && mutation.id !== 'L-1') world.crm.edit('L-1', { LastName: `Ada ${mutation.id}` });
			return undefined;
		};
		expect(await next(world, { mode: 'changed', items, pageSize: 1, ...lost })).toEqual([
			'update crm L-2 Description+Phone',
			'update crm L-1 Description',
			'update app A-1 name',
			'update crm L-3 Description+Phone',
			'update app A-1 name',
		]);
		expect(waiting(world)).toHaveLength(1);
	});

	test('a record that is linked does not make its key ambiguous', async () => {
		const world = await linkedPairs('ada');
		world.app.edit('A-1', { phone: '2' });
		world.app.add({ email: 'ada@x.com' });
		expect(await next(world, { pageSize: 10 })).toEqual(['update crm L-1 Phone', 'hold A-2 linkedElsewhere (L-1)']);
	});

	test('a submission does not make the key of a record ambiguous', async () => {
		const world = new World();
		const items = [{ index: 0, id: 'A-1', values: { email: 'ada@x.com', name: 'Ada', company: 'Acme' } }, form({ email: 'ada@x.com', phone: '7' }, 1)];
		expect(await next(world, { mode: 'events', items, pageSize: 1 })).toEqual(['link A-1 L-1', 'create crm L-1 from A-1', 'update crm L-1 Phone']);
	});
});

describe('the pages of changes', () => {
	test.each([[1, 1], [2, 2], [3, 6], [4, 8]])('%d of them take %d calls at most, and none is lost', async (pages, most) => {
		const names = Array.from({ length: pages }, (_, index) => `n${index}`);
		const world = await linkedPairs(...names);
		world.tick();
		for (const { id } of world.crm.rows) world.crm.edit(id, { Phone: '2' });
		world.crm.pageSize = 1;
		world.crm.calls.length = 0;
		expect(await next(world, silent)).toHaveLength(pages);
		expect(world.crm.calls.filter((call) => call === 'changes').length).toBeLessThanOrEqual(most);
	});
});
