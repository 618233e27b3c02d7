import { allOf } from './ScriptedHttp';
import { readerOf } from '../changesReading';
import { openRig, readOnce, type Rig } from './rig';

const second = 1_000;
const minute = 60_000;
let now: number;
let rig: Rig;
beforeEach(async () => {
	now = Date.UTC(2026, 10, 22, 7, 0, 0, 300);
	rig = await openRig(() => now);
});
afterEach(() => rig.close());

const insert = (LastName: string, more = {}) => String(rig.org.insert('Lead', { LastName, Company: 'Acme', ...more }).Id);
const rename = (id: string, LastName: string, more = {}) => rig.org.update('Lead', id, { LastName, ...more });
const calls = async (work: () => Promise<unknown>) => {
	rig.org.resetCalls();
	await work();
	return rig.org.calls.byKind;
};

test('everything comes first, then what changed and was deleted, then nothing', async () => {
	const [curie, noether] = ['Curie', 'Noether'].map((name) => insert(name));
	const adapter = rig.open();
	const first = await readOnce(adapter);
	expect(first).toMatchObject({ shown: ['Curie', 'Noether'], deleted: [], full: true });
	now += 20 * minute;
	rename(noether, 'Emmy');
	rig.org.remove('Lead', curie);
	const passing = insert('Passing');
	rig.org.remove('Lead', passing);
	const second = await readOnce(adapter, first.cursor);
	expect(second).toMatchObject({ shown: ['Emmy'], deleted: [curie, passing], full: false, pages: [expect.anything()] });
	expect(second.pages[0].deleted[0].deletedAt).toBe('2026-11-22T07:20:00.000Z');
	now += 20 * minute;
	const third = await readOnce(adapter, second.cursor);
	expect(await readOnce(adapter, third.cursor)).toMatchObject({ shown: [], deleted: [], full: false });
	expect(await readOnce(rig.open(), first.cursor)).toMatchObject({ shown: ['Emmy'], deleted: [curie, passing] });
});

test('a record shows what was asked for, its version, and who changed it when', async () => {
	const id = insert('Curie', { Title: null, AnnualRevenue: 8, City: 'Paris' });
	now += 10 * second;
	const { pages } = await readOnce(rig.open(), undefined, { select: ['LastName', 'title', 'AnnualRevenue', 'IsConverted', 'Address', 'lastname'] });
	const values = { LastName: 'Curie', title: null, AnnualRevenue: 8, IsConverted: false };
	const stamp = '2026-11-22T07:00:00.000Z';
	expect(pages[0].records).toEqual([{ entity: 'Lead', id, values, stamp, changedBy: rig.org.users[0].id, changedAt: stamp }]);
});

test('when a person changed it is not when the system touched it', async () => {
	insert('Curie', { LastModifiedDate: '2026-11-20T00:00:00Z' });
	now += 10 * second;
	const [{ stamp, changedAt }] = (await readOnce(rig.open())).pages[0].records;
	expect([stamp, changedAt]).toEqual(['2026-11-22T07:00:00.000Z', '2026-11-20T00:00:00.000Z']);
});

test('a version that was read while it might still change within its second equals no other', async () => {
	const id = insert('Curie');
	const adapter = rig.open();
	const { cursor } = await readOnce(adapter);
	const stampNow = async () => (await allOf(readerOf(adapter).readByIds({ entity: 'Lead', ids: [id], select: [] }))).flat()[0].stamp;
	const early = await stampNow();
	now += 400;
	rename(id, 'Marie');
	expect(await stampNow()).not.toBe(early);
	now += 5 * second;
	const late = await stampNow();
	expect([await stampNow(), (await readOnce(adapter, cursor)).pages[0].records[0].stamp]).toEqual([late, late]);
});

test('a reading ends at its bound, the second of which belongs to it', async () => {
	const [before, after] = ['Before', 'After'].map((name) => insert(name));
	const adapter = rig.open();
	const reader = readerOf(adapter);
	const until = await reader.upperBound();
	now += 600;
	rename(before, 'Within');
	now += 600;
	rename(after, 'Later');
	const pages = await allOf(reader.readChanges({ entity: 'Lead', select: ['LastName'], until }));
	expect(pages.flatMap(({ records }) => records.map(({ values }) => values.LastName))).toEqual(['Within']);
	expect((await readOnce(adapter, pages.at(-1)?.cursor)).shown).toEqual(['Within', 'Later']);
});

test('a record is shown again until a reading ended eleven minutes after it, and then no more; each reading is one call', async () => {
	insert('Ray');
	const adapter = rig.open();
	let { cursor } = await readOnce(adapter);
	const seen = [];
	for (const wait of [5, 6, 1, 1]) {
		now += wait * minute;
		rig.org.resetCalls();
		const again = await readOnce(adapter, cursor);
		seen.push([again.shown.length, rig.org.calls.byKind]);
		({ cursor } = again);
	}
	expect(seen).toEqual([[1, { composite: 1 }], [1, { composite: 1 }], [1, { composite: 1 }], [0, { composite: 1 }]]);
});

test('what becomes visible late, with the time when it was saved, is found', async () => {
	const [ray, sue] = ['Ray', 'Sue'].map((name) => insert(name));
	const adapter = rig.open();
	now += 60 * minute;
	const save = rig.org.beginSave();
	save.update('Lead', ray, { LastName: 'Late' });
	save.insert('Lead', { LastName: 'New', Company: 'Acme' });
	save.remove('Lead', sue);
	now += 10 * minute;
	const { cursor } = await readOnce(adapter);
	save.commit();
	expect(await readOnce(adapter, cursor)).toMatchObject({ shown: ['Late', 'New'], deleted: [sue] });
});

test('a deletion in a transaction of hours is found, because the log says how far it reaches', async () => {
	const [ray, sue] = ['Ray', 'Sue'].map((name) => insert(name));
	const adapter = rig.open();
	let { cursor } = await readOnce(adapter);
	now += 60 * minute;
	const save = rig.org.beginSave();
	save.remove('Lead', sue);
	for (const hours of [1, 2, 3]) {
		now = save.beganAt + hours * 60 * minute;
		({ cursor } = await readOnce(adapter, cursor));
	}
	save.commit();
	rig.org.purge('Lead', ray);
	expect((await readOnce(adapter, cursor)).deleted.toSorted()).toEqual([ray, sue].toSorted());
});

test('records come by id with their versions; who is gone, hidden or no id is left out', async () => {
	const [own, gone] = [insert('Own'), insert('Gone')];
	rig.org.remove('Lead', gone);
	const adapter = rig.open();
	now += 10 * second;
	await adapter.identify();
	const found = (await allOf(readerOf(adapter).readByIds({ entity: 'Lead', ids: [own.slice(0, 15), own, gone, "x') OR Id != ('", ''], select: [] }))).flat();
	expect(found).toMatchObject([{ id: own, values: {}, stamp: '2026-11-22T07:00:00.000Z' }]);
	expect(await calls(async () => expect(await allOf(readerOf(adapter).readByIds({ entity: 'Lead', ids: [], select: [] }))).toEqual([]))).toEqual({});
});

test('a field or an object that is gone or hidden ends a reading, first or later', async () => {
	insert('Curie');
	const user = rig.org.addUser({});
	const adapter = rig.open({ user });
	const { cursor } = await readOnce(adapter, undefined, { select: ['LastName', 'Title'] });
	rig.org.hideField('Lead', 'Title', { user });
	for (const since of [undefined, cursor]) await expect(readOnce(adapter, since, { select: ['Title'] })).rejects.toMatchObject({ kind: 'validation', code: 'INVALID_FIELD' });
	const byId = readerOf(adapter).readByIds({ entity: 'Lead', ids: ['00Q000000000999'], select: ['Title'] });
	await expect(allOf(byId)).rejects.toMatchObject({ kind: 'validation', code: 'INVALID_FIELD' });
	rig.org.setObjectAccess('Lead', { read: false }, { user });
	for (const since of [undefined, cursor]) await expect(readOnce(adapter, since)).rejects.toMatchObject({ kind: 'notFound', code: 'INVALID_TYPE' });
	await expect(readOnce(rig.open({ user }), cursor)).rejects.toMatchObject({ kind: 'notFound', code: 'NOT_FOUND' });
});

test('an object whose records bear no time stamp is refused in words', async () => {
	rig.org.hideField('Lead', 'SystemModstamp');
	await expect(readOnce(rig.open())).rejects.toMatchObject({ kind: 'validation', message: expect.stringContaining('time stamp'), remedy: expect.any(String) });
});

test('the difference of the clocks is told once Salesforce has answered', async () => {
	const adapter = rig.open();
	expect(adapter.clockAheadMs?.()).toBeUndefined();
	now = Date.now() - 3_600_000;
	await adapter.identify();
	expect(Math.abs((adapter.clockAheadMs?.() ?? 0) - 3_600_000)).toBeLessThan(60_000);
});

describe('pages', () => {
	const names = Array.from({ length: 7 }, (_, at) => `P${at}`);

	/** Reads everything in small pages, and lets lists of results expire after some of them. */
	async function readExpiring(expires: (page: number) => boolean, rows = 2): Promise<readonly unknown[]> {
		rig.org.limitPages(rows);
		const reader = readerOf(rig.open());
		const shown: unknown[] = [];
		let page = 0;
		for await (const { records } of reader.readChanges({ entity: 'Lead', select: ['LastName'], until: await reader.upperBound() })) {
			shown.push(...records.map(({ values }) => values.LastName));
			if (expires((page += 1))) rig.org.expireCursors();
		}
		return shown;
	}

	test('a list of results that expires is asked for anew, wherever it was, and nothing is lost', async () => {
		for (const name of names) {
			insert(name);
			now += 700;
		}
		expect(await readExpiring(() => false)).toEqual(names);
		for (const at of [1, 2, 3]) expect(new Set(await readExpiring((page) => page === at))).toEqual(new Set(names));
		expect(new Set(await readExpiring(() => true, 4))).toEqual(new Set(names));
	});

	test('more records than a page holds may share a stamp', async () => {
		for (const name of names) insert(name);
		expect(await readExpiring(() => false)).toEqual(names);
		expect(new Set(await readExpiring((page) => page === 2))).toEqual(new Set(names));
		await expect(readExpiring(() => true)).rejects.toMatchObject({ code: 'INVALID_QUERY_LOCATOR', remedy: expect.any(String) });
	});
});

describe('calls', () => {
	test('10,000 changed records and 500 deleted ones are five, their versions four, nothing new one', async () => {
		const ids = Array.from({ length: 11_000 }, (_, at) => insert(`P${at}`));
		const adapter = rig.open();
		await adapter.describe('Lead');
		const first = await calls(async () => expect((await readOnce(adapter)).shown).toHaveLength(11_000));
		expect(first).toEqual({ composite: 1, query: 5 });
		now += 20 * minute;
		const { cursor } = await readOnce(adapter);
		for (const id of ids.slice(0, 10_000)) rename(id, 'New');
		for (const id of ids.slice(10_000, 10_500)) rig.org.remove('Lead', id);
		now += 20 * minute;
		const counted = await calls(async () => {
			const later = await readOnce(adapter, cursor);
			expect([later.shown.length, later.deleted.length, later.pages.length]).toEqual([10_000, 500, 5]);
		});
		expect(counted).toEqual({ composite: 1, query: 4 });
		expect(await calls(async () => expect((await allOf(readerOf(adapter).readByIds({ entity: 'Lead', ids: ids.slice(0, 10_000), select: [] }))).flat()).toHaveLength(10_000))).toEqual({ composite: 3, query: 1 });
		now += 20 * minute;
		const idle = (await readOnce(adapter)).cursor;
		now += 20 * minute;
		expect(await calls(async () => expect((await readOnce(adapter, idle)).shown).toEqual([]))).toEqual({ composite: 1 });
	}, 60_000);
});
