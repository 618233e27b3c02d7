import { confirmDeliveries } from '../../../src/sync/deliveries/confirmDeliveries';
import { held, linkedPairs, next } from '../twoWay/pairs';
import { MAPPING, withRule, World } from '../twoWay/World';

const lost = { arrives: () => false };
/** A run in which the app shows nothing. */
const silent = { mode: 'changed', items: [] } as const;

const linkOf = (world: World, appId: string) => [...world.memory.contents.links.values()].find((link) => link.appId === appId)!;
const deliveries = (world: World) => [...world.memory.contents.deliveries.values()].map(({ kind }) => kind);
const holdOf = (world: World) => [...world.memory.contents.holds.values()][0];

test('a submission of a record that vanishes while it is looked at waits as an edit', async () => {
	const world = await linkedPairs('ada');
	const { changes } = world.crm;
	const readByIds = changes.readByIds.bind(changes);
	changes.readByIds = (query) => {
		world.crm.remove('L-1');
		return readByIds(query);
	};
	expect(await next(world, { mode: 'events', items: [{ index: 0, values: { email: 'ada@x.com', phone: '2' } }] })).toEqual(['hold A-1 absent']);
	expect(holdOf(world).code).toBe('EDITED_IN_APP');
});

test.each<[string, (world: World) => void]>([
	['deletedAndEdited', (world) => world.crm.remove('L-1')],
	['converted', (world) => world.crm.edit('L-1', { IsConverted: true, ConvertedContactId: 'C-1' })],
])('what is held of fields ends with the link, and the record is held: %s', async (reason, happens) => {
	const world = await linkedPairs('ada');
	world.mapping = withRule('phone', { conflict: 'hold' });
	world.app.edit('A-1', { phone: '2' });
	world.crm.edit('L-1', { Phone: '3' });
	expect(await next(world)).toEqual(['hold A-1 conflict phone']);
	happens(world);
	expect([await next(world, silent), held(world)]).toEqual([['unlink A-1 L-1', `hold A-1 ${reason}`], [`A-1 ${reason}`]]);
});

describe('an edit of the app waits', () => {
	test('as long as the app does not show it, the CRM overrules nothing', async () => {
		const world = await linkedPairs('ada');
		world.app.edit('A-1', { name: 'Refused' });
		expect(await next(world)).toEqual(['refused A-1 RULE']);
		world.crm.edit('L-1', { LastName: 'Ada L.', Phone: '2' });
		expect([await next(world, silent), held(world)]).toEqual([['update app A-1 phone', 'hold A-1 refused'], ['A-1 refused']]);
		world.app.edit('A-1', { name: 'Ada' });
		expect(await next(world)).toEqual(['update app A-1 name']);
	});

	test('and counts for no guard, but what is sent meanwhile does', async () => {
		const world = await linkedPairs('ada');
		const nothing = { updateGuard: { most: 0, share: 1, atLeast: 0 } };
		world.app.edit('A-1', { name: 'Refused' });
		expect(await next(world)).toEqual(['refused A-1 RULE']);
		expect(await next(world, nothing)).toEqual(['hold A-1 refused']);
		world.crm.edit('L-1', { Phone: '2' });
		expect(await next(world, lost)).toEqual(['refused A-1 RULE', 'update app A-1 phone']);
		expect(await next(world, { ...lost, dryRun: true })).toEqual(['update app A-1 phone again', 'hold A-1 refused']);
		expect(await next(world, { ...nothing, ...lost })).toEqual(['notRun A-1 GUARD']);
	});

	test('what was refused is tried again in the very moment in which its time comes', async () => {
		const world = await linkedPairs('ada');
		world.app.edit('A-1', { name: 'Refused' });
		await next(world);
		const due = Date.parse(holdOf(world).nextTryAt!);
		for (const [now, line] of [[due - 1_000, 'hold A-1 refused'], [due, 'refused A-1 RULE']] as const) {
			world.now = now - 30 * 60_000;
			expect(await next(world)).toEqual([line]);
		}
	});

	test('a refusal without a code of the CRM has none in later results either', async () => {
		const world = await linkedPairs('ada');
		const write = world.crm.write.bind(world.crm);
		world.crm.write = async (batch) => (await write(batch)).map((outcome) => {
			if (outcome.status === 'refused') Object.assign(outcome.error, { code: undefined });
			return outcome;
		});
		world.app.edit('A-1', { name: 'Refused' });
		await next(world);
		world.tick();
		const { results } = await world.run();
		expect(results.flatMap(({ steps }) => steps)).toEqual([{ do: 'hold', hold: { reason: 'refused', field: '', words: 'The CRM refused it: RULE. This waits: Last Name.', code: undefined, candidates: [] } }]);
	});

	test('deleted in the CRM meanwhile: held, although the app shows nothing', async () => {
		const world = await linkedPairs('ada');
		world.app.edit('A-1', { name: 'Refused' });
		await next(world);
		world.crm.remove('L-1');
		expect(await next(world, silent)).toEqual(['unlink A-1 L-1', 'hold A-1 deletedAndEdited']);
	});
});

describe('nothing says that the record was deleted', () => {
	test('it is there again: what was held is over, also where the app shows nothing', async () => {
		const world = await linkedPairs('ada');
		const [row] = world.crm.rows.splice(0);
		expect(await next(world, { ...silent, fullCompare: true })).toEqual([]);
		expect(held(world)).toEqual(['A-1 absent']);
		world.crm.rows.push(row);
		world.crm.edit('L-1', { Phone: '2' });
		expect([await next(world, silent), held(world)]).toEqual([['update app A-1 phone'], []]);
	});

	test('and the app edits it: held until the app shows it again', async () => {
		const world = await linkedPairs('ada');
		const [row] = world.crm.rows.splice(0);
		world.app.edit('A-1', { phone: '3' });
		expect(await next(world)).toEqual(['hold A-1 absent']);
		world.crm.rows.push(row);
		world.crm.edit('L-1', { LastName: 'Ada' });
		await next(world, silent);
		expect(held(world)).toEqual(['A-1 absent']);
		expect([await next(world), held(world)]).toEqual([['update crm L-1 Phone', 'update app A-1 name'], []]);
	});

	test('and later something does: the app is told to delete it', async () => {
		const world = await linkedPairs('ada');
		const [row] = world.crm.rows.splice(0);
		await next(world, { ...silent, fullCompare: true });
		expect(held(world)).toEqual(['A-1 absent']);
		world.crm.rows.push(row);
		world.crm.remove('L-1');
		expect(await next(world)).toEqual(['unlink A-1 L-1', 'delete app A-1']);
	});
});

describe('deleted on one side, edited on the other', () => {
	test('stays held as long as nobody decides', async () => {
		const world = await linkedPairs('ada');
		world.crm.remove('L-1');
		world.app.edit('A-1', { phone: '2' });
		expect(await next(world)).toEqual(['unlink A-1 L-1', 'hold A-1 deletedAndEdited']);
		expect(await next(world)).toEqual(['hold A-1 deletedAndEdited']);
		expect(await next(world, silent)).toEqual([]);
		expect(held(world)).toEqual(['A-1 deletedAndEdited']);
	});

	test('a decision counts only for the values that it was shown with', async () => {
		const world = await linkedPairs('ada');
		world.crm.remove('L-1');
		world.app.edit('A-1', { phone: '2' });
		await next(world);
		await world.state.decide(holdOf(world), 'useApp');
		world.app.edit('A-1', { phone: '3' });
		expect(await next(world)).toEqual(['hold A-1 deletedAndEdited']);
		expect([world.crm.alive, holdOf(world).decision]).toEqual([[], null]);
	});

	test('a decision about something else is none about this', async () => {
		const world = await linkedPairs('ada', 'bob');
		world.crm.rows.shift();
		world.app.edit('A-1', { phone: '2' });
		expect(await next(world)).toEqual(['hold A-1 absent']);
		await world.state.decide(holdOf(world), 'useApp');
		expect(await next(world)).toEqual(['hold A-1 absent']);
		expect(world.crm.alive).toHaveLength(1);
	});

	test('one edit fits and the other does not: edited all the same', async () => {
		const world = await linkedPairs('ada', 'bob');
		world.crm.remove('L-1');
		world.app.edit('A-1', { phone: '2', name: 'x'.repeat(100) });
		expect(await next(world)).toEqual(['unlink A-1 L-1', 'hold A-1 deletedAndEdited']);
	});

	test('the same for edits of the CRM', async () => {
		const world = await linkedPairs('ada');
		world.mapping = withRule('size', { transform: { kind: 'valueMap', pairs: [{ app: 'small', crm: '1' }] } }, MAPPING);
		world.app.edit('A-1', { size: null });
		await next(world);
		world.app.remove('A-1');
		world.crm.edit('L-1', { Phone: '2', NumberOfEmployees: 7 });
		expect(await next(world)).toEqual(['unlink A-1 L-1', 'hold A-1 deletedAndEdited']);
	});
});

describe('a link that ends', () => {
	test('says when', async () => {
		const world = await linkedPairs('ada');
		world.crm.remove('L-1');
		await next(world, lost);
		const at = new Date(world.now).toISOString();
		await next(world, lost);
		expect(linkOf(world, 'A-1')).toMatchObject({ ended: 'deletedInCrm', endedAt: at });
	});

	test('ends what was on its way to the app', async () => {
		const world = await linkedPairs('ada');
		world.crm.edit('L-1', { Phone: '2' });
		await next(world, lost);
		expect(deliveries(world)).toEqual(['update']);
		world.app.remove('A-1');
		await next(world);
		expect(deliveries(world)).toEqual([]);
	});

	test('and was told to the app: over once the app has deleted it, not before', async () => {
		const world = await linkedPairs('ada');
		world.crm.remove('L-1');
		await next(world, lost);
		world.tick(-25 * 60_000);
		await next(world, silent);
		expect(deliveries(world)).toEqual(['delete']);
		expect(await next(world)).toEqual(['delete app A-1 again']);
		await next(world, { mode: 'changed' });
		expect(deliveries(world)).toEqual([]);
	});

	test('the app goes on with the record instead: it is not told again', async () => {
		const world = await linkedPairs('ada');
		world.crm.remove('L-1');
		await next(world, lost);
		world.app.edit('A-1', { phone: '2' });
		expect(await next(world)).toEqual(['hold A-1 deletedAndEdited']);
		expect(deliveries(world)).toEqual([]);
	});

	test('the app has confirmed the deletion, and shows the record still: left alone', async () => {
		const world = await linkedPairs('ada');
		world.crm.remove('L-1');
		await next(world, lost);
		const [{ id: deliveryId }] = world.memory.contents.deliveries.values();
		const keyring = { current: { id: 'key 1', secret: new Uint8Array(32).fill(7) }, former: [] };
		const scope = { connectionId: 'id', entity: 'Lead', appName: 'Shop' };
		const { state, leases, crm } = world;
		expect(await confirmDeliveries([{ deliveryId }], { state, leases, keyring, scope, newId: () => 'confirm', description: crm.description })).toEqual(['confirmed']);
		expect(await next(world)).toEqual([]);
	});

	test('converted into nothing that the CRM names: without a successor', async () => {
		const world = await linkedPairs('ada', 'bob');
		world.crm.edit('L-1', { IsConverted: true });
		world.crm.edit('L-2', { IsConverted: true, ConvertedContactId: '' });
		expect(await next(world)).toEqual(['unlink A-1 L-1', 'unlink A-2 L-2']);
		expect([linkOf(world, 'A-1').successor, linkOf(world, 'A-2').successor]).toEqual([null, null]);
	});

	test('converted, and the CRM goes on editing: nothing', async () => {
		const world = await linkedPairs('ada');
		world.crm.edit('L-1', { IsConverted: true, ConvertedContactId: 'C-1' });
		await next(world);
		world.crm.edit('L-1', { Phone: '2' });
		expect(await next(world)).toEqual([]);
	});
});

describe('a link that is open again', () => {
	test('the deletion is not told any more', async () => {
		const world = await linkedPairs('ada');
		world.crm.remove('L-1');
		await next(world, lost);
		world.crm.restore('L-1');
		expect([await next(world), deliveries(world)]).toEqual([['revive A-1 L-1'], []]);
	});

	test('remembers what it sends', async () => {
		const world = await linkedPairs('ada');
		world.crm.remove('L-1');
		await next(world, lost);
		world.crm.restore('L-1');
		world.crm.edit('L-1', { Phone: '2' });
		expect(await next(world, lost)).toEqual(['revive A-1 L-1', 'update app A-1 phone']);
		expect(await next(world)).toEqual(['update app A-1 phone again']);
	});

	test('the app gets the record back, and is known by the key that it was given, whatever the CRM does with it', async () => {
		const world = await linkedPairs('ada');
		world.crm.remove('L-1');
		await next(world);
		world.crm.restore('L-1');
		expect(await next(world)).toEqual(['revive - L-1', 'create app new from L-1 email+name+phone']);
		world.crm.edit('L-1', { Email: 'lovelace@x.com' });
		expect(await next(world)).toEqual(['link A-2 L-1', 'update app A-2 email']);
		expect(world.crm.rows).toHaveLength(1);
	});

	test('the same for a record that the app never had, with the key that it has now', async () => {
		const world = new World();
		world.crm.add({ Email: 'ada@x.com' });
		await next(world, lost);
		world.crm.remove('L-1');
		expect(await next(world)).toEqual(['unlink - L-1']);
		world.crm.restore('L-1');
		world.crm.edit('L-1', { Email: 'eve@x.com' });
		expect(await next(world)).toEqual(['revive - L-1', 'create app new from L-1 email+name']);
		world.crm.edit('L-1', { Email: 'lovelace@x.com' });
		expect(await next(world)).toEqual(['link A-1 L-1', 'update app A-1 email']);
	});
});

test('a link that went on with the winner of a merge remembers what it sends', async () => {
	const world = await linkedPairs('ada');
	const { id } = world.crm.add({ Email: 'ada@y.com', LastName: 'ada', Phone: '1' });
	world.crm.remove('L-1', id);
	expect(await next(world, { createInApp: false, ...lost })).toEqual(['link A-1 L-2', 'update app A-1 email']);
	expect(await next(world, lost)).toEqual(['update app A-1 email again']);
});

test('nothing that waits ends what is on its way to the app', async () => {
	const world = await linkedPairs('ada');
	world.crm.edit('L-1', { Phone: '2' });
	await next(world, lost);
	world.crm.rows.splice(0);
	world.app.edit('A-1', { name: 'Ada' });
	expect(await next(world)).toEqual(['hold A-1 absent']);
	expect(deliveries(world)).toEqual(['update']);
});
