import { held, linkedPairs, next } from '../twoWay/pairs';
import { withRule, type World } from '../twoWay/World';

/** A form sends something of a record that both sides have. */
async function afterForm(values: Readonly<Record<string, unknown>>): Promise<World> {
	const world = await linkedPairs('ada');
	submit(world, values);
	return world;
}

function submit(world: World, values: Readonly<Record<string, unknown>>): void {
	world.submissions.push({ email: 'ada@x.com', ...values });
}

const events = { mode: 'events' } as const;
const phones = ({ app, crm }: World) => [app.records.get('A-1')!.phone, crm.live('L-1')!.values.Phone];

test('S41 a form sends something of a record that the app has: it goes into the CRM, and from there to the app', async () => {
	const world = await afterForm({ phone: '2', company: 'Globe' });
	expect(await next(world, events)).toEqual(['update crm L-1 Company+Phone', 'update app A-1 phone']);
	expect([await next(world), await next(world), phones(world), held(world)]).toEqual([[], [], ['2', '2'], []]);
});

test('S42 the app shows the record before it has carried out what came of a form: that is no edit', async () => {
	const world = await afterForm({ phone: '2' });
	await next(world, { ...events, arrives: () => false });
	expect([await next(world), phones(world)]).toEqual([['update app A-1 phone again'], ['2', '2']]);
});

test('S43 the app edited a field that a form sent too: a conflict, by the row’s policy', async () => {
	const world = await afterForm({ phone: '2' });
	world.mapping = withRule('phone', { conflict: 'preferApp' });
	await next(world, { ...events, arrives: () => false });
	world.app.edit('A-1', { phone: '3' });
	expect([await next(world), phones(world)]).toEqual([['update crm L-1 Phone'], ['3', '3']]);
});

test('S44 a second form, before the app has shown what came of the first: it stands over it', async () => {
	const world = await afterForm({ phone: '2' });
	await next(world, { ...events, arrives: () => false });
	submit(world, { phone: '3' });
	expect(await next(world, events)).toEqual(['update crm L-1 Phone', 'update app A-1 phone']);
	expect([await next(world), phones(world)]).toEqual([[], ['3', '3']]);
});

test('S45 a form repeats what the app has, and the CRM has changed the field since: the CRM’s change stays', async () => {
	const world = await afterForm({ phone: '1' });
	world.crm.edit('L-1', { Phone: '2' });
	expect([await next(world, events), phones(world)]).toEqual([['update app A-1 phone'], ['2', '2']]);
});

test('S46 the CRM refuses what a form sent: the app gets nothing of it', async () => {
	const world = await afterForm({ phone: '2' });
	world.crm.fault = () => 'refused';
	expect(await next(world, events)).toEqual(['refused A-1 RULE']);
	world.crm.fault = () => undefined;
	expect([await next(world), phones(world), held(world)]).toEqual([[], ['1', '1'], []]);
});

test.each(['after write 1', 'before commit 3', 'after commit 3'])('S47 killed while it writes what a form sent (%s): the app gets it like any other change of the CRM’s', async (crashAt) => {
	const world = await afterForm({ phone: '2' });
	expect((await world.run({ ...events, crashAt })).crashed).toBe(true);
	world.submissions.length = 0;
	expect(await next(world, events)).toEqual([expect.stringMatching(/^update app A-1 phone/)]);
	expect([await next(world), phones(world), held(world)]).toEqual([[], ['2', '2'], []]);
});

test('S48 a form sends what the CRM does not take: that field is held, the others go over', async () => {
	const world = await afterForm({ name: '', phone: '2' });
	expect(await next(world, events)).toEqual(['update crm L-1 Phone', 'update app A-1 phone', 'hold A-1 value name']);
	expect([await next(world), phones(world), held(world)]).toEqual([[], ['2', '2'], []]);
});

test('S49 the CRM makes something else of what a form sent: both sides agree in the end, and the CRM’s notation stays', async () => {
	const world = await afterForm({ phone: '0-2' });
	expect(await next(world, events)).toEqual(['update crm L-1 Phone', 'update app A-1 phone']);
	await next(world);
	expect([await next(world), world.crm.live('L-1')!.values.Phone, held(world)]).toEqual([[], '02', []]);
});

test('S50 the record is gone from the CRM before what a form sent is written: held, with the form’s edit', async () => {
	const world = await afterForm({ phone: '2' });
	world.crm.beforeCheck = () => world.crm.remove('L-1');
	expect(await next(world, events)).toEqual(['hold A-1 absent']);
	expect([...world.memory.contents.holds.values()].map(({ code }) => code)).toEqual(['EDITED_IN_APP']);
	world.crm.beforeCheck = () => undefined;
	expect(await next(world, { mode: 'changed', items: [] })).toEqual(['unlink A-1 L-1', 'hold A-1 deletedAndEdited']);
});

test('a result says of a form’s values what became of them in the CRM, and in the app', async () => {
	const world = await afterForm({ phone: '2' });
	world.tick();
	const [{ notes }] = (await world.run(events)).results;
	expect(notes.map(({ appField, decision, appValue, crmValue }) => [appField, decision.action, appValue, crmValue])).toEqual([['phone', 'toCrm', '2', '1'], ['phone', 'toApp', undefined, '2']]);
});
