import { held, linkedPairs, next } from '../twoWay/pairs';
import { MAPPING, withRule, World } from '../twoWay/World';

const lost = { arrives: () => false };
/** A run in which the app shows nothing. */
const silent = { mode: 'changed', items: [] } as const;

const waiting = (world: World) => [...world.memory.contents.deliveries.values()].map(({ kind }) => kind);
const holdOf = (world: World) => [...world.memory.contents.holds.values()][0];
const showing = (values: Record<string, unknown>) => ({ mode: 'events', items: [{ index: 0, id: 'A-1', values }] }) as const;

describe('why a field is held', () => {
	test('a first match of which a person is to decide', async () => {
		const world = new World();
		world.mapping = { ...MAPPING, firstMatch: 'hold' };
		world.app.add({ email: 'ada@x.com', name: 'Ada', phone: '1' });
		world.crm.add({ Email: 'ada@x.com', LastName: 'Ada', Phone: '2' });
		await next(world);
		expect(held(world)).toEqual(['A-1 conflict phone']);
	});

	test('what was known is lost', async () => {
		const world = await linkedPairs('ada');
		const { links } = world.memory.contents;
		for (const [id, link] of links) links.set(id, { ...link, base: Uint8Array.from(link.base, (byte, at) => (at > 8 ? byte ^ 0xff : byte)) });
		world.app.edit('A-1', { phone: '2' });
		await next(world);
		expect(held(world)).toEqual(['A-1 restored phone']);
	});

	test('the CRM wants a value', async () => {
		const world = await linkedPairs('ada');
		world.app.edit('A-1', { name: null });
		await next(world);
		expect(held(world)).toEqual(['A-1 value name']);
	});

	test('a value that does not fit', async () => {
		const world = await linkedPairs('ada');
		world.app.edit('A-1', { name: 'x'.repeat(100) });
		await next(world);
		expect(held(world)).toEqual(['A-1 value name']);
	});

	test('a value without a line in the value map', async () => {
		const world = await linkedPairs('ada');
		world.mapping = withRule('size', { transform: { kind: 'valueMap', pairs: [{ app: 'small', crm: '1' }] } });
		world.app.edit('A-1', { size: null });
		await next(world);
		world.crm.edit('L-1', { NumberOfEmployees: 7 });
		await next(world);
		expect(held(world)).toEqual(['A-1 value size']);
	});

	test('sent several times, and not shown', async () => {
		const world = await linkedPairs('ada');
		world.crm.edit('L-1', { Phone: '2' });
		for (let count = 0; count < 4; count++) await next(world, lost);
		expect(held(world)).toEqual(['A-1 unseen phone']);
	});
});

describe('the record changed last counts', () => {
	const HOUR_MS = 60 * 60_000;
	/** What a conflict of the phone comes to. */
	const conflict = async (modified: (now: number) => string | null, skewMs = 0) => {
		const world = await linkedPairs('ada');
		world.mapping = { ...withRule('phone', { conflict: 'mostRecent' }), appModifiedField: 'modified' };
		await next(world);
		world.tick(2 * HOUR_MS);
		world.crm.edit('L-1', { Phone: '3' });
		world.app.edit('A-1', { phone: '2', modified: modified(world.now) });
		return await next(world, { skewMs });
	};
	const later = (now: number) => new Date(now + HOUR_MS).toISOString();
	const earlier = (now: number) => new Date(now - HOUR_MS).toISOString();

	test('judged by the column of the app and the stamp of the CRM', async () => {
		expect(await conflict(later)).toEqual(['update crm L-1 Phone']);
		expect(await conflict(earlier)).toEqual(['update app A-1 phone']);
	});

	test('by as much as the clock of the app is wrong', async () => {
		expect(await conflict(later, 2 * HOUR_MS)).toEqual(['update app A-1 phone']);
	});

	test('the CRM where the column is blank', async () => {
		expect(await conflict(() => null)).toEqual(['update app A-1 phone']);
	});

	test('the app shows nothing: nothing to judge', async () => {
		const world = await linkedPairs('ada');
		world.mapping = { ...withRule('phone', { conflict: 'mostRecent' }), appModifiedField: 'modified' };
		await next(world);
		world.crm.edit('L-1', { Phone: '3' });
		expect(await next(world, silent)).toEqual(['update app A-1 phone']);
	});
});

describe('a person decides about a field', () => {
	const inConflict = async () => {
		const world = await linkedPairs('ada');
		world.mapping = withRule('phone', { conflict: 'hold' });
		world.app.edit('A-1', { phone: '2' });
		world.crm.edit('L-1', { Phone: '3' });
		expect(await next(world)).toEqual(['hold A-1 conflict phone']);
		return world;
	};

	test('for the CRM', async () => {
		const world = await inConflict();
		await world.state.decide(holdOf(world), 'useCrm');
		expect([await next(world), held(world)]).toEqual([['update app A-1 phone'], []]);
	});

	test('not yet: it stays held', async () => {
		const world = await inConflict();
		expect([await next(world), held(world)]).toEqual([['hold A-1 conflict phone'], ['A-1 conflict phone']]);
	});
});

test('a submission that the app then shows just like that: linked', async () => {
	const world = new World();
	const values = { email: 'ada@x.com', name: 'Ada', company: 'Acme', phone: '1', note: null };
	expect(await next(world, { mode: 'events', items: [{ index: 0, values }] })).toEqual(['link - L-1', 'create crm L-1 from form']);
	world.app.add(values);
	expect(await next(world)).toEqual(['link A-1 L-1']);
	world.crm.edit('L-1', { Email: 'lovelace@x.com' });
	world.app.edit('A-1', { email: 'countess@x.com' });
	expect(await next(world)).toEqual(['update app A-1 email']);
});

describe('what is on its way to the app', () => {
	const onItsWay = async () => {
		const world = await linkedPairs('ada');
		world.crm.edit('L-1', { Phone: '2' });
		expect(await next(world, lost)).toEqual(['update app A-1 phone']);
		return world;
	};
	const idOf = (world: World) => [...world.memory.contents.deliveries.values()][0].id;

	test('is over once the app shows it', async () => {
		const world = await onItsWay();
		world.app.edit('A-1', { phone: '2' });
		expect([await next(world), waiting(world)]).toEqual([[], []]);
	});

	test('is waited for as long as the app does not show the record, or the field', async () => {
		const world = await onItsWay();
		expect([await next(world, silent), waiting(world)]).toEqual([[], ['update']]);
		expect([await next(world, showing({ note: 'x' })), waiting(world)]).toEqual([['update crm L-1 Description'], ['update']]);
		world.crm.edit('L-1', { Email: 'ADA@x.com' });
		expect([await next(world, silent), waiting(world)]).toEqual([[], ['update']]);
	});

	test('is over where the CRM took it back and the app shows what it showed before', async () => {
		const world = await onItsWay();
		world.crm.edit('L-1', { Phone: '1' });
		expect([await next(world), waiting(world)]).toEqual([[], []]);
	});

	test('is over where its row is off', async () => {
		const world = await onItsWay();
		world.mapping = withRule('phone', { enabled: false });
		expect([await next(world, silent), waiting(world)]).toEqual([[], []]);
	});

	test('keeps its id as long as the same is sent', async () => {
		const world = await onItsWay();
		const id = idOf(world);
		expect(await next(world, lost)).toEqual(['update app A-1 phone again']);
		expect(idOf(world)).toBe(id);
		world.crm.edit('L-1', { Phone: '3' });
		expect(await next(world, lost)).toEqual(['update app A-1 phone']);
		expect(idOf(world)).not.toBe(id);
	});

	test('goes again together with what is new, under another id', async () => {
		const world = await onItsWay();
		const id = idOf(world);
		world.crm.edit('L-1', { LastName: 'Ada' });
		expect(await next(world, lost)).toEqual(['update app A-1 name+phone']);
		expect(idOf(world)).not.toBe(id);
	});

	test('goes along with what is new where the app does not show the field, blanks too', async () => {
		const world = await onItsWay();
		world.crm.edit('L-1', { LastName: 'Ada' });
		const { results } = await world.run({ ...showing({ name: 'ada' }), ...lost });
		expect(results.flatMap(({ steps }) => steps)).toMatchObject([{ delivery: { values: { name: 'Ada', phone: '2' }, again: false } }]);
		world.tick();
		world.crm.edit('L-1', { Phone: null });
		await world.run({ ...showing({ name: 'ada' }), ...lost });
		world.tick();
		world.crm.edit('L-1', { LastName: 'Ada L.' });
		const { results: then } = await world.run({ ...showing({ name: 'ada' }), ...lost });
		expect(then.flatMap(({ steps }) => steps)).toMatchObject([{ delivery: { values: { name: 'Ada L.', phone: null }, again: false } }]);
	});

	test('a new record goes as a whole, with its id, when the CRM changes it before the app shows it', async () => {
		const world = await linkedPairs('ada');
		world.crm.add({ Email: 'bob@x.com', LastName: 'Bob' });
		await next(world, lost);
		const id = idOf(world);
		world.crm.edit('L-2', { Phone: '2' });
		expect(await next(world, { ...silent, ...lost })).toEqual(['create app new from L-2 email+name+phone again']);
		expect(idOf(world)).toBe(id);
	});
});
