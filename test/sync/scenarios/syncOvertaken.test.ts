import type { HoldDecision } from '../../../src/model/syncHold';
import { held, linkedPairs, next } from '../twoWay/pairs';
import type { World } from '../twoWay/World';

const silent = { mode: 'changed', items: [] } as const;

/** A person decides the only thing that is held. */
async function decide(world: World, decision: HoldDecision): Promise<void> {
	const [hold] = world.memory.contents.holds.values();
	expect(await world.state.decide(hold, decision)).toBe(true);
}

/** A run of changes stops after so many calls, before it has done what the app shows. */
async function stopped(world: World, calls = 0): Promise<void> {
	world.crm.callsLeft = calls;
	expect(await next(world, { mode: 'changed' })).toEqual(['notRun A-1 LIMIT']);
	world.crm.callsLeft = Infinity;
}

test('D87 decided that the app is to delete a record, which it edits in a run that stops: nothing is carried out while it is silent, and it is held anew', async () => {
	const world = await linkedPairs('ada');
	world.crm.remove('L-1');
	world.app.edit('A-1', { name: 'Edited' });
	expect(await next(world, { mode: 'changed' })).toEqual(['unlink A-1 L-1', 'hold A-1 deletedAndEdited']);
	await next(world, silent);
	world.crm.calls.length = 0;
	await next(world, silent);
	const without = [...world.crm.calls];
	await decide(world, 'useCrm');
	world.app.edit('A-1', { phone: '99' });
	await stopped(world);
	world.crm.calls.length = 0;
	expect([await next(world, silent), world.crm.calls, held(world)]).toEqual([[], without, ['A-1 deletedAndEdited', 'A-1 notRun']]);
	expect([await next(world, { mode: 'changed' }), held(world), world.app.records.get('A-1')?.phone]).toEqual([['hold A-1 deletedAndEdited'], ['A-1 deletedAndEdited'], '99']);
	await decide(world, 'useCrm');
	expect([await next(world, silent), held(world)]).toEqual([['delete app A-1'], []]);
});

test('D88 decided for the CRM, and the app edits the field in a run that stops: the edit waits until the app shows it, and is told', async () => {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { name: 'Refused' });
	expect(await next(world, { mode: 'changed' })).toEqual(['refused A-1 RULE']);
	world.crm.edit('L-1', { LastName: 'Crm' });
	expect(await next(world, silent)).toEqual(['hold A-1 refused']);
	await decide(world, 'useCrm');
	world.app.edit('A-1', { name: 'Better' });
	await stopped(world);
	expect([await next(world, silent), held(world), world.app.records.get('A-1')?.name]).toEqual([[], ['A-1 notRun', 'A-1 refused'], 'Better']);
	world.tick();
	const { results } = await world.run({ mode: 'changed' });
	expect(results.flatMap(({ notes }) => notes.map(({ appField, appValue, decision }) => [appField, appValue, decision.reported]))).toEqual([['name', 'Better', true]]);
	expect(held(world)).toEqual([]);
});

test('D92 a deletion is let through once more, and the app edits the record in a run that stops: held', async () => {
	const world = await linkedPairs('ada');
	const lost = { arrives: () => false };
	world.crm.remove('L-1');
	for (let count = 0; count < 4; count++) await next(world, lost);
	await decide(world, 'release');
	world.app.edit('A-1', { phone: '99' });
	await stopped(world);
	expect([await next(world, silent), held(world)]).toEqual([[], ['A-1 notRun', 'A-1 unseen']]);
	expect([await next(world, { mode: 'changed' }), held(world), world.app.records.get('A-1')?.phone]).toEqual([['hold A-1 deletedAndEdited'], ['A-1 deletedAndEdited'], '99']);
});

test('D89 a part of a record waits, or the CRM hid it, and a run stops before it comes to what the app edits of it: all of it waits', async () => {
	const [refusal, hidden] = [await linkedPairs('ada'), await linkedPairs('ada')];
	refusal.app.edit('A-1', { name: 'Refused' });
	expect(await next(refusal, { mode: 'changed' })).toEqual(['refused A-1 RULE']);
	hidden.crm.rows[0].visibleAt = Infinity;
	await next(hidden, { ...silent, fullCompare: true });
	expect(held(hidden)).toEqual(['A-1 absent']);
	hidden.crm.rows[0].visibleAt = 0;
	for (const world of [refusal, hidden]) {
		world.app.edit('A-1', { phone: '9' });
		await stopped(world);
		world.crm.edit('L-1', { Phone: '3' });
		expect([await next(world, silent), world.app.records.get('A-1')?.phone]).toEqual([[], '9']);
	}
	expect([held(refusal), held(hidden)]).toEqual([['A-1 notRun', 'A-1 refused'], ['A-1 notRun']]);
	expect([await next(refusal, { mode: 'changed' }), held(refusal)]).toEqual([['refused A-1 RULE', 'update app A-1 phone'], ['A-1 refused']]);
	expect([await next(hidden, { mode: 'changed' }), held(hidden)]).toEqual([['update app A-1 phone'], []]);
});

test('D93 a part of a record waits, or the CRM hid it, and a run that has looked at what the app edits of it stops before it is written: all of it waits', async () => {
	const [refusal, hidden] = [await linkedPairs('ada'), await linkedPairs('ada')];
	refusal.app.edit('A-1', { name: 'Refused' });
	expect(await next(refusal, { mode: 'changed' })).toEqual(['refused A-1 RULE']);
	await hiddenFor(hidden, async () => await next(hidden, compared));
	for (const world of [refusal, hidden]) {
		world.app.edit('A-1', { phone: '9' });
		await stopped(world, 2);
		world.crm.edit('L-1', { Phone: '3' });
		expect([await next(world, silent), held(world), world.app.records.get('A-1')?.phone]).toEqual([[], ['A-1 notRun'], '9']);
	}
});

/** The CRM hides the record while a run looks, and shows it again, with another name. */
async function hiddenFor(world: World, run: () => Promise<readonly string[]>): Promise<readonly string[]> {
	world.crm.rows[0].visibleAt = Infinity;
	const lines = await run();
	world.crm.rows[0].visibleAt = 0;
	world.crm.edit('L-1', { LastName: 'Crm' });
	return lines;
}

const compared = { ...silent, fullCompare: true } as const;
const phoned = (phone: string) => ({ mode: 'changed', items: [{ index: 0, id: 'A-1', values: { phone } }] }) as const;

test.each([
	['it is refused, and the app is silent', 'refused', compared, [], ['A-1 refused']],
	['it is refused, and the app shows another field', 'refused', phoned('1'), ['hold A-1 refused'], ['A-1 refused']],
	['it is refused, and the app edits another field', 'refused', phoned('2'), ['hold A-1 absent'], ['A-1 absent']],
	['it was not run, and the app is silent', 'notRun', compared, [], ['A-1 notRun']],
] as const)('an edit of the app waits, and the CRM hides the record for a while; %s: it waits on', async (_, why, shown, lines, holds) => {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { name: 'Refused' });
	if (why === 'notRun') await stopped(world);
	else expect(await next(world, { mode: 'changed' })).toEqual(['refused A-1 RULE']);
	expect([await hiddenFor(world, async () => await next(world, shown)), held(world)]).toEqual([lines, holds]);
	for (let count = 0; count < 2; count++) await next(world, silent);
	expect([held(world), world.app.records.get('A-1')?.name]).toEqual([holds, 'Refused']);
});

test('D90 an edit of the app waits, or is shown, while the CRM hides the record: it waits on when the CRM shows that again, edited', async () => {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { name: 'App' });
	expect([await hiddenFor(world, async () => await next(world, { mode: 'changed' })), held(world)]).toEqual([['hold A-1 absent'], ['A-1 absent']]);
	expect([await next(world, silent), held(world), world.app.records.get('A-1')?.name]).toEqual([[], ['A-1 absent'], 'App']);
	expect([await next(world), held(world)]).toEqual([['update app A-1 name'], []]);
});

/** A record of the CRM is on its way to the app, and the CRM deletes it; the app makes one with the same values. */
async function ownRecord(sends: (world: World) => Promise<unknown>, between: (world: World) => Promise<unknown>): Promise<World> {
	const world = await linkedPairs('ada');
	world.crm.add({ Email: 'bob@x.com', LastName: 'bob', Phone: '2' });
	await sends(world);
	expect([world.memory.contents.deliveries.size, world.app.records.size]).toEqual([1, 1]);
	world.crm.remove('L-2');
	await between(world);
	world.app.add({ email: 'bob@x.com', name: 'bob', phone: '2', company: null });
	return world;
}

/** The run dies before it hands over what it sends. */
async function dies(world: World): Promise<void> {
	world.tick(30 * 60_000);
	for (let crashAt = 1; world.memory.contents.deliveries.size === 0; crashAt++) await world.run({ ...silent, crashAt });
}

const isLost = async (world: World) => await next(world, { ...silent, arrives: () => false });

test.each([
	['was not handed over', dies],
	['was not carried out', isLost],
])('what the CRM sent %s, and the CRM deletes it: the app’s own record with the same values is held, and stays held', async (_, sends) => {
	for (const between of [async () => await Promise.resolve(), async (world: World) => await next(world, silent)]) {
		const world = await ownRecord(sends, between);
		expect((await next(world)).at(-1)).toBe('hold A-2 deletedAndEdited');
		for (const options of [silent, {}, {}]) await next(world, options);
		expect([held(world), [...world.app.records.keys()]]).toEqual([['A-2 deletedAndEdited'], ['A-1', 'A-2']]);
	}
});

test('D91 the CRM deletes what was on its way to the app, which shows a record with the same values: held, and a person decides', async () => {
	for (const [decision, lines, left] of [['useCrm', ['delete app A-2'], ['A-1']], ['useApp', ['revive A-2 L-3', 'create crm L-3 from A-2'], ['A-1', 'A-2']]] as const) {
		const world = await ownRecord(isLost, async (one) => await next(one, silent));
		expect([await next(world, { dryRun: true }), await next(world)]).toEqual([['link A-2 L-2', 'hold A-2 deletedAndEdited'], ['link A-2 L-2', 'hold A-2 deletedAndEdited']]);
		world.app.edit('A-2', { company: 'Acme' });
		expect(await next(world)).toEqual(['hold A-2 deletedAndEdited']);
		await decide(world, decision);
		expect([await next(world), held(world), [...world.app.records.keys()]]).toEqual([lines, [], left]);
		expect([await next(world), await next(world)]).toEqual([[], []]);
	}
});
