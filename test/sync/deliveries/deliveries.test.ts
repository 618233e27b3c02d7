import { confirmDeliveries, type DeliveryReceipt } from '../../../src/sync/deliveries/confirmDeliveries';
import { held, linkedPairs, next } from '../twoWay/pairs';
import { keyOf, MAPPING, withRule, World } from '../twoWay/World';

const lost = { arrives: () => false };
/** A run in which the app shows nothing. */
const silent = { mode: 'changed', items: [] } as const;

const scope = { connectionId: 'id', entity: 'Lead', appName: 'Shop' };
const waiting = (world: World) => [...world.memory.contents.deliveries.values()];
const linkOf = (world: World, crmId: string) => [...world.memory.contents.links.values()].find((link) => link.crmId === crmId)!;

async function confirm(world: World, ...receipts: readonly DeliveryReceipt[]) {
	const { state, leases } = world;
	const keyring = { current: { id: 'key 1', secret: new Uint8Array(32).fill(7) }, former: [] };
	return await confirmDeliveries(receipts, { state, leases, keyring, newId: () => `confirm ${world.now}`, scope, description: world.crm.description });
}

/** A run that stores what it sends, and dies before it hands it over. */
async function dies(world: World): Promise<void> {
	world.tick(30 * 60_000);
	const whole = await world.run({ ...silent, dryRun: true });
	expect(whole.results.some(({ steps }) => steps.some((step) => step.do === 'deliver'))).toBe(true);
	for (let crashAt = 1; crashAt < 30 && waiting(world).every(({ handedOver }) => handedOver); crashAt++) expect((await world.run({ ...silent, crashAt })).crashed).toBe(true);
}

describe('a receipt', () => {
	test('while a run goes on: busy', async () => {
		const world = await linkedPairs('ada');
		await world.leases.acquire('sync ["id","Lead","Shop"]', 'a run', 60_000);
		expect(await confirm(world, { deliveryId: 'any' })).toEqual(['busy']);
	});

	test('of a sync that nobody knows: unknown', async () => {
		expect(await confirm(new World(), { deliveryId: 'any' })).toEqual(['unknown']);
	});

	test('of a new record without its id settles nothing', async () => {
		const world = new World();
		world.crm.add({ Email: 'ada@x.com' });
		await next(world, lost);
		expect(await confirm(world, { deliveryId: waiting(world)[0].id })).toEqual(['unknown']);
		expect([waiting(world).length, linkOf(world, 'L-1').appId]).toEqual([1, null]);
	});

	test('of a record leaves what else is held of it: what the run did not come to, and a field that the app never showed', async () => {
		const world = await linkedPairs('ada');
		world.crm.edit('L-1', { Phone: '2' });
		for (let count = 0; count < 4; count++) await next(world, lost);
		world.crm.edit('L-1', { LastName: 'Ada' });
		await next(world, { ...silent, ...lost });
		world.app.edit('A-1', { email: 'eve@x.com' });
		world.crm.callsLeft = 0;
		await next(world, { mode: 'changed' });
		world.crm.callsLeft = Infinity;
		expect(held(world)).toEqual(['A-1 notRun', 'A-1 unseen phone']);
		expect(await confirm(world, { deliveryId: waiting(world)[0].id })).toEqual(['confirmed']);
		expect(held(world)).toEqual(['A-1 notRun', 'A-1 unseen phone']);
	});

	test('while something sent before is of a row that is off: nothing is to be sent any more', async () => {
		const world = await linkedPairs('ada');
		world.crm.edit('L-1', { Phone: '2' });
		await next(world, { ...silent, ...lost });
		world.mapping = withRule('phone', { enabled: false });
		world.crm.edit('L-1', { LastName: 'Ada' });
		expect(await next(world, silent)).toEqual(['update app A-1 name']);
		expect(await confirm(world, { deliveryId: waiting(world)[0].id })).toEqual(['confirmed']);
		expect(waiting(world)).toEqual([]);
	});

	test('with another id than the one that is known: the known one stays', async () => {
		const world = await linkedPairs('ada');
		world.crm.edit('L-1', { Phone: '2' });
		await next(world, lost);
		expect(await confirm(world, { deliveryId: waiting(world)[0].id, appId: 'A-9' })).toEqual(['confirmed']);
		expect(linkOf(world, 'L-1').appId).toBe('A-1');
	});

	test('of a deletion changes nothing of the closed link, whatever it brings', async () => {
		const world = await linkedPairs('ada');
		world.crm.edit('L-1', { Phone: '2' });
		await next(world, lost);
		world.crm.remove('L-1');
		await next(world, lost);
		const before = linkOf(world, 'L-1');
		expect(await confirm(world, { deliveryId: waiting(world)[0].id, appId: 'A-9', readBack: { phone: '9' } })).toEqual(['confirmed']);
		expect([waiting(world), linkOf(world, 'L-1'), before.ended]).toEqual([[], before, 'deletedInCrm']);
	});
});

describe('what a run that died did not hand over is sent again', () => {
	test('a deletion, with its id', async () => {
		const world = await linkedPairs('ada');
		world.crm.remove('L-1');
		await dies(world);
		const [{ id }] = waiting(world);
		const { results } = await world.run(silent);
		expect(results.flatMap(({ steps }) => steps)).toMatchObject([{ do: 'deliver', delivery: { id, kind: 'delete', again: true } }]);
	});

	test('a field that was emptied, as empty', async () => {
		const world = await linkedPairs('ada');
		world.crm.edit('L-1', { Phone: null });
		await dies(world);
		const { results } = await world.run(silent);
		expect(results.flatMap(({ steps }) => steps)).toMatchObject([{ do: 'deliver', delivery: { kind: 'update', values: { phone: null }, again: true } }]);
	});

	test('not what the CRM no longer shows', async () => {
		const world = await linkedPairs('ada');
		world.crm.edit('L-1', { Phone: '2' });
		await dies(world);
		world.crm.rows.splice(0);
		expect(await next(world, silent)).toEqual([]);
	});

	test('a new record, however often runs die', async () => {
		const world = await linkedPairs('ada');
		world.crm.add({ Email: 'bob@x.com', LastName: 'Bob' });
		await dies(world);
		const [{ id }] = waiting(world);
		for (let count = 0; count < 4; count++) {
			const former = waiting(world)[0].tries;
			for (let crashAt = 1; crashAt < 30 && waiting(world)[0].tries === former; crashAt++) await world.run({ ...silent, crashAt });
		}
		expect(waiting(world)[0].tries).toBeGreaterThan(3);
		expect(await next(world, silent)).toEqual(['create app new from L-2 email+name again']);
		expect(waiting(world)[0].id).toBe(id);
	});

	test('the preview that a guard asks for does not count as another try', async () => {
		const world = await linkedPairs('ada', 'bob', 'eve');
		world.crm.edit('L-1', { Phone: '2' });
		await dies(world);
		for (const id of ['2', '3']) {
			world.app.edit(`A-${id}`, { phone: '2' });
			world.crm.edit(`L-${id}`, { Phone: '2' });
		}
		expect(waiting(world)).toMatchObject([{ tries: 1 }]);
		expect(await next(world, { mode: 'changed', readChanges: false, updateGuard: { most: 2, share: 1, atLeast: 2 }, ...lost })).toEqual(['update app A-1 phone again']);
		expect(waiting(world)).toMatchObject([{ tries: 2 }]);
	});

	test('a preview stores nothing of it', async () => {
		const world = await linkedPairs('ada');
		world.crm.edit('L-1', { Phone: '2' });
		await dies(world);
		const before = JSON.stringify([...world.memory.contents.deliveries]);
		expect(await next(world, { ...silent, dryRun: true })).toEqual(['update app A-1 phone again']);
		expect(JSON.stringify([...world.memory.contents.deliveries])).toBe(before);
	});
});

test('a new record that the app has shown once, without a field, is not created again when the app does not show it', async () => {
	const world = await linkedPairs('ada');
	world.crm.add({ Email: 'bob@x.com', LastName: 'Bob', Phone: '2' });
	await next(world, lost);
	expect(await next(world, { mode: 'events', items: [{ index: 0, id: 'A-2', values: { email: 'bob@x.com', name: 'Bob' } }], ...lost })).toEqual(['link A-2 L-2']);
	expect(waiting(world)).toHaveLength(1);
	world.crm.calls.length = 0;
	expect([await next(world, { items: world.app.items('all'), ...lost }), world.crm.calls]).toEqual([[], ['changes']]);
});

test('a new record that the app never showed is sent again as the CRM shows it now', async () => {
	const world = await linkedPairs('ada');
	world.crm.add({ Email: 'bob@x.com', LastName: 'Bob', Phone: '2' });
	await next(world, lost);
	world.crm.edit('L-2', { Phone: '3', NumberOfEmployees: 7 });
	const { results } = await world.run({ readChanges: false, ...lost });
	expect(results.flatMap(({ steps }) => steps)).toMatchObject([{ do: 'deliver', delivery: { kind: 'create', values: { email: 'bob@x.com', name: 'Bob', phone: '3', size: 7 }, again: true } }]);
});

test('a new record that is held because the app never showed it costs no call', async () => {
	const world = new World();
	world.crm.add({ Email: 'bob@x.com' });
	for (let count = 0; count < 4; count++) await next(world, lost);
	world.crm.calls.length = 0;
	expect([await next(world), world.crm.calls]).toEqual([['hold L-1 unseen'], ['changes']]);
});

test('a new record that is held because the app never showed it is told in the same words in each run', async () => {
	const world = new World();
	world.crm.add({ Email: 'bob@x.com' });
	for (let count = 0; count < 3; count++) await next(world, lost);
	const [first, second] = [await world.run(lost), await world.run(lost)];
	expect(first.results.flatMap(({ steps }) => steps)).toMatchObject([{ do: 'hold', hold: { reason: 'unseen' } }]);
	expect(JSON.stringify(second.results)).toBe(JSON.stringify(first.results));
});

test.each([
	['an update', (world: World) => world.crm.edit('L-2', { Phone: '2' })],
	['a deletion', (world: World) => world.crm.remove('L-2')],
])('%s was handed over, and the app does not show the record among all: not sent again, and the CRM is not asked', async (_, change) => {
	const world = await linkedPairs('ada', 'bob');
	change(world);
	expect((await next(world, { ...silent, ...lost })).at(-1)).toContain('app A-2');
	world.crm.calls.length = 0;
	expect([await next(world, { items: world.app.items('all').slice(0, 1), ...lost }), world.crm.calls]).toEqual([[], ['changes']]);
});

test('a new record is sent again as a whole, also where it is no longer known what was sent', async () => {
	const world = await linkedPairs('ada');
	world.crm.add({ Email: 'bob@x.com', LastName: 'Bob', Phone: '2' });
	await next(world, lost);
	world.keyring = { current: keyOf(2), former: [] };
	for (let count = 0; count < 2; count++) await next(world, lost);
	const { results } = await world.run(lost);
	expect(results.flatMap(({ steps }) => steps)).toMatchObject([{ do: 'deliver', delivery: { kind: 'create', values: { email: 'bob@x.com', name: 'Bob', phone: '2' }, again: true } }]);
});

test('the app says that it has deleted what it was told to delete: that is settled', async () => {
	const world = await linkedPairs('ada');
	world.crm.remove('L-1');
	expect(await next(world, lost)).toEqual(['unlink A-1 L-1', 'delete app A-1']);
	expect(await next(world, { mode: 'events', items: [{ index: 0, id: 'A-1', values: {}, deleted: true }], ...lost })).toEqual([]);
	expect(waiting(world)).toEqual([]);
});

describe('what the CRM hides of a delivery', () => {
	const stored = (world: World) => waiting(world).map(({ tries, handedOver, withheld }) => [tries, handedOver, withheld?.rows.length]);

	/** A name and a phone were not handed over, and the CRM hides the phone by now. */
	async function partlyHidden(): Promise<World> {
		const world = await linkedPairs('ada');
		world.crm.edit('L-1', { LastName: 'Ada', Phone: '2' });
		await dies(world);
		world.crm.hidden.add('Phone');
		expect([await next(world, silent), stored(world)]).toEqual([['update app A-1 name again'], [[0, false, 1]]]);
		return world;
	}

	test('what was handed over is confirmed while the row of the rest is off: the rest is sent once that is on again', async () => {
		const world = await partlyHidden();
		world.mapping = withRule('phone', { enabled: false });
		await next(world, silent);
		expect(await confirm(world, { deliveryId: waiting(world)[0].id })).toEqual(['confirmed']);
		expect([await next(world, silent), stored(world)]).toEqual([[], [[0, false, 1]]]);
		world.crm.hidden.clear();
		world.mapping = MAPPING;
		expect([await next(world, silent), world.app.records.get('A-1')?.phone]).toEqual([['update app A-1 phone'], '2']);
		expect(stored(world)).toEqual([[1, true, undefined]]);
	});

	test('the CRM changes another field: that is sent, and the rest once it is shown', async () => {
		const world = await partlyHidden();
		world.crm.edit('L-1', { LastName: 'Countess' });
		expect([await next(world, silent), stored(world)]).toEqual([['update app A-1 name'], [[0, false, 1]]]);
		world.crm.hidden.clear();
		expect([await next(world, silent), world.app.records.get('A-1')]).toEqual([['update app A-1 phone'], expect.objectContaining({ name: 'Countess', phone: '2' })]);
	});

	test('its row is removed: nothing is to be sent any more', async () => {
		const world = await partlyHidden();
		world.mapping = { ...MAPPING, rules: MAPPING.rules.filter(({ id }) => id !== 'phone') };
		await next(world, { mode: 'changed' });
		expect(waiting(world)).toEqual([]);
	});

	test('the record as a whole goes on being hidden: nothing of it counts as handed over, and it is sent once it is shown', async () => {
		const world = await partlyHidden();
		world.crm.rows[0].visibleAt = Infinity;
		expect([await next(world, silent), stored(world)]).toEqual([[], [[0, false, 1]]]);
		world.crm.hidden.clear();
		world.crm.rows[0].visibleAt = 0;
		expect(await next(world, silent)).toEqual(['update app A-1 phone']);
	});

	test('it is not looked for where the app may have edited the record: the CRM is not asked, and nothing is stored', async () => {
		const world = await partlyHidden();
		world.app.edit('A-1', { phone: '9' });
		world.crm.callsLeft = 0;
		await next(world, { mode: 'changed' });
		world.crm.callsLeft = Infinity;
		await next(world, silent);
		const before = waiting(world);
		world.crm.calls.length = 0;
		await next(world, silent);
		expect([world.crm.calls, waiting(world)]).toEqual([['changes'], before]);
	});
});
