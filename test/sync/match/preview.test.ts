import { linkedPairs, next } from '../twoWay/pairs';
import { asPlanned } from '../../../src/sync/match/previewNotes';
import type { SyncRun } from '../../../src/sync/run/syncRun';
import type { AppItem } from '../../../src/sync/run/syncTypes';
import { withRule, World, type RunOptions } from '../twoWay/World';

/** The run, which has to do what its preview has said. */
async function asPreviewed(world: World, options: RunOptions = {}): Promise<string[]> {
	const before = JSON.stringify([...Object.values(world.memory.contents).map((part) => [...part]), world.crm.rows]);
	const preview = await next(world, { ...options, dryRun: true });
	expect(JSON.stringify([...Object.values(world.memory.contents).map((part) => [...part]), world.crm.rows])).toBe(before);
	world.tick(-30 * 60_000);
	const run = await next(world, options);
	const level = (lines: readonly string[]) => lines.map((line) => line.replace(/^create crm \S+/, 'create crm new').replace(/^(link \S+) \S+/, '$1')).sort();
	expect(level(preview)).toEqual(level(run));
	return run;
}

const submission = { mode: 'events', items: [{ index: 0, values: { email: 'ada@x.com', name: 'Ada', company: 'Acme' } }] } as const;

test('a record gives its key away, and another one has it: the other one is new', async () => {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { email: 'lovelace@x.com' });
	world.app.add({ email: 'ada@x.com' });
	expect(await asPreviewed(world, { pageSize: 1 })).toEqual(['update crm L-1 Email', 'link A-2 L-2', 'create crm L-2 from A-2']);
});

test('a record gets the key of another one: that one is held', async () => {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { email: 'eve@x.com' });
	world.app.add({ email: 'eve@x.com' });
	expect(await asPreviewed(world, { pageSize: 1 })).toEqual(['update crm L-1 Email', 'hold A-2 linkedElsewhere (L-1)']);
});

describe('a record of the app and a submission with its key, which the CRM does not have', () => {
	const record = { id: 'A-1', values: { email: 'ada@x.com', name: 'Ada', company: 'Acme', phone: '1' } };
	const form = { values: { email: 'ADA@x.com', name: 'Ada', company: 'Acme', phone: '2' } };
	const inOrder = (...items: readonly object[]) => ({ mode: 'events', pageSize: 1, createInApp: false, items: items.map((item, index) => ({ index, ...item }) as AppItem) }) as const;

	test('the record comes first: created, then updated', async () => {
		const world = new World();
		const options = inOrder(record, form);
		expect(await next(world, { ...options, dryRun: true })).toEqual(['link A-1 -', 'create crm new from A-1', 'update crm null Phone', 'update app A-1 phone']);
		expect(await next(world, options)).toEqual(['link A-1 L-1', 'create crm L-1 from A-1', 'update crm L-1 Phone', 'update app A-1 phone']);
	});

	test('the submission comes first: the same, and the record completes it', async () => {
		const world = new World();
		const options = inOrder(form, record);
		expect(await next(world, { ...options, dryRun: true })).toEqual(['link - -', 'create crm new from form', 'link A-1 -', 'update crm null Phone']);
		expect(await next(world, options)).toEqual(['link - L-1', 'create crm L-1 from form', 'link A-1 L-1', 'update crm L-1 Phone']);
	});
});

test('a record and a submission of it that the CRM has: what the record shows goes over what the submission said', async () => {
	const world = new World();
	world.crm.add({ Email: 'ada@x.com', LastName: 'Ada' });
	const items = ['1', '2'].map((phone, index) => ({ index, ...(index === 0 ? {} : { id: 'A-1' }), values: { email: 'ada@x.com', name: 'Ada', phone } }));
	const lines = ['link - L-1', 'update crm L-1 Phone', 'link A-1 L-1', 'update crm L-1 Phone'];
	const options = { mode: 'events', pageSize: 1, createInApp: false, items } as const;
	expect(await asPreviewed(world, options)).toEqual(lines);
});

test('a submission of a linked record, and then the record, which shows the same: nothing is left for it', async () => {
	const world = await linkedPairs('ada');
	const items = [{ index: 0, values: { email: 'ada@x.com', phone: '2' } }, { index: 1, id: 'A-1', values: { email: 'ada@x.com', name: 'ada', phone: '2' } }];
	expect(await asPreviewed(world, { mode: 'events', pageSize: 1, createInApp: false, items })).toEqual(['update crm L-1 Phone', 'update app A-1 phone']);
});

test('submissions before and after a record whose key changes between them: each meets what the former ones made of it', async () => {
	const world = await linkedPairs('ada');
	const shown = [{ values: { email: 'ada@x.com', note: 'a' } }, { id: 'A-1', values: { email: 'eve@x.com', note: 'b' } }, { values: { email: 'eve@x.com', company: 'Acme 2' } }];
	const items = shown.map((item, index) => ({ index, ...item }));
	expect(await asPreviewed(world, { mode: 'changed', pageSize: 1, items })).toEqual(['update crm L-1 Description', 'update crm L-1 Description+Email', 'update crm L-1 Company']);
});

test('a run that died had sent the app a record that the app has made since, a submission has its key as well, and a field is held', async () => {
	const world = new World();
	world.mapping = withRule('phone', { conflict: 'hold' });
	world.crm.add({ Email: 'ada@x.com', LastName: 'Ada', Phone: '1' });
	expect((await world.run({ crashAt: 'after commit 2' })).crashed).toBe(true);
	world.app.add({ email: 'ada@x.com', name: 'Bob', phone: '2' });
	world.submissions.push({ email: 'ada@x.com', name: 'Eve', company: 'Acme' });
	const lines = await asPreviewed(world, { pageSize: 1 });
	expect(lines).toContain('hold A-1 conflict phone');
	expect(lines.at(-1)).toBe('update app A-1 name');
});

test('a record of the CRM is completed by one record of the app, and has the key of another one', async () => {
	const world = new World();
	await next(world, submission);
	world.crm.edit('L-1', { Email: 'eve@x.com' });
	for (const email of ['ada@x.com', 'eve@x.com']) world.app.add({ email, name: 'Ada' });
	expect(await asPreviewed(world, { pageSize: 1 })).toEqual(['link A-1 L-1', 'update app A-1 email', 'hold A-2 linkedElsewhere (L-1)']);
});

test('the same, and the other one comes first: it has the record, and the first one is new', async () => {
	const world = new World();
	await next(world, submission);
	world.crm.edit('L-1', { Email: 'eve@x.com' });
	for (const email of ['eve@x.com', 'ada@x.com']) world.app.add({ email, name: 'Ada', note: null });
	expect(await asPreviewed(world, { pageSize: 1 })).toEqual(['link A-1 L-1', 'link A-2 L-2', 'create crm L-2 from A-2']);
});

test('a record of the app has the key that the record of a submission has by now, and another submission its former one: that is new', async () => {
	const world = new World();
	await next(world, submission);
	world.crm.edit('L-1', { Email: 'eve@x.com' });
	world.app.add({ email: 'eve@x.com', name: 'Ada' });
	world.submissions.push({ ...submission.items[0].values });
	expect(await asPreviewed(world, { pageSize: 1 })).toEqual(['link A-1 L-1', 'link - L-2', 'create crm L-2 from form']);
});

test('a submission of a record that the same input shows is held neither way', async () => {
	const world = new World();
	world.crm.add({ Email: 'ada@x.com', LastName: 'Ada', Phone: '1' });
	const items = [
		{ index: 0, id: 'A-1', values: { email: 'ada@x.com', name: 'Ada', phone: '1' } },
		{ index: 1, values: { email: 'ada@x.com', note: 'x' } },
	];
	const options = { mode: 'events', items, pageSize: 1, createInApp: false } as const;
	expect(await next(world, { ...options, dryRun: true })).toContain('update crm L-1 Description');
	expect(await next(world, options)).toEqual(['link A-1 L-1', 'update crm L-1 Description']);
});

test('another record of the CRM has the key of a submission: both that and what the app has of it are held', async () => {
	const world = new World();
	await next(world, submission);
	world.crm.edit('L-1', { Email: 'eve@x.com' });
	world.app.add({ email: 'ada@x.com', name: 'Ada' });
	world.crm.add({ Email: 'ada@x.com', LastName: 'Ada' });
	expect(await asPreviewed(world)).toEqual(['hold A-1 ambiguous (L-1, L-2)', 'hold L-2 ambiguous (L-2)']);
	world.crm.edit('L-2', { Email: 'lovelace@x.com' });
	const lines = await asPreviewed(world);
	expect(lines[0]).toBe('link A-1 L-1');
	expect(lines).toContain('create app new from L-2 email+name');
	await asPreviewed(world);
});

test('a record that waited has another key now, and its former key is that of a record of the CRM', async () => {
	const world = new World();
	for (const Phone of ['1', '2']) world.crm.add({ Email: 'ada@x.com', Phone });
	world.app.add({ email: 'ada@x.com' });
	await next(world, { mode: 'changed' });
	world.crm.remove('L-2');
	world.app.edit('A-1', { email: 'eve@x.com' });
	world.tick(60 * 60_000);
	expect(await asPreviewed(world, { mode: 'changed' })).toContain('create app new from L-1 email+name+phone');
});

test('the same, and several records of the CRM have its new key: it goes on waiting, but keeps nobody of its former key waiting', async () => {
	const world = new World();
	for (const Email of ['ada@x.com', 'ada@x.com', 'eve@x.com', 'eve@x.com']) world.crm.add({ Email });
	world.app.add({ email: 'ada@x.com' });
	await next(world, { mode: 'changed' });
	world.crm.remove('L-2');
	world.app.edit('A-1', { email: 'eve@x.com' });
	world.tick(60 * 60_000);
	const lines = await asPreviewed(world, { mode: 'changed' });
	expect(lines).toContain('hold A-1 ambiguous (L-3, L-4)');
	expect(lines).toContain('create app new from L-1 email+name');
});

test('what a run that died did not hand over goes again once, whichever way it goes', async () => {
	const unsent = async () => {
		const world = await linkedPairs('ada');
		world.crm.edit('L-1', { Phone: '2' });
		world.tick(60_000);
		for (let crashAt = 1; crashAt < 30 && [...world.memory.contents.deliveries.values()].every(({ handedOver }) => handedOver); crashAt++) await world.run({ mode: 'changed', items: [], crashAt });
		return world;
	};
	const [again, more, shown] = [await unsent(), await unsent(), await unsent()];
	expect(await asPreviewed(again, { arrives: () => false })).toEqual(['update app A-1 phone again']);
	more.crm.edit('L-1', { LastName: 'Ada' });
	expect(await asPreviewed(more, { mode: 'changed', items: [], arrives: () => false })).toEqual(['update app A-1 name+phone']);
	shown.app.edit('A-1', { phone: '2' });
	expect(await asPreviewed(shown)).toEqual([]);
});

test('a record of the app was held, and gets the key of a submission: what the submission adds goes to the app as well', async () => {
	const world = new World();
	for (const name of ['Ada', 'Bob']) world.app.add({ email: 'ada@x.com', name });
	await next(world);
	world.app.edit('A-1', { email: 'eve@x.com' });
	world.submissions.push({ email: 'eve@x.com', name: 'Eve', company: 'Acme' });
	const done = ['link A-1 L-1', 'create crm L-1 from A-1', 'link A-2 L-2', 'create crm L-2 from A-2', 'update crm L-1 LastName', 'update app A-1 name'];
	const preview = await next(world, { pageSize: 1, dryRun: true });
	expect(preview).toEqual(['link A-1 -', 'create crm new from A-1', 'link A-2 -', 'create crm new from A-2', 'update crm null LastName', 'update app A-1 name']);
	expect(await next(world, { pageSize: 1 })).toEqual(done);
});

test('what was sent before, and the app has not carried out, goes again also after a submission', async () => {
	const world = await linkedPairs('ada');
	world.crm.edit('L-1', { Phone: '2' });
	expect(await next(world, { arrives: () => false })).toEqual(['update app A-1 phone']);
	const items = [{ index: 0, values: { email: 'ada@x.com', note: 'x' } }, { index: 1, id: 'A-1', values: { email: 'ada@x.com', name: 'ada', phone: '1' } }];
	expect(await asPreviewed(world, { mode: 'events', pageSize: 1, createInApp: false, items, arrives: () => false })).toEqual(['update crm L-1 Description', 'update app A-1 phone again']);
});

test('in which order keys were noted changes nothing', async () => {
	const found = new Map([['first', { open: ['L-1', 'L-2'], converted: [] }], ['second', { open: ['L-1'], converted: [] }]]);
	const open = async (keys: readonly string[]) => {
		const find = async (_sync: string, kind: string) => (kind === 'given another key' ? new Map([['L-1', keys]]) : new Map());
		return [...(await asPlanned(found, { sync: { id: 'sync' }, state: { notes: { find } } } as unknown as SyncRun))].map(([key, candidates]) => [key, candidates.open]);
	};
	expect(await open(['second'])).toEqual([['first', ['L-2']], ['second', ['L-1']]]);
	expect(await open(['second', 'third'])).toEqual(await open(['third', 'second']));
});
