import type { ChangeQuery } from '../../../src/model/changeReader';
import { held, linkedPairs, next } from '../twoWay/pairs';
import { told } from '../twoWay/told';
import { MAPPING, withRule, World, type RunOptions } from '../twoWay/World';

const all = async (world: World) => {
	const lines: string[] = [];
	for (let count = 0; count < 4; count++) lines.push(...(await next(world)));
	return lines;
};

test('J1 killed between a create and its commit: found again by its match key, and linked', async () => {
	const world = new World();
	world.app.add({ email: 'ada@x.com' });
	const { crashed } = await world.run({ crashAt: 6 });
	expect([crashed, world.crm.alive.length, world.memory.contents.intents.size]).toEqual([true, 1, 1]);
	expect((await all(world))[0]).toBe('link A-1 L-1');
	expect([world.crm.alive.length, world.memory.contents.intents.size]).toEqual([1, 0]);
});

test('J2 the same, and the app does not show the record again: the CRM does', async () => {
	const world = new World();
	world.app.add({ email: 'ada@x.com' });
	await world.run({ mode: 'changed', crashAt: 6 });
	expect(await next(world, { mode: 'changed', items: [] })).toEqual(['link A-1 L-1']);
	expect(world.app.records.size).toBe(1);
});

test('J3 killed between an update and its commit: known by what the CRM shows', async () => {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { phone: '2' });
	await world.run({ mode: 'changed', crashAt: 4 });
	expect([world.crm.alive[0].values.Phone, world.memory.contents.intents.size]).toEqual(['2', 1]);
	expect(await next(world, { mode: 'changed', items: [] })).toEqual([]);
	expect([await next(world), world.memory.contents.intents.size]).toEqual([[], 0]);
});

test('J31 killed before an update of a field that only goes to the CRM: not taken for done', async () => {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { note: 'new' });
	await world.run({ crashAt: 'before write 1' });
	expect(await next(world, { mode: 'changed', items: [] })).toEqual([]);
	expect(held(world)).toEqual(['A-1 notRun']);
	expect([await next(world), world.crm.alive[0].values.Description]).toEqual([['update crm L-1 Description'], 'new']);
});

test('J4 killed before an update: held until the app shows the record', async () => {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { phone: '2' });
	await world.run({ mode: 'changed', crashAt: 3 });
	expect(await next(world, { mode: 'changed', items: [] })).toEqual([]);
	expect(held(world)).toEqual(['A-1 notRun']);
	expect([await next(world), held(world)]).toEqual([['update crm L-1 Phone'], []]);
});

test('J5 a create without an answer: never repeated as long as it may still be under way', async () => {
	const world = new World();
	world.app.add({ email: 'ada@x.com' });
	world.crm.fault = () => 'lostBefore';
	expect(told((await world.run()).results)).toBe('\nuncertain A-1\n');
	world.crm.fault = () => undefined;
	world.tick(60_000);
	expect(told((await world.run()).results)).toBe('\nhold A-1 uncertain\n');
	expect(await next(world)).toEqual(['link A-1 L-1', 'create crm L-1 from A-1']);
	expect(held(world)).toEqual([]);
});

test('J6 an update without an answer: sent again if the record is as it was, else planned anew', async () => {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { phone: '2' });
	const faults = ['lostBefore' as const];
	world.crm.fault = () => faults.shift();
	expect(await next(world)).toEqual(['update crm L-1 Phone']);
	world.app.edit('A-1', { phone: '3' });
	world.crm.fault = () => {
		world.crm.fault = () => undefined;
		world.crm.edit('L-1', { Phone: '4' });
		return 'lostBefore';
	};
	expect(await next(world)).toEqual(['update app A-1 phone']);
});

test('J7 somebody changes the record between reading and writing: planned anew', async () => {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { phone: '2', name: 'Ada' });
	world.crm.beforeCheck = () => {
		world.crm.beforeCheck = () => undefined;
		world.crm.edit('L-1', { Phone: '3' });
	};
	expect(await next(world)).toEqual(['update crm L-1 LastName', 'update app A-1 phone']);
});

test('J15 the same in a CRM that compares while it writes: no look before, and planned anew', async () => {
	const world = await linkedPairs('ada', 'bob');
	world.crm.compareAndSet = true;
	world.app.edit('A-1', { phone: '2', name: 'Ada' });
	world.app.edit('A-2', { phone: '5' });
	world.crm.calls.length = 0;
	expect(await next(world)).toEqual(['update crm L-1 LastName+Phone', 'update crm L-2 Phone']);
	const calls = world.crm.calls.filter((call) => call !== 'changes');
	expect(calls).toEqual(['read', 'write', 'read']);
	world.app.edit('A-1', { phone: '6', name: 'Ada B.' });
	world.app.edit('A-2', { phone: '7' });
	world.crm.beforeCheck = () => {
		world.crm.beforeCheck = () => undefined;
		world.crm.edit('L-1', { Phone: '3' });
		world.crm.remove('L-2');
	};
	expect(await next(world)).toEqual(['update crm L-1 LastName', 'update app A-1 phone', 'hold A-2 absent']);
	expect(world.crm.live('L-1')?.values).toMatchObject({ LastName: 'Ada B.', Phone: '3' });
});

test.each([2, 3])('J96 the same, and a limit is reached before it is planned anew: what was written is told, the rest is not run', async (callsLeft) => {
	const world = await linkedPairs('ada', 'bob');
	world.crm.compareAndSet = true;
	world.app.edit('A-1', { phone: '2' });
	world.app.edit('A-2', { phone: '5' });
	world.crm.beforeCheck = () => {
		world.crm.edit('L-1', { Phone: '3' });
		world.crm.callsLeft = callsLeft;
	};
	const { results } = await world.run();
	expect(told(results)).toBe('\nupdate crm L-2 Phone\nnotRun A-1 LIMIT\n');
	Object.assign(world.crm, { callsLeft: Infinity, beforeCheck: () => undefined });
	expect([await next(world), await next(world)]).toEqual([['update app A-1 phone'], []]);
});

test('J16 a CRM that compares refuses for another reason: held as refused, not planned anew', async () => {
	const world = await linkedPairs('ada');
	world.crm.compareAndSet = true;
	world.crm.fault = () => 'duplicate';
	world.app.edit('A-1', { phone: '2' });
	expect(await next(world)).toEqual(['refused A-1 DUPLICATE']);
	expect([held(world), world.crm.calls.filter((call) => call === 'write').length]).toEqual([['A-1 refused'], 1]);
	world.crm.fault = () => undefined;
	expect(await next(world)).toEqual(['update crm L-1 Phone']);
});

test('J8 a run that died after its commit: what it did not hand over is sent again, with the same id', async () => {
	const world = await linkedPairs('ada');
	world.crm.edit('L-1', { Phone: '2' });
	await world.run({ mode: 'changed', items: [], crashAt: 5 });
	const [{ id }] = world.memory.contents.deliveries.values();
	const { results } = await world.run({ mode: 'changed', items: [] });
	expect(told(results)).toBe('\nupdate app A-1 phone again\n');
	expect(results[0].steps).toMatchObject([{ delivery: { id, values: { phone: '2' } } }]);
	expect(await next(world)).toEqual([]);
});

test('J9 another run has the lease: nothing is looked at', async () => {
	const world = await linkedPairs('ada');
	await world.leases.acquire('sync ["id","Lead","Shop"]', 'somebody else', 60_000);
	const { results, summary } = await world.run();
	expect([results, summary?.busy]).toEqual([[], true]);
});

test('J10 the lease is lost before a write: nothing more is written or stored', async () => {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { phone: '2' });
	world.crm.beforeCheck = () => {
		world.tick(6 * 60_000);
	};
	const { results, summary } = await world.run();
	expect([told(results), summary?.stopped?.words]).toEqual(['\nnotRun A-1\n', 'Another run of the same sync has taken over.']);
	expect(world.crm.alive[0].values.Phone).toBe('1');
});

test('J11 the CRM refuses a record: held, the others go on; tried again when a value changes or its time comes', async () => {
	const world = await linkedPairs('ada', 'bob');
	world.app.edit('A-1', { name: 'Refused' });
	world.app.edit('A-2', { name: 'Bob' });
	expect(await next(world)).toEqual(['refused A-1 RULE', 'update crm L-2 LastName']);
	world.crm.calls.length = 0;
	expect([await next(world), world.crm.calls.includes('write')]).toEqual([['hold A-1 refused'], false]);
	world.tick(60 * 60_000);
	expect(await next(world)).toEqual(['refused A-1 RULE']);
	world.app.edit('A-1', { name: 'Ada' });
	expect([await next(world), held(world)]).toEqual([['update crm L-1 LastName'], []]);
});

test('J12 a limit is reached: the run stops, the watermark stays, and the next run goes on', async () => {
	const world = await linkedPairs('ada', 'bob', 'eve');
	for (const id of ['A-1', 'A-2', 'A-3']) world.app.edit(id, { phone: '2' });
	world.crm.edit('L-2', { LastName: 'Bob' });
	world.crm.callsLeft = 5;
	const { results, summary } = await world.run({ pageSize: 1 });
	expect(told(results)).toBe('\nupdate crm L-1 Phone\nnotRun A-2 LIMIT\nnotRun A-3 LIMIT\n');
	expect(summary?.stopped?.code).toBe('LIMIT');
	world.crm.callsLeft = Infinity;
	expect(await next(world)).toEqual(['update crm L-2 Phone', 'update app A-2 name', 'update crm L-3 Phone']);
});

test('J13 the same where the app shows only changes: what was not run is held until it is shown', async () => {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { phone: '2' });
	world.crm.callsLeft = 0;
	expect(await next(world, { mode: 'changed' })).toEqual(['notRun A-1 LIMIT']);
	expect(held(world)).toEqual(['A-1 notRun']);
	world.crm.callsLeft = Infinity;
	expect([await next(world, { mode: 'changed' }), held(world)]).toEqual([['update crm L-1 Phone'], []]);
});

const guards = { updateGuard: { most: 2, share: 1, atLeast: 2 }, deleteGuard: { most: 1, share: 1, atLeast: 1 } };

/** A run over all that the app shows stops before it has come to all of it. */
async function stopped(world: World, options: RunOptions = {}): Promise<void> {
	world.crm.callsLeft = 0;
	await next(world, options);
	world.crm.callsLeft = Infinity;
}

test('J97 the same where the app shows everything: in runs of changes the CRM waits until a run comes to all of it', async () => {
	const world = await linkedPairs('ada', 'bob');
	world.app.edit('A-1', { phone: '2' });
	await stopped(world);
	for (const id of ['L-1', 'L-2']) world.crm.edit(id, { Phone: '3' });
	const { results, summary } = await world.run({ mode: 'changed', items: [] });
	expect([results, summary?.crmWaits?.remedy]).toEqual([[], 'Run the workflow once with all records of the app.']);
	world.app.edit('A-2', { name: 'Bob' });
	expect(await next(world, { mode: 'changed', items: world.itemsOf('changed').filter(({ id }) => id === 'A-2') })).toEqual(['update crm L-2 LastName', 'update app A-2 phone']);
	expect(world.app.records.get('A-1')?.phone).toBe('2');
	expect(await next(world)).toEqual(['update app A-1 phone']);
	world.crm.edit('L-1', { Phone: '4' });
	expect(await next(world, { mode: 'changed', items: [] })).toEqual(['update app A-1 phone']);
});

test('J98 the same in a first run: no record of the CRM is new to an app that nobody has read', async () => {
	const world = new World();
	world.app.add({ email: 'bob@x.com' });
	world.crm.add({ Email: 'bob@x.com' });
	await stopped(world);
	expect(await next(world, { mode: 'changed', items: [] })).toEqual([]);
	expect(await next(world)).toEqual(['link A-1 L-1', 'update app A-1 name']);
});

test('J99 the same, and what was on its way to the app before is not sent again either', async () => {
	const world = await linkedPairs('ada');
	world.crm.edit('L-1', { Phone: '2' });
	await world.run({ mode: 'changed', items: [], crashAt: 'before commit 3' });
	world.app.edit('A-1', { phone: '9' });
	await stopped(world);
	expect(await next(world, { mode: 'changed', items: [] })).toEqual([]);
	expect(world.app.records.get('A-1')?.phone).toBe('9');
});

test('J100 the same, and then only a part of what the app has is pushed', async () => {
	const world = await linkedPairs('ada');
	await stopped(world);
	await next(world, { readChanges: false, items: [] });
	expect((await world.run({ mode: 'changed', items: [] })).summary?.crmWaits).toBeDefined();
});

test('J101 a run that comes to all the app shows, and stops then: the CRM does not wait', async () => {
	const world = await linkedPairs('ada', 'bob');
	world.crm.rows.splice(0, 1);
	world.crm.callsLeft = 1;
	expect((await world.run({ fullCompare: true })).summary?.stopped?.code).toBe('LIMIT');
	world.crm.callsLeft = Infinity;
	world.crm.edit('L-2', { Phone: '2' });
	expect(await next(world, { mode: 'changed', items: [] })).toEqual(['update app A-2 phone']);
});

test('J102 the same after a guard: the review stays, and so does what was decided about it', async () => {
	const world = await linkedPairs('ada', 'bob', 'eve');
	for (const id of ['A-1', 'A-2', 'A-3']) world.app.edit(id, { phone: '2' });
	await next(world, { ...guards, pageSize: 1 });
	world.crm.edit('L-1', { Phone: '3' });
	expect(await next(world, { ...guards, mode: 'changed', items: [] })).toEqual([]);
	expect(held(world)).toEqual(['run guard']);
	await world.state.decide([...world.memory.contents.holds.values()][0], 'release');
	await next(world, { ...guards, mode: 'changed', items: [] });
	expect(await next(world, { ...guards, pageSize: 1 })).toEqual(['update app A-1 phone', 'update crm L-2 Phone', 'update crm L-3 Phone']);
});

test('G1 a run would change more than the guard lets through: nothing is written, one review with numbers and examples', async () => {
	const world = await linkedPairs('ada', 'bob', 'eve');
	for (const id of ['A-1', 'A-2', 'A-3']) world.app.edit(id, { phone: '2' });
	expect(await next(world, { ...guards, pageSize: 1 })).toEqual(['notRun A-1 GUARD', 'notRun A-2 GUARD', 'notRun A-3 GUARD']);
	const [review] = world.memory.contents.holds.values();
	expect([review.reason, review.candidates]).toEqual(['guard', ['L-1', 'L-2', 'L-3']]);
	expect(review.words).toBe('This run would change 3 records and end 0 links of deleted ones; 0 and 0 were in the last 24 hours, 2 and 1 are let through.');
	expect(world.crm.alive.map(({ values }) => values.Phone)).toEqual(['1', '1', '1']);
});

test('G2 a person lets it through: so many, once', async () => {
	const world = await linkedPairs('ada', 'bob', 'eve');
	for (const id of ['A-1', 'A-2', 'A-3']) world.app.edit(id, { phone: '2' });
	await next(world, guards);
	await world.state.decide([...world.memory.contents.holds.values()][0], 'release');
	expect(await next(world, guards)).toEqual(['update crm L-1 Phone', 'update crm L-2 Phone', 'update crm L-3 Phone']);
	expect(held(world)).toEqual([]);
	for (const id of ['A-1', 'A-2', 'A-3']) world.app.edit(id, { phone: '3' });
	expect((await next(world, guards))[0]).toBe('notRun A-1 GUARD');
});

test('G3 a loop of small runs does not evade it; after a day it lets through again', async () => {
	const world = await linkedPairs('ada');
	const edit = async (phone: string) => {
		world.app.edit('A-1', { phone });
		return await next(world, guards);
	};
	expect([await edit('2'), await edit('3'), await edit('4')]).toEqual([['update crm L-1 Phone'], ['update crm L-1 Phone'], ['notRun A-1 GUARD']]);
	world.tick(25 * 60 * 60_000);
	expect(await next(world, guards)).toEqual(['update crm L-1 Phone']);
});

test('G4 deletions of either side have a guard of their own', async () => {
	const world = await linkedPairs('ada', 'bob');
	world.crm.remove('L-1');
	world.app.remove('A-2');
	expect(await next(world, guards)).toEqual(['notRun A-2 GUARD']);
	expect([world.app.records.size, held(world)]).toEqual([1, ['run guard']]);
});

test('G5 a listing that fails half way: nothing is deleted, and the watermark stays', async () => {
	const world = await linkedPairs('ada', 'bob', 'eve', 'joe');
	world.tick(30 * 60_000);
	world.crm.remove('L-4');
	for (const id of ['L-1', 'L-2']) world.crm.edit(id, { Phone: '2' });
	world.crm.pageSize = 1;
	world.crm.callsLeft = 1;
	world.tick();
	const { results, summary } = await world.run({ mode: 'changed', items: [] });
	expect([told(results), summary?.stopped?.code]).toEqual(['\n', 'LIMIT']);
	world.crm.callsLeft = Infinity;
	expect(await next(world)).toEqual(['update app A-1 phone', 'unlink A-4 L-4', 'delete app A-4', 'update app A-2 phone']);
});

test.each([1, 2, 9])('B1 several items of one id are one record, in pages of %d: what a later one shows stands over what an earlier one does', async (pageSize) => {
	const [events, back] = [await linkedPairs('ada'), await linkedPairs('ada')];
	const items = [{ phone: '1' }, { phone: '2', note: 'x' }, { name: 'Two' }, { phone: '3' }].map((values, index) => ({ index, id: 'A-1', values }));
	expect(await next(events, { mode: 'events', items, pageSize })).toEqual(['update crm L-1 Description+LastName+Phone']);
	expect(events.crm.live('L-1')?.values).toMatchObject({ LastName: 'Two', Phone: '3', Description: 'x' });
	const thereAndBack = ['2', '1'].map((phone, index) => ({ index, id: 'A-1', values: { phone } }));
	expect([await next(back, { mode: 'events', items: thereAndBack, pageSize }), back.crm.live('L-1')?.values.Phone]).toEqual([[], '1']);
});

test('B2 the whole list twice: everything once', async () => {
	const world = new World();
	for (const name of ['ada', 'bob']) world.app.add({ email: `${name}@x.com` });
	const items = [...world.app.items('all'), ...world.app.items('all')].map((item, index) => ({ ...item, index }));
	expect(await next(world, { items })).toEqual(['link A-1 L-1', 'create crm L-1 from A-1', 'link A-2 L-2', 'create crm L-2 from A-2']);
});

test('B3 half a page, or nothing at all: nothing happens to the rest', async () => {
	const world = await linkedPairs('ada', 'bob');
	expect(await next(world, { items: world.app.items('all').slice(0, 1) })).toEqual([]);
	expect(await next(world, { items: [] })).toEqual([]);
	expect([world.crm.alive.length, world.app.records.size]).toEqual([2, 2]);
});

test('B4 a deletion of a record that was never seen: nothing', async () => {
	const world = await linkedPairs('ada');
	expect(await next(world, { mode: 'events', items: [{ index: 0, id: 'A-9', values: {}, deleted: true }] })).toEqual([]);
});

test('B5 an older copy of the state: nothing is created or overruled before everything was compared', async () => {
	const world = await linkedPairs('ada');
	const backup = structuredClone(world.memory.contents);
	world.app.add({ email: 'bob@x.com' });
	world.app.edit('A-1', { phone: '2' });
	await next(world);
	world.memory.contents = backup;
	world.app.edit('A-1', { phone: '3' });
	world.app.add({ email: 'eve@x.com' });
	expect(await next(world)).toEqual(['hold A-1 restored phone', 'link A-2 L-2', 'hold A-3 restored']);
	expect(await next(world)).toEqual(['hold A-1 restored phone', 'link A-3 L-3', 'create crm L-3 from A-3']);
	expect(held(world)).toEqual(['A-1 restored phone']);
});

test('B6 another mapping than the stored one: refused before anything is read, until it is adopted', async () => {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { staff: null });
	world.crm.edit('L-1', { NumberOfEmployees: 7 });
	await next(world);
	world.mapping = withRule('size', { appField: 'staff' }, MAPPING);
	await expect(world.run({ adoptMapping: false })).rejects.toMatchObject({ kind: 'validation', code: 'OTHER_MAPPING' });
	expect(await next(world)).toEqual(['update app A-1 staff']);
});

test('B7 a mapping that cannot work: one error that names the field, before anything is read', async () => {
	const world = new World();
	world.mapping = withRule('phone', { crmField: 'Fax' }, MAPPING);
	world.app.add({ email: 'ada@x.com' });
	await expect(world.run()).rejects.toMatchObject({ kind: 'validation', code: 'MAPPING', fields: ['Fax'] });
	expect(world.crm.calls).toEqual([]);
});

test('B8 a field that the user may not see any more: unchanged, never a clear', async () => {
	const world = await linkedPairs('ada');
	world.crm.hidden.add('Phone');
	world.app.edit('A-1', { name: 'Ada' });
	expect(await next(world, { fullCompare: true })).toEqual(['update crm L-1 LastName']);
	expect([world.app.records.get('A-1')?.phone, world.crm.alive[0].values.Phone]).toEqual(['1', '1']);
});

test('B9 every page of changes comes twice: everything once', async () => {
	const world = await linkedPairs('ada');
	world.crm.edit('L-1', { Phone: '2' });
	world.crm.add({ Email: 'bob@x.com' });
	world.crm.repeats = true;
	expect(await next(world)).toEqual(['update app A-1 phone', 'link - L-2', 'create app new from L-2 email+name']);
});

test('B10 each field that was sent, overruled or held says why, and what the CRM made of it', async () => {
	const world = await linkedPairs('ada');
	world.mapping = withRule('name', { conflict: 'hold' }, withRule('phone', { conflict: 'preferApp' }));
	world.app.edit('A-1', { phone: '0-2', name: 'Ada', note: 'new' });
	world.crm.edit('L-1', { Phone: '3', LastName: 'Ada L.' });
	world.tick();
	const { results } = await world.run();
	expect(results.map(({ notes }) => notes.map(({ appField, appValue, crmValue, readBack, words }) => [appField, appValue, crmValue, readBack, words]))).toEqual([
		[
			['name', 'Ada', 'Ada L.', undefined, 'Both sides changed it, differently; a person is to decide.'],
			['phone', '0-2', '3', '02', 'Both sides changed it, differently; the app is preferred; the app’s value counts; it goes to the CRM. The CRM made something else of it.'],
			['note', 'new', null, undefined, 'The app changed it; it goes to the CRM.'],
		],
	]);
	expect(await next(world)).toEqual(['hold A-1 conflict name']);
});

test('B18 a preview says of every field of every record that it compares why it does what it does, also where that is nothing', async () => {
	const world = await linkedPairs('ada', 'bob');
	world.app.edit('A-1', { phone: '2' });
	world.crm.edit('L-2', { LastName: 'Bob' });
	world.tick();
	const { results } = await world.run({ dryRun: true, mode: 'changed' });
	const said = results.map(({ appId, notes }) => [appId, notes.map(({ appField, words }) => `${appField}: ${words}`)]);
	const unchanged = 'Nothing changed since it was last settled.';
	expect(said).toEqual([
		['A-1', [`name: ${unchanged}`, `company: ${unchanged}`, `email: ${unchanged}`, 'phone: The app changed it; it goes to the CRM.', `note: ${unchanged}`, expect.stringMatching(/^size: \w/)]],
		['A-2', ['name: The CRM changed it; it goes to the app.', ...Array.from({ length: 5 }, () => expect.stringMatching(/^\w+: \w/) as string)]],
	]);
	expect((await world.run({ mode: 'changed' })).results.map(({ notes }) => notes.map(({ appField }) => appField))).toEqual([['phone'], ['name']]);
});

test('J14 another node links one of the records meanwhile: that one is held, the others are stored', async () => {
	const world = await linkedPairs('ada');
	for (const name of ['bob', 'eve']) {
		world.app.add({ email: `${name}@x.com`, name, phone: '2' });
		world.crm.add({ Email: `${name}@x.com`, LastName: name });
	}
	world.crm.fault = () => {
		const [link] = world.memory.contents.links.values();
		world.memory.contents.links.set('other', { ...link, id: 'other', appId: 'A-9', crmId: 'L-2' });
		return undefined;
	};
	const { results, summary } = await world.run({ pageSize: 10 });
	expect(told(results)).toBe('\nupdate crm L-2 Phone\nhold A-2 linkedElsewhere\nlink A-3 L-3\nupdate crm L-3 Phone\n');
	expect([summary?.stopped, held(world)]).toEqual([undefined, ['A-2 linkedElsewhere']]);
});

test('J63 the CRM changes more than was written, as our own user, and its readings have no end: the rest is seen all the same', async () => {
	const world = await linkedPairs('ada', 'bob');
	const { readChanges } = world.crm.changes;
	world.crm.lookbackMs = 0;
	Object.assign(world.crm.changes, { readChanges: (query: ChangeQuery) => readChanges({ ...query, until: String(world.now) }) });
	const edit = world.crm.edit.bind(world.crm);
	world.crm.edit = (id, values, by) => edit(id, 'LastName' in values && by === world.crm.user ? { ...values, Phone: '7' } : values, by);
	world.app.edit('A-1', { name: 'New' });
	expect(await next(world, { fullCompare: true })).toEqual(['update crm L-1 LastName', 'update app A-1 phone']);
	expect([world.app.records.get('A-1')?.phone, await next(world)]).toEqual(['7', []]);
});
