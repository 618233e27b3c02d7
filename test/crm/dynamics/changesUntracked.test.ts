import type { SystemUser } from '../../standin/dataverse';
import { readerOf } from '../changesReading';
import { openRig, readOnce, type Rig } from './rig';

const minute = 60_000;
let now: number;
let rig: Rig;
let user: SystemUser;
beforeEach(async () => {
	now = Date.UTC(2026, 10, 22, 7);
	rig = await openRig({ now: () => now });
	user = rig.env.addUser(rig.env.tenant.addUser({}));
});
afterEach(() => rig.close());

const insert = (lastname: string) => String(rig.env.insert('lead', { lastname, ownerid: { table: 'systemuser', id: user.id } }).leadid);
const change = (id: string, lastname: string) => rig.env.update('lead', id, { lastname });

const causes: ReadonlyArray<readonly [string, string, () => void, () => void]> = [
	['change tracking is off for the table', 'Track changes', () => rig.env.setChangeTracking('lead', false), () => rig.env.setChangeTracking('lead', true)],
	['the signed-in user may not read all records', 'security role', () => rig.env.setTableAccess('lead', { read: 'user' }, { user }), () => rig.env.setTableAccess('lead', {}, { user })],
];

describe.each(causes)('where %s', (words, remedy, untrack, track) => {
	test('what was modified is found, deletions are not, and a person is told once', async () => {
		untrack();
		const [ray, sue] = ['Ray', 'Sue'].map(insert);
		const adapter = rig.open({ user });
		expect([readerOf(adapter).tellsDeletions, adapter.changeGaps?.()]).toEqual([true, []]);
		const first = await readOnce(adapter);
		expect(first).toMatchObject({ shown: ['Ray', 'Sue'], deleted: [], full: true });
		now += 20 * minute;
		change(ray, 'Raymond');
		rig.env.remove('lead', sue);
		expect(await readOnce(adapter, first.cursor)).toMatchObject({ shown: ['Raymond'], deleted: [], full: false });
		expect(readerOf(adapter).tellsDeletions).toBe(false);
		expect(adapter.changeGaps?.()).toEqual([{ entity: 'lead', words: expect.stringContaining(words), remedy: expect.stringContaining(remedy) }]);
	});

	test('a record is shown again until a reading ended ten minutes after it, and then no more; each reading is one request', async () => {
		untrack();
		insert('Ray');
		const adapter = rig.open({ user });
		let { cursor } = await readOnce(adapter);
		const seen = [];
		for (const wait of [5, 5, 1, 1]) {
			now += wait * minute;
			rig.env.calls.reset();
			const again = await readOnce(adapter, cursor);
			seen.push([again.shown.length, rig.env.calls.total]);
			({ cursor } = again);
		}
		expect(seen).toEqual([[1, 1], [1, 1], [1, 1], [0, 1]]);
	});

	test('a change that becomes visible late, with the time when it was begun, is found', async () => {
		untrack();
		const id = insert('Ray');
		const adapter = rig.open({ user });
		now += 60 * minute;
		const { cursor } = await readOnce(adapter);
		rig.env.update('lead', id, { lastname: 'Late', modifiedon: new Date(now - 9 * minute).toISOString() });
		expect((await readOnce(adapter, cursor)).shown).toEqual(['Late']);
	});

	test('tracking is tried again after a day, and everything read anew when it is there', async () => {
		untrack();
		insert('Ray');
		const adapter = rig.open({ user });
		let { cursor } = await readOnce(adapter);
		for (const hours of [23, 2]) {
			now += hours * 60 * minute;
			({ cursor } = await readOnce(adapter, cursor));
		}
		rig.env.calls.reset();
		const tried = await readOnce(adapter, cursor);
		expect([tried.full, rig.env.calls.byKind.delta]).toEqual([false, 1]);
		track();
		now += 23 * 60 * minute;
		const still = await readOnce(adapter, tried.cursor);
		expect(still.full).toBe(false);
		now += 2 * 60 * minute;
		({ cursor } = await readOnce(adapter, still.cursor));
		expect(await readOnce(adapter, cursor)).toMatchObject({ shown: ['Ray'], full: true });
		expect([readerOf(adapter).tellsDeletions, adapter.changeGaps?.()]).toEqual([true, []]);
	});

	test('when that comes about later, everything is read anew', async () => {
		insert('Ray');
		const adapter = rig.open({ user });
		const { cursor } = await readOnce(adapter);
		untrack();
		const anew = await readOnce(adapter, cursor);
		expect(anew).toMatchObject({ shown: ['Ray'], full: true });
		now += 20 * minute;
		const next = await readOnce(adapter, anew.cursor);
		expect(await readOnce(adapter, next.cursor)).toMatchObject({ shown: [], full: false });
	});
});

test('pages neither overlap nor leave a gap, although a record is changed while they are read', async () => {
	rig.env.setChangeTracking('lead', false);
	const ids = Array.from({ length: 5_100 }, (_, at) => insert(`P${at}`));
	const adapter = rig.open();
	const reader = readerOf(adapter);
	const shown: string[] = [];
	let cursor: string | undefined;
	let changed = false;
	for await (const page of reader.readChanges({ entity: 'lead', select: [], until: await reader.upperBound() })) {
		shown.push(...page.records.map(({ id }) => id));
		({ cursor } = page);
		if (changed) continue;
		now += minute;
		change(shown[0], 'Changed');
		changed = true;
	}
	expect(new Set(shown)).toEqual(new Set(ids));
	expect(shown).toHaveLength(5_101);
	expect((await readOnce(adapter, cursor)).shown).toContain('Changed');
}, 60_000);

test('who may not read the table at all is told so', async () => {
	rig.env.setTableAccess('lead', { read: 'none' }, { user });
	await expect(readOnce(rig.open({ user }))).rejects.toMatchObject({ name: 'CrmError', kind: 'permission' });
});

test('a table that tells neither changes nor times is refused in words', async () => {
	rig.env.addTable({ name: 'new_event', system: true, columns: [{ name: 'new_name', type: 'String' }] });
	await expect(readOnce(rig.open(), undefined, { entity: 'new_event', select: ['new_name'] })).rejects.toMatchObject({ kind: 'validation', message: expect.stringContaining('Nobody can tell what changes') });
});
