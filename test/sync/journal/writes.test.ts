import { CrmError, type CrmErrorDetails, type CrmErrorKind } from '../../../src/model/crmError';
import { held, linkedPairs, next } from '../twoWay/pairs';
import type { WriteFault } from '../twoWay/ModelCrm';
import { World } from '../twoWay/World';

const HOUR_MS = 60 * 60_000;
/** A run in which the app shows nothing. */
const silent = { mode: 'changed', items: [] } as const;

const writes = (world: World) => world.crm.calls.filter((call) => call === 'write').length;
const holdOf = (world: World) => [...world.memory.contents.holds.values()][0];
const form = (...submissions: readonly Record<string, unknown>[]) => ({ mode: 'events', pageSize: 1, items: submissions.map((values, index) => ({ index, values: { name: 'Ada', company: 'Acme', ...values } })) }) as const;

/** The same, and on a later page a record of the app with that key. */
const alsoShown = (key: string, ...submissions: readonly Record<string, unknown>[]) => {
	const { items, ...more } = form(...submissions);
	return { ...more, items: [...items, { index: items.length, id: 'A-9', values: { name: 'Ada', company: 'Acme', email: key } }] };
};

/** The next writes go wrong like this, one after the other; then all is well. */
function faults(world: World, ...list: readonly (WriteFault | undefined)[]): void {
	const left = [...list];
	world.crm.fault = () => left.shift();
	world.crm.calls.length = 0;
}

/** Every write is refused with such an error. */
function refuse(world: World, kind: CrmErrorKind, details: Partial<CrmErrorDetails> = {}): void {
	world.crm.write = async ({ mutations }) => mutations.map(() => ({ status: 'refused', error: new CrmError(kind, { message: 'No.', ...details }) }));
}

/** A linked record whose phone the app has edited. */
async function edited(phone = '2'): Promise<World> {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { phone });
	return world;
}

describe('a create without a usable answer', () => {
	const created = ['link A-1 L-1', 'create crm L-1 from A-1'];
	const oneNew = () => {
		const world = new World();
		world.app.add({ email: 'ada@x.com' });
		return world;
	};

	test.each<WriteFault>(['lostAfter', 'failedAfter'])('%s: found, and linked at once', async (fault) => {
		const world = oneNew();
		faults(world, fault);
		expect([await next(world), writes(world), held(world)]).toEqual([created, 1, []]);
	});

	test('the CRM said that it failed: sent again', async () => {
		const world = oneNew();
		faults(world, 'failedBefore');
		expect([await next(world), writes(world)]).toEqual([created, 2]);
	});

	test('the CRM said so twice: refused', async () => {
		const world = oneNew();
		faults(world, 'failedBefore', 'failedBefore');
		expect([await next(world), writes(world), held(world)]).toEqual([['refused A-1'], 2, ['A-1 refused']]);
	});

	test('no answer at all: not sent again', async () => {
		const world = oneNew();
		faults(world, 'lostBefore');
		expect([await next(world), writes(world), held(world)]).toEqual([['uncertain A-1'], 1, ['A-1 uncertain']]);
	});

	test('several records have the key: not sent again', async () => {
		const world = oneNew();
		world.crm.fault = () => {
			world.crm.fault = () => undefined;
			for (const Phone of ['1', '2']) world.crm.add({ Email: 'ada@x.com', Phone });
			return 'failedBefore';
		};
		expect((await next(world, { createInApp: false }))[0]).toBe('uncertain A-1');
		expect(writes(world)).toBe(1);
	});

	test('the same key again in the same run: not created a second time', async () => {
		const world = new World();
		faults(world, 'lostBefore');
		expect(await next(world, alsoShown('ada@x.com', { email: 'ada@x.com' }, { email: 'bob@x.com' }))).toEqual(['uncertain nobody', 'link - L-1', 'create crm L-1 from form', 'hold A-9 uncertain']);
	});

	test('one that was refused may be tried again in the same run', async () => {
		const world = new World();
		expect(await next(world, alsoShown('ada@x.com', { email: 'ada@x.com', name: 'Refused' }))).toEqual(['refused nobody RULE', 'link A-9 L-1', 'create crm L-1 from A-9']);
	});

	test('is remembered until it is clear what became of it', async () => {
		const world = oneNew();
		faults(world, 'lostBefore');
		await next(world);
		world.tick(-25 * 60_000);
		expect([await next(world), world.memory.contents.intents.size]).toEqual([['hold A-1 uncertain'], 1]);
		world.crm.add({ Email: 'ada@x.com', LastName: 'Name A-1' });
		expect([await next(world, { ...silent, createInApp: false }), world.memory.contents.intents.size]).toEqual([['link A-1 L-1'], 0]);
	});

	test('is forgotten as soon as its record has a link, however late', async () => {
		const world = oneNew();
		await world.run({ crashAt: 6 });
		world.tick(2 * HOUR_MS);
		expect(await next(world)).toEqual(['link A-1 L-1']);
		expect([world.memory.contents.intents.size, held(world)]).toEqual([0, []]);
	});
});

describe('an update without a usable answer', () => {
	test.each<WriteFault>(['lostAfter', 'failedAfter'])('%s: known by what the CRM shows', async (fault) => {
		const world = await edited();
		faults(world, fault);
		expect([await next(world), writes(world)]).toEqual([['update crm L-1 Phone'], 1]);
	});

	test('the CRM made something else of the value: known by who changed the record last', async () => {
		const world = await edited('2-3');
		faults(world, 'lostAfter');
		expect([await next(world), writes(world)]).toEqual([['update crm L-1 Phone'], 1]);
		expect(await next(world)).toEqual([]);
	});

	test('somebody else changed another field after it: known by its value', async () => {
		const world = await edited();
		world.crm.fault = (mutation) => {
			world.crm.fault = () => undefined;
			if (mutation.kind === 'update') world.crm.edit(mutation.id, { ...mutation.values, Description: 'x' });
			return 'lostBefore';
		};
		world.crm.calls.length = 0;
		expect([await next(world), writes(world)]).toEqual([['update crm L-1 Phone'], 1]);
	});

	test('not done, although the record was last changed by us', async () => {
		const world = await edited();
		await next(world);
		expect(world.crm.alive[0].changedBy).toBe('sync user');
		world.app.edit('A-1', { phone: '3' });
		faults(world, 'lostBefore');
		expect([await next(world), world.crm.alive[0].values.Phone]).toEqual([['update crm L-1 Phone'], '3']);
	});

	test('the record is gone meanwhile: refused', async () => {
		const world = await edited();
		world.crm.fault = () => {
			world.crm.rows.splice(0);
			return 'lostBefore';
		};
		expect([await next(world), held(world)]).toEqual([['refused A-1'], ['A-1 refused']]);
	});

	test('twice no answer: uncertain', async () => {
		const world = await edited();
		faults(world, 'lostBefore', 'lostBefore');
		expect([await next(world), writes(world), held(world)]).toEqual([['uncertain A-1'], 2, ['A-1 uncertain']]);
	});
});

describe('after a write', () => {
	test('what the CRM made of the value is its base', async () => {
		const world = await edited('2-3');
		expect(await next(world)).toEqual(['update crm L-1 Phone']);
		expect([await next(world), world.app.records.get('A-1')?.phone]).toEqual([[], '2-3']);
	});

	test('the same where the CRM does not say who changed a record', async () => {
		const world = await edited('2-3');
		const readByIds = world.crm.changes.readByIds.bind(world.crm.changes);
		world.crm.changes.readByIds = async function* (query) {
			for await (const page of readByIds(query)) yield page.map((record) => ({ ...record, changedBy: undefined }));
		};
		await next(world);
		expect([await next(world), world.app.records.get('A-1')?.phone]).toEqual([[], '2-3']);
	});

	test('what somebody else made of it before it was read is a change', async () => {
		const world = await edited();
		const write = world.crm.write.bind(world.crm);
		world.crm.write = async (batch) => {
			const outcomes = await write(batch);
			world.crm.edit('L-1', { Phone: '9' });
			return outcomes;
		};
		expect(await next(world)).toEqual(['update crm L-1 Phone']);
		expect(await next(world)).toEqual(['update app A-1 phone']);
	});
});

describe('a refusal', () => {
	test('names the records that stand in the way', async () => {
		const world = await edited();
		refuse(world, 'validation', { existingIds: ['L-7'] });
		await next(world);
		expect(holdOf(world).candidates).toEqual(['L-7']);
	});

	test('names none where the CRM names none', async () => {
		const world = await edited();
		refuse(world, 'validation');
		await next(world);
		expect(holdOf(world).candidates).toEqual([]);
	});

	test.each<[CrmErrorKind, boolean, number]>([
		['validation', false, HOUR_MS],
		['permission', false, HOUR_MS],
		['validation', true, 0],
		['conflict', false, 0],
		['unavailable', false, 0],
	])('%s, transient %s: tried again after %d ms', async (kind, transient, wait) => {
		const world = await edited();
		refuse(world, kind, { transient });
		await next(world);
		expect(Date.parse(holdOf(world).nextTryAt!) - world.now).toBe(wait);
	});

	test.each<CrmErrorKind>(['auth', 'throttled', 'cancelled'])('%s: nothing more is called, and nobody is asked', async (kind) => {
		const world = await linkedPairs('ada', 'bob');
		for (const id of ['A-1', 'A-2']) world.app.edit(id, { phone: '2' });
		refuse(world, kind, { code: 'STOP' });
		expect([await next(world, { mode: 'changed', pageSize: 1 }), held(world)]).toEqual([['notRun A-1 STOP', 'notRun A-2 STOP'], ['A-1 notRun', 'A-2 notRun']]);
	});
});

describe('a batch', () => {
	const many = (names: readonly string[]) => {
		const world = new World();
		for (const [index, name] of names.entries()) world.app.add({ email: `n${index}@x.com`, name });
		return world;
	};

	test('on one record of which the CRM chokes: the others get through', async () => {
		const world = many(['Ada', 'Bob', 'Poison', 'Eve', 'Joe']);
		expect(await next(world, { pageSize: 10 })).toContain('refused A-3');
		expect([world.crm.alive.length, held(world)]).toEqual([4, ['A-3 refused']]);
		expect(writes(world)).toBeLessThanOrEqual(7);
	});

	test('of one record is sent twice at most', async () => {
		const world = many(['Poison']);
		expect([await next(world), writes(world)]).toEqual([['refused A-1'], 2]);
	});

	test('on every record of which the CRM chokes: few records are sent one by one at once', async () => {
		const world = many(Array.from({ length: 60 }, () => 'Poison'));
		await next(world, { pageSize: 100 });
		expect(new Set(held(world).map((line) => line.split(' ')[1]))).toEqual(new Set(['refused']));
		expect([held(world).length, writes(world)]).toEqual([60, 1 + 2 + 4 + 8 + 16 + 60]);
	});

	test('one that failed, and a limit for the next one: no further call, and each says what it met', async () => {
		const world = await linkedPairs('ada', 'bob', 'eve');
		for (const id of ['A-1', 'A-2', 'A-3']) world.app.edit(id, { phone: '2' });
		faults(world, 'failedBefore', 'lostBefore', 'throttled');
		expect([await next(world, { pageSize: 10 }), writes(world)]).toEqual([['refused A-1', 'uncertain A-2', 'notRun A-3 LIMIT'], 1]);
		const holdOfFirst = [...world.memory.contents.holds.values()].find(({ appId }) => appId === 'A-1');
		expect(Date.parse(holdOfFirst!.nextTryAt!)).toBe(world.now);
	});

	test('on no part of which the CRM answers: after 41 parts of several records it waits', async () => {
		const names = Array.from({ length: 120 }, (_, at) => `n${at}`);
		const world = await linkedPairs(...names);
		for (const id of world.app.records.keys()) world.app.edit(id, { phone: '2' });
		world.crm.fault = () => 'lostBefore';
		const write = world.crm.write.bind(world.crm);
		const sizes: number[] = [];
		world.crm.write = async (batch) => {
			sizes.push(batch.mutations.length);
			return await write(batch);
		};
		expect(new Set((await next(world, { pageSize: 200 })).map((line) => line.split(' ')[0]))).toEqual(new Set(['uncertain']));
		expect(sizes.filter((size) => size > 1)).toHaveLength(41);
	});

	test('of which the CRM says too little: what it does not name is looked up', async () => {
		const world = many(['Ada', 'Bob']);
		const write = world.crm.write.bind(world.crm);
		world.crm.write = async (batch) => (await write(batch)).slice(0, 1);
		expect(await next(world, { pageSize: 10 })).toEqual(['link A-1 L-1', 'create crm L-1 from A-1', 'link A-2 L-2', 'create crm L-2 from A-2']);
	});

	test('that the adapter throws on may have happened', async () => {
		const world = many(['Ada']);
		world.crm.write = async () => {
			throw new CrmError('unavailable', { message: 'No network.', code: 'NET' });
		};
		const { summary } = await world.run();
		expect([summary?.stopped?.code, held(world), world.memory.contents.intents.size]).toEqual(['NET', ['A-1 uncertain'], 1]);
	});

	test('in a run that has lost its lease is not sent', async () => {
		const world = await edited();
		faults(world);
		world.crm.beforeCheck = () => world.tick(6 * 60_000);
		expect([await next(world), writes(world)]).toEqual([['notRun A-1'], 0]);
	});
});
