import { readerOf } from '../changesReading';
import { allOf, changedLead, openRig, readOnce, written, type Rig } from './rig';

const day = 86_400_000;
let now: number;
let rig: Rig;
beforeEach(async () => {
	now = Date.UTC(2026, 10, 22, 7);
	rig = await openRig({ now: () => now });
});
afterEach(() => rig.close());

const insert = (lastname: string, more = {}) => String(rig.env.insert('lead', { lastname, ...more }).leadid);

test('everything comes first, then what changed and was deleted, then nothing', async () => {
	const [curie, noether] = ['Curie', 'Noether'].map((name) => insert(name));
	const adapter = rig.open();
	const first = await readOnce(adapter);
	expect(first).toMatchObject({ shown: ['Curie', 'Noether'], deleted: [], full: true });
	expect(readerOf(adapter).tellsDeletions).toBe(true);
	now += 90_000;
	rig.env.update('lead', noether, { lastname: 'Emmy' });
	rig.env.remove('lead', curie);
	const passing = insert('Passing');
	rig.env.remove('lead', passing);
	const second = await readOnce(adapter, first.cursor);
	expect(second).toMatchObject({ shown: ['Emmy'], deleted: [curie, passing], full: false });
	expect(second.pages[0].deleted[0].deletedAt).toBe('2026-11-22T07:01:30.000Z');
	expect(await readOnce(adapter, second.cursor)).toMatchObject({ shown: [], deleted: [], full: false });
	expect(await readOnce(rig.open(), first.cursor)).toMatchObject({ shown: ['Emmy'], deleted: [curie, passing] });
});

test('a record shows what was asked for, its version, and who changed it when', async () => {
	const id = insert('Curie', { jobtitle: null, leadsourcecode: 8 });
	const { pages } = await readOnce(rig.open(), undefined, { select: ['lastname', 'jobtitle', 'leadsourcecode', 'parentcontactid', 'statecode@closed'] });
	const values = { lastname: 'Curie', jobtitle: null, leadsourcecode: '8', parentcontactid: null, 'statecode@closed': false };
	const stamp = `W/"${String(rig.env.row('lead', id)?.versionnumber)}"`;
	expect(pages[0].records).toEqual([{ entity: 'lead', id, values, stamp, changedBy: rig.env.admin.id, changedAt: '2026-11-22T07:00:00.000Z' }]);
});

test('the version guards a write until somebody else has changed the record', async () => {
	const id = insert('Curie');
	const adapter = rig.open();
	const [{ stamp }] = (await readOnce(adapter)).pages[0].records;
	expect(await written(adapter, [changedLead(id, { jobtitle: 'Head' }, stamp)])).toEqual(['applied']);
	expect(await written(adapter, [changedLead(id, { jobtitle: 'Chief' }, stamp)])).toEqual(['refused conflict 0x80060882']);
});

test('who lost a merge is told as deleted, with the winner, and is not there any more', async () => {
	const [master, loser] = ['A', 'B'].map((lastname) => String(rig.env.insert('contact', { lastname }).contactid));
	const adapter = rig.open();
	const { cursor } = await readOnce(adapter, undefined, { entity: 'contact' });
	now += 60_000;
	rig.env.merge('contact', { loser, master });
	const { pages } = await readOnce(adapter, cursor, { entity: 'contact' });
	expect(pages[0]).toMatchObject({ records: [], deleted: [{ id: loser, deletedAt: '2026-11-22T07:01:00.000Z', mergedInto: master }] });
	const byId = await allOf(readerOf(adapter).readByIds({ entity: 'contact', ids: [master, loser], select: [] }));
	expect(byId.flat().map(({ id }) => id)).toEqual([master]);
});

test.each<[string, () => void]>([
	['seven days', () => {
		now += 7 * day + 1_000;
	}],
	['a change of the table', () => rig.env.touchMetadata('lead')],
	['a restore', () => rig.env.expireDeltaLinks()],
])('after %s everything is read anew, and said to be', async (_, happens) => {
	insert('Curie');
	const adapter = rig.open();
	const { cursor } = await readOnce(adapter);
	happens();
	const anew = await readOnce(adapter, cursor);
	expect(anew).toMatchObject({ shown: ['Curie'], deleted: [], full: true });
	expect(await readOnce(adapter, anew.cursor)).toMatchObject({ shown: [], full: false });
});

test('a link that does not show all that is asked for is not followed', async () => {
	insert('Curie', { jobtitle: 'Head' });
	const adapter = rig.open();
	const { cursor } = await readOnce(adapter, undefined, { select: ['lastname', 'companyname'] });
	expect(await readOnce(adapter, cursor, { select: ['lastname'] })).toMatchObject({ shown: [], full: false });
	expect(await readOnce(adapter, cursor, { select: ['jobtitle'] })).toMatchObject({ shown: ['Head'], full: true });
});

test('a secured column is absent when it is empty or masked, also when it was secured after the last reading', async () => {
	const user = rig.env.addUser(rig.env.tenant.addUser({}));
	const id = insert('Ray', { mobilephone: '+43 1 234', telephone1: '+43 9', jobtitle: 'Head' });
	const asked = { select: ['lastname', 'mobilephone', 'telephone1', 'jobtitle'] };
	rig.env.secureColumn('lead', 'mobilephone', { read: 'masked' }, { user });
	const adapter = rig.open({ user });
	const first = await readOnce(adapter, undefined, asked);
	expect(first.pages[0].records[0].values).toEqual({ lastname: 'Ray', telephone1: '+43 9', jobtitle: 'Head' });
	rig.env.secureColumn('lead', 'telephone1', { read: 'none' }, { user });
	rig.env.touchMetadata('lead');
	const anew = await readOnce(adapter, first.cursor, asked);
	expect(anew.pages[0].records[0].values).toEqual({ lastname: 'Ray', jobtitle: 'Head' });
	const byId = await allOf(readerOf(adapter).readByIds({ entity: 'lead', ids: [id], select: asked.select }));
	expect(byId.flat()[0].values).toEqual({ lastname: 'Ray', jobtitle: 'Head' });
});

test('records come by id with their versions; who is gone, hidden or no id is left out', async () => {
	const user = rig.env.addUser(rig.env.tenant.addUser({}));
	rig.env.setTableAccess('lead', { read: 'user' }, { user });
	const [own, foreign, gone] = [insert('Own', { ownerid: { table: 'systemuser', id: user.id } }), insert('Foreign'), insert('Gone')];
	rig.env.remove('lead', gone);
	const found = (await allOf(readerOf(rig.open({ user })).readByIds({ entity: 'lead', ids: [own.toUpperCase(), own, foreign, gone, "x' or 1 eq 1", ''], select: [] }))).flat();
	expect(found).toMatchObject([{ id: own, values: {}, stamp: expect.stringMatching(/^W\/"\d+"$/) }]);
	expect(await allOf(readerOf(rig.open()).readByIds({ entity: 'lead', ids: [], select: [] }))).toEqual([]);
});

test('a batch of records by id whose answer was cut is asked again, for what is missing only', async () => {
	const ids = Array.from({ length: 700 }, (_, at) => insert(`P${at}`));
	const adapter = rig.open();
	await adapter.describe('lead');
	rig.env.calls.reset();
	rig.env.faults.cutBatch({ afterParts: 1, times: 1 });
	const found = (await allOf(readerOf(adapter).readByIds({ entity: 'lead', ids, select: ['lastname'] }))).flat();
	expect(new Set(found.map(({ id }) => id))).toEqual(new Set(ids));
	expect(rig.env.calls.log.map(({ operations }) => operations.length)).toEqual([3, 2]);
});

test('the difference of the clocks is told once the environment has answered', async () => {
	const adapter = rig.open();
	expect(adapter.clockAheadMs?.()).toBeUndefined();
	now = Date.now() - 3_600_000;
	await adapter.identify();
	expect(Math.abs((adapter.clockAheadMs?.() ?? 0) - 3_600_000)).toBeLessThan(60_000);
});

describe('requests', () => {
	const paths = () => rig.env.calls.log.map(({ kind, headers }) => `${kind} ${headers.prefer}`);

	test('an idle reading is one', async () => {
		const adapter = rig.open();
		const { cursor } = await readOnce(adapter);
		rig.env.calls.reset();
		const idle = await readOnce(adapter, cursor);
		expect(paths()).toEqual(['delta odata.maxpagesize=5000']);
		rig.env.calls.reset();
		await readOnce(adapter, idle.cursor);
		expect(rig.env.calls.total).toBe(1);
	});

	test('changes cost one for each 5,000, however many records there are', async () => {
		const ids = Array.from({ length: 12_000 }, (_, at) => insert(`P${at}`));
		const adapter = rig.open();
		await adapter.describe('lead');
		rig.env.calls.reset();
		const first = await readOnce(adapter);
		expect(first.shown).toHaveLength(12_000);
		expect(first.pages.map(({ records }) => records.length)).toEqual([2_000, 2_000, 1_000, 2_000, 2_000, 1_000, 2_000]);
		expect(new Set(paths())).toEqual(new Set(['delta odata.track-changes,odata.maxpagesize=5000']));
		expect(rig.env.calls.total).toBe(3);
		for (const id of ids.slice(0, 9_500)) rig.env.update('lead', id, { jobtitle: 'Head' });
		for (const id of ids.slice(9_500, 10_000)) rig.env.remove('lead', id);
		rig.env.calls.reset();
		const second = await readOnce(adapter, first.cursor);
		expect([second.shown.length, second.deleted.length, rig.env.calls.total]).toEqual([9_500, 500, 2]);
		rig.env.calls.reset();
		const found = await allOf(readerOf(adapter).readByIds({ entity: 'lead', ids: ids.slice(9_000, 11_000), select: [] }));
		expect([found.flat().length, rig.env.calls.total]).toEqual([1_500, 1]);
	}, 60_000);
});
