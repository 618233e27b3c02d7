import type { HoldDecision } from '../../../src/model/syncHold';
import { held, linkedPairs, next } from '../twoWay/pairs';
import { withRule, type World } from '../twoWay/World';

const silent = { mode: 'changed', items: [] } as const;
const shows = (values: Record<string, unknown>) => ({ mode: 'changed', items: [{ index: 0, id: 'A-1', values }] }) as const;

/** The CRM has refused the app's name, and has another one by now. */
async function refused(): Promise<World> {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { name: 'Refused' });
	expect(await next(world, { mode: 'changed' })).toEqual(['refused A-1 RULE']);
	world.crm.edit('L-1', { LastName: 'Crm' });
	expect([await next(world, silent), held(world)]).toEqual([['hold A-1 refused'], ['A-1 refused']]);
	return world;
}

async function decide(world: World, decision: HoldDecision): Promise<void> {
	const [hold] = world.memory.contents.holds.values();
	expect(await world.state.decide(hold, decision)).toBe(true);
}

const wordsOf = (world: World) => [...world.memory.contents.holds.values()].map(({ words }) => words);

test('J88 refused, the app is silent, and a person decides for the CRM: its value goes to the app, and nothing waits', async () => {
	const world = await refused();
	await decide(world, 'useCrm');
	expect(await next(world, { ...silent, dryRun: true })).toEqual(['update app A-1 name']);
	expect([await next(world, silent), held(world), world.app.records.get('A-1')?.name]).toEqual([['update app A-1 name'], [], 'Crm']);
	expect([await next(world), await next(world), world.crm.alive[0].values.LastName]).toEqual([[], [], 'Crm']);
});

test('decided for the CRM, of a field that only goes to the CRM: both stay as they are', async () => {
	const world = await linkedPairs('ada');
	world.mapping = withRule('name', { direction: 'toCrm' });
	await next(world);
	world.app.edit('A-1', { name: 'Refused' });
	expect(await next(world, { mode: 'changed' })).toEqual(['refused A-1 RULE']);
	await decide(world, 'useCrm');
	expect([await next(world, silent), held(world)]).toEqual([[], []]);
	expect([await next(world), held(world), world.crm.alive[0].values.LastName]).toEqual([[], [], 'ada']);
});

test('decided for the CRM, and what is sent does not arrive: what the app shows still is no edit', async () => {
	const world = await refused();
	await decide(world, 'useCrm');
	expect(await next(world, { ...silent, arrives: () => false })).toEqual(['update app A-1 name']);
	expect([await next(world), world.app.records.get('A-1')?.name, held(world)]).toEqual([['update app A-1 name again'], 'Crm', []]);
});

test('J89 refused, the app shows other fields, and a person decides for the CRM: its value goes to the app with that run', async () => {
	const world = await refused();
	await decide(world, 'useCrm');
	expect([await next(world, shows({ phone: '2' })), held(world)]).toEqual([['update crm L-1 Phone', 'update app A-1 name'], []]);
});

test('J90 decided for the CRM, and the CRM has changed the field again: held anew, because the decision was about another value', async () => {
	const world = await refused();
	await decide(world, 'useCrm');
	world.crm.edit('L-1', { LastName: 'Newer' });
	expect([await next(world, silent), held(world), world.app.records.get('A-1')?.name]).toEqual([['hold A-1 refused'], ['A-1 refused'], 'Refused']);
	expect(await next(world, silent)).toEqual([]);
	await decide(world, 'useCrm');
	expect([await next(world, silent), held(world), world.app.records.get('A-1')?.name]).toEqual([['update app A-1 name'], [], 'Newer']);
});

test('J91 refused, and a person decides for the app, or to try again: tried again when the app shows the field, and no call is made for it meanwhile', async () => {
	const world = await refused();
	await next(world, silent);
	world.crm.calls.length = 0;
	await next(world, silent);
	const without = [...world.crm.calls];
	for (const decision of ['release', 'useApp'] as const) {
		await decide(world, decision);
		world.crm.calls.length = 0;
		expect([await next(world, silent), world.crm.calls, held(world)]).toEqual([[], without, ['A-1 refused']]);
	}
	expect([await next(world, shows({ company: 'New' })), held(world)]).toEqual([['update crm L-1 Company', 'hold A-1 refused'], ['A-1 refused']]);
	expect([await next(world, shows({ name: 'Refused' })), held(world)]).toEqual([['refused A-1 RULE'], ['A-1 refused']]);
	expect([await next(world, shows({ name: 'New' })), held(world)]).toEqual([['update app A-1 name'], []]);
});

test('J92 what waits because it was refused is named by the labels of its fields, and no longer once it went over', async () => {
	const world = await linkedPairs('ada');
	world.crm.fault = () => 'refused';
	expect(await next(world, shows({ name: 'New', phone: '2' }))).toEqual(['refused A-1 RULE']);
	expect(wordsOf(world)).toEqual([expect.stringMatching(/ This waits: Last Name, Phone\.$/)]);
	world.crm.fault = () => undefined;
	expect(await next(world, shows({ phone: '3' }))).toEqual(['update crm L-1 Phone', 'hold A-1 refused']);
	expect(wordsOf(world)).toEqual([expect.stringMatching(/[^.]\. This waits: Last Name\.$/)]);
});

test('J95 what is refused is told as that, with the value that does not go over, so that a decision for the CRM loses nothing', async () => {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { name: 'Refused' });
	world.tick();
	const { results } = await world.run();
	const notes = results.flatMap((result) => result.notes.map(({ appField, appValue, words, decision }) => [appField, appValue, words, decision.reported]));
	expect(notes).toEqual([['name', 'Refused', 'The app changed it; but the CRM refused it, so it waits.', true]]);
});

test('a refused row that is turned off waits on, also when it is on again', async () => {
	const world = await linkedPairs('ada');
	world.crm.fault = () => 'refused';
	world.app.edit('A-1', { phone: '2' });
	expect(await next(world, { mode: 'changed' })).toEqual(['refused A-1 RULE']);
	world.crm.fault = () => undefined;
	world.mapping = withRule('phone', { enabled: false });
	world.crm.edit('L-1', { LastName: 'Crm', Phone: '3' });
	expect([await next(world, silent), held(world)]).toEqual([['update app A-1 name'], ['A-1 refused']]);
	world.mapping = withRule('phone', {});
	expect([await next(world, silent), held(world), world.app.records.get('A-1')?.phone]).toEqual([['hold A-1 refused'], ['A-1 refused'], '2']);
});
