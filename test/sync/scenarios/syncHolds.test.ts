import { held, linkedPairs, next } from '../twoWay/pairs';
import { withRule, type World } from '../twoWay/World';

const silent = { mode: 'changed', items: [] } as const;

/** Both sides have changed the phone, which a person is to decide. */
async function conflict(): Promise<World> {
	const world = await linkedPairs('ada', 'bob');
	world.mapping = withRule('phone', { conflict: 'hold' });
	await next(world);
	world.app.edit('A-1', { phone: 'app' });
	world.crm.edit('L-1', { Phone: 'crm' });
	expect(await next(world, { mode: 'changed' })).toEqual(['hold A-1 conflict phone']);
	return world;
}

/** A person decides the only thing that is held. */
async function decide(world: World, decision: 'useCrm' | 'release'): Promise<void> {
	const [hold] = world.memory.contents.holds.values();
	expect(await world.state.decide(hold, decision)).toBe(true);
}

/** The app shows its name, and not the phone. */
const named = (name: string) => ({ mode: 'changed', items: [{ index: 0, id: 'A-1', values: { email: 'ada@x.com', name } }] }) as const;

test('D62 a field is held, and then the record as a whole waits: the field stays held, and neither side is overwritten', async () => {
	const world = await conflict();
	world.crm.callsLeft = 0;
	expect(await next(world, named('New'))).toEqual(['notRun A-1 LIMIT']);
	world.crm.callsLeft = Infinity;
	world.crm.edit('L-1', { Description: 'touched' });
	expect([await next(world, silent), held(world)]).toEqual([[], ['A-1 conflict phone', 'A-1 notRun']]);
	expect(await next(world, named('Refused'))).toEqual(['refused A-1 RULE']);
	expect([await next(world, named('Refused')), held(world)]).toEqual([['hold A-1 refused'], ['A-1 conflict phone', 'A-1 refused']]);
	expect(await next(world, named('New'))).toEqual(['update crm L-1 LastName']);
	expect([held(world), world.app.records.get('A-1')?.phone, world.crm.live('L-1')?.values.Phone]).toEqual([['A-1 conflict phone'], 'app', 'crm']);
});

test('D63 a field is held, and the CRM hides the record for a while: the field stays held', async () => {
	const world = await conflict();
	world.crm.live('L-1')!.visibleAt = Infinity;
	await next(world, { ...silent, fullCompare: true });
	expect(held(world)).toEqual(['A-1 absent', 'A-1 conflict phone']);
	world.crm.live('L-1')!.visibleAt = 0;
	expect(await next(world, { ...silent, fullCompare: true })).toEqual([]);
	expect(held(world)).toContain('A-1 conflict phone');
	expect([await next(world), held(world)]).toEqual([['hold A-1 conflict phone'], ['A-1 conflict phone']]);
});

test('D64 a field is held, and the link ends, or the row is gone: it is no longer held', async () => {
	const [ended, without] = [await conflict(), await conflict()];
	ended.app.remove('A-1');
	expect([await next(ended), held(ended)]).toEqual([['unlink A-1 L-1'], []]);
	without.crm.live('L-1')!.visibleAt = Infinity;
	without.mapping = { ...without.mapping, rules: without.mapping.rules.filter(({ id }) => id !== 'phone') };
	await next(without, { ...silent, fullCompare: true });
	expect(held(without)).toEqual(['A-1 absent']);
});

test('D65 deleted and edited, decided for the CRM, and the app is silent: told to delete it once', async () => {
	const world = await linkedPairs('ada');
	world.crm.remove('L-1');
	world.app.edit('A-1', { phone: '9' });
	expect(await next(world, { mode: 'changed' })).toEqual(['unlink A-1 L-1', 'hold A-1 deletedAndEdited']);
	await decide(world, 'useCrm');
	expect([await next(world, silent), held(world)]).toEqual([['delete app A-1'], []]);
	for (let count = 0; count < 3; count++) expect(await next(world, silent)).toEqual([]);
});

test('D66 a deletion is let through once more, and the app is silent: sent once; held again if the app still shows the record', async () => {
	const world = await linkedPairs('ada');
	const lost = { arrives: () => false };
	world.crm.remove('L-1');
	for (let count = 0; count < 4; count++) await next(world, lost);
	expect(held(world)).toEqual(['A-1 unseen']);
	await decide(world, 'release');
	expect([await next(world, { ...silent, ...lost }), held(world)]).toEqual([['delete app A-1 again'], []]);
	for (let count = 0; count < 3; count++) expect(await next(world, { ...silent, ...lost })).toEqual([]);
	expect([await next(world, lost), held(world)]).toEqual([['hold A-1 unseen'], ['A-1 unseen']]);
});

/** Deleted in the CRM, and by then in the app; undeleted when the state comes back from a copy. */
async function undeletedInDoubt(): Promise<World> {
	const world = await linkedPairs('ada', 'bob');
	world.crm.remove('L-1');
	for (let count = 0; count < 3; count++) await next(world);
	expect([...world.app.records.keys()]).toEqual(['A-2']);
	world.runsKnown += 5;
	world.crm.restore('L-1');
	return world;
}

test('D67 undeleted, seen first in doubt: held, and given back to the app by itself when there is no doubt', async () => {
	const world = await undeletedInDoubt();
	expect([await next(world), held(world)]).toEqual([['hold A-1 restored'], ['A-1 restored']]);
	expect([await next(world, silent), held(world)]).toEqual([['revive - L-1', 'create app new from L-1 email+name+phone'], []]);
	expect(await next(world)).toEqual(['link A-3 L-1']);
	expect([await next(world), held(world), world.app.records.size]).toEqual([[], [], 2]);
});

test('D68 the same, and deleted again before that: no longer held', async () => {
	const world = await undeletedInDoubt();
	expect(await next(world)).toEqual(['hold A-1 restored']);
	world.crm.remove('L-1');
	expect([await next(world, silent), held(world), [...world.app.records.keys()]]).toEqual([[], [], ['A-2']]);
});

/** The CRM refuses the app's name, and the phone is on its way to the app. */
async function refused(): Promise<World> {
	const world = await linkedPairs('ada');
	world.mapping = withRule('company', { direction: 'both', transform: { kind: 'valueMap', pairs: [{ app: 'Acme', crm: 'Acme' }] } });
	await next(world);
	world.app.edit('A-1', { name: 'Refused', phone: '2' });
	return world;
}

test('J71 refused, and the app is silent: what the CRM changes of the same fields waits, all else goes to the app', async () => {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { name: 'Refused', phone: '2' });
	expect(await next(world, { mode: 'changed' })).toEqual(['refused A-1 RULE']);
	world.crm.edit('L-1', { LastName: 'Crm', Phone: '3', Email: 'ada@y.com' });
	expect([await next(world, silent), held(world)]).toEqual([['update app A-1 email', 'hold A-1 refused'], ['A-1 refused']]);
	expect(world.app.records.get('A-1')).toMatchObject({ name: 'Refused', phone: '2', email: 'ada@y.com' });
	world.mapping = withRule('phone', { conflict: 'preferApp' });
	expect(await next(world, { mode: 'changed' })).toEqual(['update crm L-1 Phone', 'update app A-1 name']);
	expect([await next(world), held(world)]).toEqual([[], []]);
});

test('J74 refused, and the app shows other fields of the record: the refused ones wait, until it shows them', async () => {
	const world = await linkedPairs('ada');
	const shows = (values: Record<string, unknown>) => ({ mode: 'changed', items: [{ index: 0, id: 'A-1', values }] }) as const;
	expect(await next(world, shows({ name: 'Refused' }))).toEqual(['refused A-1 RULE']);
	world.crm.edit('L-1', { LastName: 'Crm' });
	expect([await next(world, shows({ note: 'new' })), held(world)]).toEqual([['update crm L-1 Description', 'hold A-1 refused'], ['A-1 refused']]);
	world.crm.fault = () => 'refused';
	expect([await next(world, shows({ phone: '2' })), await next(world, silent), held(world)]).toEqual([['refused A-1 RULE'], [], ['A-1 refused']]);
	world.crm.fault = () => undefined;
	world.crm.edit('L-1', { Phone: '3' });
	expect([await next(world, shows({ phone: '2' })), held(world)]).toEqual([['update app A-1 phone', 'hold A-1 refused'], ['A-1 refused']]);
	expect([await next(world, shows({ name: 'New' })), held(world)]).toEqual([['update app A-1 name+phone'], []]);
});

test('J75 a record was not run, and the app is silent, while the CRM shows a value that fits not: nothing of the record goes over', async () => {
	const world = await refused();
	world.crm.callsLeft = 0;
	expect(await next(world, { mode: 'changed' })).toEqual(['notRun A-1 LIMIT']);
	world.crm.callsLeft = Infinity;
	world.crm.edit('L-1', { Phone: '3', Company: 'Other' });
	expect([await next(world, silent), held(world), world.app.records.get('A-1')?.phone]).toEqual([[], ['A-1 notRun'], '2']);
});

test('J72 refused, with a field that is held: tried again no sooner', async () => {
	const world = await refused();
	world.crm.edit('L-1', { Company: 'Other' });
	expect(await next(world)).toEqual(['refused A-1 RULE', 'hold A-1 value company']);
	world.crm.calls.length = 0;
	expect([await next(world), held(world), world.crm.calls.includes('write')]).toEqual([['hold A-1 value company', 'hold A-1 refused'], ['A-1 refused', 'A-1 value company'], false]);
});

test('J73 refused, and what was sent to the app did not arrive: sent again while the write waits', async () => {
	const world = await refused();
	const lost = { arrives: () => false };
	world.crm.edit('L-1', { Email: 'ada@y.com' });
	expect(await next(world, lost)).toEqual(['refused A-1 RULE', 'update app A-1 email']);
	world.crm.calls.length = 0;
	expect([await next(world), world.crm.calls.includes('write')]).toEqual([['update app A-1 email again', 'hold A-1 refused'], false]);
	expect([held(world), world.app.records.get('A-1')?.email]).toEqual([['A-1 refused'], 'ada@y.com']);
});

test('J84 refused, and the CRM edits the same field while the app deletes the record: held', async () => {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { phone: '5' });
	world.crm.fault = () => 'refused';
	expect(await next(world, { mode: 'changed' })).toEqual(['refused A-1 RULE']);
	world.crm.fault = () => undefined;
	world.crm.edit('L-1', { Phone: '9' });
	world.app.remove('A-1');
	expect([await next(world, { mode: 'changed' }), held(world)]).toEqual([['unlink A-1 L-1', 'hold A-1 deletedAndEdited'], ['A-1 deletedAndEdited']]);
});

test('D83 held because the CRM hides the record, which is deleted later, and the app is silent: told to delete it', async () => {
	const world = await linkedPairs('ada', 'bob');
	world.crm.live('L-1')!.visibleAt = Infinity;
	await next(world, { ...silent, fullCompare: true });
	expect(held(world)).toEqual(['A-1 absent']);
	world.crm.live('L-1')!.visibleAt = 0;
	world.crm.remove('L-1');
	expect([await next(world, silent), held(world)]).toEqual([['unlink A-1 L-1', 'delete app A-1'], []]);
});

test('J85 refused, and the policy says that the app counts: said while it is sent, not while it waits', async () => {
	const world = await linkedPairs('ada');
	world.mapping = withRule('name', { conflict: 'preferApp' }, world.mapping);
	await next(world);
	world.app.edit('A-1', { name: 'Refused' });
	world.crm.edit('L-1', { LastName: 'Other' });
	const said: (readonly string[])[] = [];
	for (let count = 0; count < 3; count++) {
		world.tick(10 * 60_000);
		said.push((await world.run()).results.flatMap(({ notes }) => notes.map(({ appField }) => appField)));
	}
	expect([said, held(world)]).toEqual([[['name'], [], []], ['A-1 refused']]);
	world.tick();
	const previewed = (await world.run({ dryRun: true })).results.flatMap(({ notes }) => notes.flatMap(({ appField, words }) => (appField === 'name' ? [words] : [])));
	expect(previewed).toEqual(['Both sides changed it, differently; the app is preferred; the app’s value counts; but the CRM refused it, so it waits.']);
});

test('D84 deleted in the CRM and edited in the app, decided for the app, and the app is silent: no call is made for it', async () => {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { phone: '5' });
	world.crm.remove('L-1');
	expect(await next(world, { mode: 'changed' })).toEqual(['unlink A-1 L-1', 'hold A-1 deletedAndEdited']);
	await next(world, silent);
	world.crm.calls.length = 0;
	await next(world, silent);
	const without = [...world.crm.calls];
	const [hold] = world.memory.contents.holds.values();
	expect(await world.state.decide(hold, 'useApp')).toBe(true);
	world.crm.calls.length = 0;
	expect([await next(world, silent), world.crm.calls, held(world)]).toEqual([[], without, ['A-1 deletedAndEdited']]);
	expect([await next(world), held(world)]).toEqual([['revive A-1 L-2', 'create crm L-2 from A-1'], []]);
});
