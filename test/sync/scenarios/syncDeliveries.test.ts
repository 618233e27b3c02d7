import { confirmDeliveries, type DeliveryReceipt } from '../../../src/sync/deliveries/confirmDeliveries';
import { held, linkedPairs, next } from '../twoWay/pairs';
import { MAPPING, withRule, World } from '../twoWay/World';

const lost = { arrives: () => false };
const silent = { mode: 'changed', items: [] } as const;

async function confirm(world: World, ...receipts: readonly DeliveryReceipt[]) {
	const { state, leases } = world;
	const keyring = { current: { id: 'key 1', secret: new Uint8Array(32).fill(7) }, former: [] };
	const scope = { connectionId: 'id', entity: 'Lead', appName: 'Shop' };
	return await confirmDeliveries(receipts, { state, leases, keyring, newId: () => `confirm ${world.now}`, scope, description: world.crm.description });
}

const idOf = (world: World) => [...world.memory.contents.deliveries.values()].at(-1)!.id;

test('E1 confirmed: settled without the app showing it; a receipt twice changes nothing', async () => {
	const world = await linkedPairs('ada');
	world.crm.edit('L-1', { Phone: '2' });
	await next(world, { mode: 'events', items: [], ...lost });
	const deliveryId = idOf(world);
	expect(await confirm(world, { deliveryId }, { deliveryId }, { deliveryId: 'nonsense' })).toEqual(['confirmed', 'unknown', 'unknown']);
	expect([world.memory.contents.deliveries.size, await next(world, { mode: 'events', items: [] })]).toEqual([0, []]);
});

test('E2 confirmed with what the app made of it: that is its base, and no edit', async () => {
	const world = await linkedPairs('ada');
	world.crm.edit('L-1', { Phone: '2' });
	await next(world, { mode: 'events', items: [] });
	await confirm(world, { deliveryId: idOf(world), readBack: { phone: '+2' } });
	world.app.edit('A-1', { phone: '+2' });
	expect(await next(world)).toEqual([]);
});

test('E3 a new record confirmed with its id: linked at once, whatever its match key becomes', async () => {
	const world = await linkedPairs('ada');
	world.crm.add({ Email: 'bob@x.com', LastName: 'Bob' });
	await next(world);
	expect(await confirm(world, { deliveryId: idOf(world), appId: 'A-2' })).toEqual(['confirmed']);
	world.app.edit('A-2', { email: 'other@x.com' });
	expect(await next(world)).toEqual(['update crm L-2 Email']);
});

test('E4 the id is linked to another record: nothing is settled', async () => {
	const world = await linkedPairs('ada');
	world.crm.add({ Email: 'bob@x.com', LastName: 'Bob' });
	await next(world, lost);
	expect(await confirm(world, { deliveryId: idOf(world), appId: 'A-1' })).toEqual(['clash']);
	expect(await next(world)).toEqual(['create app new from L-2 email+name again']);
});

test('E5 a push with some of the rows: the others count as not shown, and the watermark stays', async () => {
	const world = await linkedPairs('ada');
	const stored = await world.state.find({ connectionId: 'id', entity: 'Lead', appName: 'Shop' });
	world.mapping = { ...MAPPING, rules: MAPPING.rules.filter(({ id }) => id !== 'phone') };
	const items = [{ index: 0, id: 'A-1', values: { email: 'ada@x.com', name: 'Ada', phone: '9' } }];
	expect(await next(world, { mode: 'events', items, readChanges: false, adoptMapping: false })).toEqual(['update crm L-1 LastName']);
	expect(await world.state.find(stored!.scope)).toMatchObject({ cursor: stored!.cursor, mapping: stored!.mapping });
});

/** Something is sent to the app by a run that dies before it hands it over. */
async function unsent(world: World): Promise<void> {
	world.tick(30 * 60_000);
	for (let crashAt = 1; world.memory.contents.deliveries.size === 0; crashAt++) expect((await world.run({ mode: 'changed', items: [], crashAt })).crashed).toBe(true);
}

/** The last run died just before it said that all was handed over. */
function notHandedOver({ memory: { contents: { deliveries } } }: World): void {
	for (const [id, delivery] of deliveries) deliveries.set(id, { ...delivery, handedOver: false });
}

/** A run in which the app shows a record without its phone, and the preview of it. */
async function withoutPhone(world: World, id: string, values: Record<string, unknown>): Promise<readonly string[]> {
	const shown = { mode: 'changed', items: [{ index: 0, id, values }] } as const;
	const preview = await next(world, { ...shown, dryRun: true });
	expect(await next(world, shown)).toEqual(preview);
	return preview;
}

test('E11 a value was not handed over, and the app shows the record without that field: sent again', async () => {
	const world = await linkedPairs('ada');
	world.crm.edit('L-1', { Phone: '2' });
	await unsent(world);
	expect(await withoutPhone(world, 'A-1', { email: 'ada@x.com', name: 'ada' })).toEqual(['update app A-1 phone again']);
	expect([world.app.records.get('A-1')?.phone, await next(world)]).toEqual(['2', []]);
});

test('E12 a new record was not handed over, and the app shows one with its key: it gets what it does not show', async () => {
	const world = await linkedPairs('ada');
	world.crm.add({ Email: 'bob@x.com', LastName: 'bob', Phone: '2' });
	await unsent(world);
	world.app.add({ email: 'bob@x.com', name: 'bob' });
	expect(await withoutPhone(world, 'A-2', { email: 'bob@x.com', name: 'bob' })).toEqual(['link A-2 L-2', 'update app A-2 phone']);
	expect([world.app.records.get('A-2')?.phone, await next(world)]).toEqual(['2', []]);
});

test('E13 a value was sent and is held by now, and another one was not handed over: only that one is sent again', async () => {
	const world = await linkedPairs('ada');
	world.mapping = withRule('phone', { conflict: 'hold' });
	await next(world);
	world.crm.edit('L-1', { Phone: '2' });
	await next(world, { mode: 'changed', items: [], ...lost });
	world.app.edit('A-1', { phone: '9' });
	expect(await next(world)).toEqual(['hold A-1 conflict phone']);
	world.crm.edit('L-1', { LastName: 'Ada' });
	await next(world, { mode: 'changed', items: [], ...lost });
	notHandedOver(world);
	expect(await next(world, { mode: 'changed', items: [] })).toEqual(['update app A-1 name again']);
	expect(world.app.records.get('A-1')).toMatchObject({ name: 'Ada', phone: '9' });
});

test('E14 a deletion was sent three times, the last one not handed over: sent once more', async () => {
	const world = await linkedPairs('ada');
	world.crm.remove('L-1');
	for (let count = 0; count < 3; count++) await next(world, lost);
	notHandedOver(world);
	expect([await next(world, { dryRun: true }), await next(world, lost), await next(world, lost)]).toEqual([['delete app A-1 again'], ['delete app A-1 again'], ['hold A-1 unseen']]);
});

/** The CRM hides a field or a whole record from now on; and shows it again. */
const HIDING = {
	'its field': (world: World) => void world.crm.hidden.add('Phone'),
	'the record': (world: World) => void (world.crm.rows.at(-1)!.visibleAt = Infinity),
};

function showAgain({ crm }: World): void {
	crm.hidden.clear();
	for (const row of crm.rows) row.visibleAt = 0;
}

test.each(['its field', 'the record'] as const)('E25 a value was not handed over, and the CRM hides %s by now: sent once it shows it', async (what) => {
	const world = await linkedPairs('ada');
	world.crm.edit('L-1', { Phone: '2' });
	await unsent(world);
	HIDING[what](world);
	for (let count = 0; count < 2; count++) expect([await next(world, { ...silent, dryRun: true }), await next(world, silent)]).toEqual([[], []]);
	showAgain(world);
	expect([await next(world, silent), world.app.records.get('A-1')?.phone, await next(world)]).toEqual([['update app A-1 phone again'], '2', []]);
});

test('E26 a new record was not handed over, and the CRM hides it by now: sent once it shows it', async () => {
	const world = await linkedPairs('ada');
	world.crm.add({ Email: 'bob@x.com', LastName: 'bob' });
	await unsent(world);
	HIDING['the record'](world);
	expect(await next(world, silent)).toEqual([]);
	showAgain(world);
	expect([await next(world, silent), await next(world)]).toEqual([['create app new from L-2 email+name again'], ['link A-2 L-2']]);
});

test('E27 one of several fields is hidden: the others are sent until the app shows them, that one once the CRM shows it', async () => {
	const world = await linkedPairs('ada');
	world.crm.edit('L-1', { LastName: 'Ada', Phone: '2' });
	await unsent(world);
	HIDING['its field'](world);
	expect([await next(world, silent), await next(world, { mode: 'changed' }), await next(world, silent)]).toEqual([['update app A-1 name again'], [], []]);
	showAgain(world);
	expect([await next(world, silent), world.app.records.get('A-1')]).toEqual([['update app A-1 phone'], expect.objectContaining({ name: 'Ada', phone: '2' })]);
});

test.each(['its field', 'the record'] as const)('E28 the CRM hides %s, and the app shows the record as it was: sent once the CRM shows it', async (what) => {
	const world = await linkedPairs('ada');
	world.crm.edit('L-1', { Phone: '2' });
	await unsent(world);
	HIDING[what](world);
	await next(world, { mode: 'changed', items: [{ index: 0, id: 'A-1', values: { email: 'ada@x.com', name: 'ada', phone: '1' } }] });
	showAgain(world);
	expect([await next(world, silent), world.app.records.get('A-1')?.phone]).toEqual([['update app A-1 phone again'], '2']);
});

test('E29 a new record was not handed over, the CRM hides a field of it, and the app shows one with its key: it gets that field once the CRM shows it', async () => {
	const world = await linkedPairs('ada');
	world.crm.add({ Email: 'bob@x.com', LastName: 'bob', Phone: '2' });
	await unsent(world);
	HIDING['its field'](world);
	world.app.add({ email: 'bob@x.com', name: 'bob' });
	expect(await next(world, { mode: 'changed' })).toEqual(['link A-2 L-2']);
	showAgain(world);
	expect([await next(world, silent), world.app.records.get('A-2')?.phone, await next(world)]).toEqual([['update app A-2 phone'], '2', []]);
});

test('E32 a new record was sent while the CRM hid a field of it, and the app shows it: it gets that field once the CRM shows it', async () => {
	const world = await linkedPairs('ada');
	world.crm.add({ Email: 'bob@x.com', LastName: 'bob', Phone: '2' });
	await unsent(world);
	HIDING['its field'](world);
	expect([await next(world, silent), await next(world, { mode: 'changed' })]).toEqual([['create app new from L-2 email+name again'], ['link A-2 L-2']]);
	showAgain(world);
	expect([await next(world, silent), world.app.records.get('A-2')?.phone, await next(world)]).toEqual([['update app A-2 phone'], '2', []]);
});

test('E31 a value did not arrive, and another one did while the CRM hid it: it is sent again as a delivery of its own, or an app that goes by ids would leave it out', async () => {
	const world = await linkedPairs('ada');
	world.crm.edit('L-1', { Phone: '2' });
	await next(world, { ...silent, ...lost });
	world.crm.edit('L-1', { LastName: 'Ada' });
	HIDING['its field'](world);
	expect(await next(world, silent)).toEqual(['update app A-1 name']);
	showAgain(world);
	expect([await next(world, { mode: 'changed' }), world.app.records.get('A-1')?.phone]).toEqual([['update app A-1 phone'], '2']);
});

test.each([true, false])('E33 a new record was lost, handed over: %s; several of the app wait under its key, and it gets another one: held, and not sent before that is clear', async (handedOver) => {
	const world = new World();
	world.crm.add({ Email: 'ada@x.com', LastName: 'Ada' });
	await next(world, lost);
	if (!handedOver) notHandedOver(world);
	for (const email of ['ada@x.com', 'ADA@x.com']) world.app.add({ email });
	world.crm.edit('L-1', { Email: 'eve@x.com' });
	const ofApp = ['hold A-1 ambiguous', 'hold A-2 ambiguous'];
	for (const last of ['hold L-1 ambiguous (L-1)', 'hold L-1 ambiguous (L-1)', undefined]) {
		const mode = last === undefined ? {} : ({ fullCompare: true } as const);
		expect(await next(world, { ...mode, dryRun: true })).toEqual(last === undefined ? ofApp : [...ofApp, last]);
		world.now -= 30 * 60_000;
		expect([await next(world, mode), held(world)]).toEqual([last === undefined ? ofApp : [...ofApp, last], ['A-1 ambiguous', 'A-2 ambiguous', 'L-1 ambiguous']]);
	}
	for (const id of ['A-1', 'A-2']) world.app.remove(id);
	world.tick(60 * 60_000);
	expect(await next(world)).toContain('create app new from L-1 email+name again');
	expect([await next(world), held(world)]).toEqual([['link A-3 L-1'], []]);
});

test('E34 a value was not handed over, the record waits, and a form sends nothing new of it: sent all the same, once the app shows the record', async () => {
	const world = await linkedPairs('ada');
	world.crm.edit('L-1', { Phone: '2' });
	await next(world, { ...silent, ...lost });
	notHandedOver(world);
	world.app.edit('A-1', { name: 'Countess' });
	world.crm.callsLeft = 0;
	expect(await next(world, { mode: 'changed' })).toEqual(['notRun A-1 LIMIT']);
	world.crm.callsLeft = Infinity;
	expect(await next(world, { mode: 'events', items: [{ index: 0, values: { email: 'ada@x.com', phone: '1' } }] })).toEqual([]);
	expect([await next(world, { mode: 'changed' }), world.app.records.get('A-1')]).toEqual([['update crm L-1 LastName', 'update app A-1 phone again'], expect.objectContaining({ name: 'Countess', phone: '2' })]);
	expect([await next(world), world.crm.alive[0].values]).toEqual([[], expect.objectContaining({ LastName: 'Countess', Phone: '2' })]);
});

test('E39 a value was not handed over, and the app edited the field, which the run did not come to: not sent before the app shows that, so that the conflict is told', async () => {
	const world = await linkedPairs('ada');
	world.crm.edit('L-1', { Phone: '2' });
	await unsent(world);
	world.app.edit('A-1', { phone: '9' });
	world.crm.callsLeft = 0;
	expect(await next(world, { mode: 'changed' })).toEqual(['notRun A-1 LIMIT']);
	world.crm.callsLeft = Infinity;
	for (let count = 0; count < 2; count++) expect([await next(world, { ...silent, dryRun: true }), await next(world, silent), world.app.records.get('A-1')?.phone]).toEqual([[], [], '9']);
	const { results } = await world.run({ mode: 'changed' });
	expect(results.flatMap(({ notes }) => notes.map(({ appField, appValue, decision }) => [appField, appValue, decision.reason]))).toEqual([['phone', '9', 'conflict']]);
	expect([world.app.records.get('A-1')?.phone, await next(world), held(world)]).toEqual(['2', [], []]);
});

test('E40 a new record was not handed over, and runs are stopped by a guard: that is no try to send it', async () => {
	const world = await linkedPairs('ada');
	world.crm.add({ Email: 'eve@x.com', LastName: 'Eve' });
	await unsent(world);
	world.app.edit('A-1', { phone: '3' });
	const before = JSON.stringify([...world.memory.contents.deliveries.values()]);
	for (let count = 0; count < 3; count++) expect(await next(world, { updateGuard: { most: 0, share: 1, atLeast: 0 } })).toEqual(['notRun A-1 GUARD']);
	expect(JSON.stringify([...world.memory.contents.deliveries.values()])).toBe(before);
	expect((await next(world)).sort()).toEqual(['create app new from L-2 email+name again', 'update crm L-1 Phone']);
});

/** A name and a phone were not handed over, and the CRM hides the phone by now. */
async function partlyHidden(): Promise<World> {
	const world = await linkedPairs('ada');
	world.crm.edit('L-1', { LastName: 'Ada', Phone: '2' });
	await unsent(world);
	HIDING['its field'](world);
	return world;
}

test('E35 one of several fields stays hidden, and the app is silent: the others are sent once, and what the app edits then stays until it shows it', async () => {
	const world = await partlyHidden();
	expect(await next(world, silent)).toEqual(['update app A-1 name again']);
	world.app.edit('A-1', { name: 'Later' });
	for (let count = 0; count < 3; count++) expect([await next(world, { ...silent, dryRun: true }), await next(world, silent)]).toEqual([[], []]);
	showAgain(world);
	expect([await next(world, silent), world.app.records.get('A-1')]).toEqual([['update app A-1 phone'], expect.objectContaining({ name: 'Later', phone: '2' })]);
	const { results } = await world.run();
	expect(results.flatMap(({ notes }) => notes.map(({ appField, appValue, decision }) => [appField, appValue, decision.reason]))).toEqual([['name', 'Later', 'conflict']]);
});

test('E36 the run that sends the others is not handed over either: they are sent again', async () => {
	const world = await partlyHidden();
	const { deliveries } = world.memory.contents;
	const isWithheld = () => [...world.memory.contents.deliveries.values()].some(({ withheld }) => withheld);
	for (let crashAt = 1; crashAt < 40 && !isWithheld(); crashAt++) await world.run({ ...silent, crashAt });
	expect([isWithheld(), deliveries.size]).toEqual([true, 1]);
	expect([await next(world, silent), await next(world, silent)]).toEqual([['update app A-1 name again'], []]);
	showAgain(world);
	expect([await next(world, silent), world.app.records.get('A-1')]).toEqual([['update app A-1 phone'], expect.objectContaining({ name: 'Ada', phone: '2' })]);
});

test.each(['its field', 'the record'] as const)('E37 the CRM hides %s for long: it is asked for it every half an hour, and nothing is stored meanwhile', async (what) => {
	const world = await linkedPairs('ada');
	world.crm.edit('L-1', { Phone: '2' });
	await unsent(world);
	HIDING[what](world);
	await next(world, silent);
	const [stored] = [...world.memory.contents.deliveries.values()];
	const calls = async (ms: number) => {
		world.tick(ms);
		world.crm.calls.length = 0;
		await world.run(silent);
		return world.crm.calls.includes('read');
	};
	expect([await calls(60_000), await calls(28 * 60_000)]).toEqual([false, false]);
	expect([...world.memory.contents.deliveries.values()]).toEqual([stored]);
	expect([await calls(60_000), await calls(60_000)]).toEqual([true, false]);
});

test.each([true, false])('E38 the row of a value that was not handed over is turned off, and on again; hidden before: %s: sent', async (isHidden) => {
	const world = await linkedPairs('ada');
	world.crm.edit('L-1', { Phone: '2' });
	await unsent(world);
	if (isHidden) HIDING['its field'](world);
	if (isHidden) await next(world, silent);
	world.mapping = withRule('phone', { enabled: false });
	expect([await next(world, silent), await next(world, silent)]).toEqual([[], []]);
	showAgain(world);
	world.mapping = MAPPING;
	expect([await next(world, silent), world.app.records.get('A-1')?.phone, await next(world)]).toEqual([['update app A-1 phone again'], '2', []]);
});

test('a record is deleted while an update of it is on its way: the deletion has an id of its own, or an app that goes by ids would leave it out', async () => {
	const world = await linkedPairs('ada');
	world.crm.edit('L-1', { Phone: '2' });
	await next(world, lost);
	const former = idOf(world);
	world.crm.remove('L-1');
	expect(await next(world)).toEqual(['unlink A-1 L-1', 'delete app A-1']);
	expect(world.app.received.at(-1)).toMatchObject({ kind: 'delete' });
	expect(world.app.received.at(-1)!.id).not.toBe(former);
});
