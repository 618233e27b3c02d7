import { held, linkedPairs, next } from '../twoWay/pairs';
import { told as linesOf } from '../twoWay/told';
import { withRule, World } from '../twoWay/World';

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

/** A form made a record of the CRM, which the app shows only after something happened to it there. */
async function formAlone(happens: (world: World) => void): Promise<World> {
	const world = new World();
	submit(world, { name: 'Ada', company: 'Acme' });
	expect(await next(world, events)).toEqual(['link - L-1', 'create crm L-1 from form']);
	happens(world);
	await next(world, events);
	return world;
}

test('S54 a form made the record, and the CRM deleted it before the app shows one: told to delete it, and held if the app has something else', async () => {
	for (const dryRun of [true, false]) {
		const world = await formAlone(({ crm }) => crm.remove('L-1'));
		world.app.add({ email: 'ada@x.com', name: 'Ada' });
		expect([await next(world, { dryRun }), held(world), world.app.records.size]).toEqual([['link A-1 L-1', 'delete app A-1'], [], dryRun ? 1 : 0]);
		if (!dryRun) expect([await next(world), await next(world), held(world), world.crm.alive]).toEqual([[], [], [], []]);
	}
	const edited = await formAlone(({ crm }) => crm.remove('L-1'));
	edited.app.add({ email: 'ada@x.com', name: 'Countess' });
	expect([await next(edited), held(edited), edited.app.records.size]).toEqual([['link A-1 L-1', 'hold A-1 deletedAndEdited'], ['A-1 deletedAndEdited'], 1]);
});

test('S55 the same, and it changed: what the form sent is the base, so that only what both have changed since is a conflict', async () => {
	for (const [name, lines, told] of [['Ada', ['link A-1 L-1', 'update app A-1 name'], []], ['Countess', ['link A-1 L-1', 'update app A-1 name'], ['Countess']]] as const) {
		const world = await formAlone(({ crm }) => crm.edit('L-1', { LastName: 'Lovelace' }));
		world.app.add({ email: 'ada@x.com', name });
		world.tick();
		const { results } = await world.run();
		expect([linesOf(results).trim().split('\n'), results.flatMap(({ notes }) => notes.flatMap(({ appValue, decision }) => (decision.reported ? [appValue] : [])))]).toEqual([lines, told]);
		expect([world.app.records.get('A-1')?.name, await next(world)]).toEqual(['Lovelace', []]);
	}
});

test('S56 a form made the record, and the app shows a field blank that the form had sent: nobody has emptied it, so that it stays in the CRM, and goes to the app', async () => {
	for (const crmPhone of ['2', '3']) {
		const world = new World();
		world.mapping = withRule('phone', { conflict: 'preferApp', blank: 'clear' });
		submit(world, { name: 'Ada', company: 'Acme', phone: '2' });
		await next(world, events);
		if (crmPhone !== '2') world.crm.edit('L-1', { Phone: crmPhone });
		world.app.add({ email: 'ada@x.com', name: 'Ada', phone: null });
		expect([await next(world), phones(world)]).toEqual([['link A-1 L-1', 'update app A-1 phone'], [crmPhone, crmPhone]]);
		await next(world);
		world.app.edit('A-1', { phone: null });
		expect([await next(world), await next(world), phones(world)]).toEqual([['update crm L-1 Phone'], [], [null, null]]);
	}
});

test.each([1, 9])('S57 a form, and after it the record’s own item, which cannot show yet what came of the form: that is sent once, and a preview says the same; in pages of %d', async (pageSize) => {
	for (const [edit, lines] of [[{ name: 'Countess' }, ['update crm L-1 LastName']], [{ phone: '7' }, []]] as const) {
		const world = await linkedPairs('ada');
		world.app.edit('A-1', edit);
		const items = [{ values: { email: 'ada@x.com', phone: '2' } }, ...world.app.items('changed')].map((item, index) => ({ ...item, index }));
		const told = ['update crm L-1 Phone', 'update app A-1 phone', ...lines];
		expect(await next(world, { mode: 'changed', items, pageSize, dryRun: true })).toEqual(told);
		world.tick();
		const { results } = await world.run({ mode: 'changed', items, pageSize });
		expect([linesOf(results).trim().split('\n'), results.flatMap(({ notes }) => notes.flatMap(({ appValue, decision }) => (decision.reason === 'conflict' ? [appValue] : [])))]).toEqual([told, 'phone' in edit ? ['7'] : []]);
		expect([phones(world), await next(world), held(world)]).toEqual([['2', '2'], [], []]);
	}
});

test('what a form and then the record’s own item show in a run that does not reach the app counts as one try', async () => {
	const world = await afterForm({ phone: '2' });
	const items = [...world.submissions.map((values) => ({ values })), { id: 'A-1', values: { ...world.app.records.get('A-1'), name: 'Countess' } }].map((item, index) => ({ ...item, index }));
	await next(world, { mode: 'changed', items, arrives: () => false });
	for (let tries = 2; tries <= 3; tries++) expect(await next(world, { arrives: () => false })).toContain('update app A-1 phone again');
	expect(await next(world)).toContain('hold A-1 unseen phone');
});
