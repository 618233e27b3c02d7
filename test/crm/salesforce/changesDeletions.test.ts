import { allOf } from './ScriptedHttp';
import { readerOf } from '../changesReading';
import { openRig, readOnce, withPart, type Rig } from './rig';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
let now: number;
let rig: Rig;
beforeEach(async () => {
	now = Date.UTC(2026, 10, 22, 7);
	rig = await openRig(() => now);
});
afterEach(() => rig.close());

const insert = (LastName: string) => String(rig.org.insert('Lead', { LastName, Company: 'Acme' }).Id);
const log = 2;

test('who lost a merge is told as deleted, with the winner, and is not there any more', async () => {
	const [master, loser] = ['A', 'B'].map(insert);
	const adapter = rig.open();
	const { cursor } = await readOnce(adapter);
	now += minute;
	rig.org.remove('Lead', loser, { mergedInto: master });
	const { pages } = await readOnce(adapter, cursor);
	expect(pages[0].deleted).toEqual([{ id: loser, deletedAt: '2026-11-22T07:01:00.000Z', mergedInto: master }]);
	const byId = await allOf(readerOf(adapter).readByIds({ entity: 'Lead', ids: [master, loser], select: [] }));
	expect(byId.flat().map(({ id }) => id)).toEqual([master]);
});

test('what was erased for good is told by the log, at two calls while it is looked up and one afterwards', async () => {
	const [emptied, erased] = ['Emptied', 'Erased'].map(insert);
	const adapter = rig.open();
	const { cursor } = await readOnce(adapter);
	now += 30 * minute;
	rig.org.remove('Lead', emptied);
	for (const id of [emptied, erased]) rig.org.purge('Lead', id);
	now += minute;
	rig.org.resetCalls();
	const told = await readOnce(adapter, cursor);
	expect([told.deleted, rig.org.calls.byKind]).toEqual([[emptied, erased], { composite: 1, query: 1 }]);
	now += 20 * minute;
	const { cursor: after } = await readOnce(adapter, told.cursor);
	rig.org.resetCalls();
	expect([(await readOnce(adapter, after)).deleted, rig.org.calls.total]).toEqual([[], 1]);
});

test('what came out of the recycle bin again is no deletion, even where the log still has it', async () => {
	const [back, gone] = ['Back', 'Gone'].map(insert);
	const adapter = rig.open({ tamper: async (request, answer) => (request.body?.includes('/deleted/') ? await withPart(log, (part) => stillListing(part, back), answer) : await answer()) });
	const { cursor } = await readOnce(adapter);
	now += 30 * minute;
	for (const id of [back, gone]) rig.org.remove('Lead', id);
	rig.org.restore('Lead', back);
	now += minute;
	expect(await readOnce(adapter, cursor)).toMatchObject({ shown: ['Back'], deleted: [gone] });
});

function stillListing(part: { body: unknown }, id: string): void {
	(part.body as { deletedRecords: object[] }).deletedRecords.push({ id, deletedDate: '2026-11-22T07:30:00.000+0000' });
}

test('a loser that only the log has within its minute is still told with the winner', async () => {
	const [master, loser] = ['A', 'B'].map(insert);
	const adapter = rig.open({
		tamper: async (request, answer) => (request.body?.includes('/deleted/') ? await withPart(1, (part) => Object.assign(part.body as object, { records: [], totalSize: 0 }), answer) : await answer()),
	});
	const { cursor } = await readOnce(adapter);
	now += 5 * minute;
	rig.org.remove('Lead', loser, { mergedInto: master });
	now += 2 * minute;
	expect((await readOnce(adapter, cursor)).pages[0].deleted).toMatchObject([{ id: loser, mergedInto: master }]);
});

describe('everything is read anew, and said to be', () => {
	test.each<[string, () => void]>([
		['after 15 days', () => {
			now += 15 * day + minute;
		}],
		['when the log was cut', () => {
			now += 3 * hour;
			rig.org.forgetDeletions();
			now += minute;
		}],
		['when time has gone back for long, as after a refresh of the sandbox', () => {
			now -= hour;
		}],
	])('%s', async (_, happens) => {
		insert('Curie');
		now -= day;
		const old = insert('Old');
		now += day;
		const adapter = rig.open();
		const { cursor } = await readOnce(adapter);
		happens();
		const anew = await readOnce(adapter, cursor);
		expect(anew).toMatchObject({ deleted: [], full: true });
		expect(anew.pages.flatMap(({ records }) => records.map(({ id }) => id))).toContain(old);
		now += 20 * minute;
		const later = await readOnce(adapter, anew.cursor);
		expect(later).toMatchObject({ full: false });
	});

	test('when more was deleted than the log can list', async () => {
		insert('Curie');
		const tooMany = { httpStatusCode: 400, body: [{ errorCode: 'EXCEEDED_ID_LIMIT', message: 'too many' }] };
		const adapter = rig.open({ tamper: async (request, answer) => (request.body?.includes('/deleted/') ? await withPart(log, (part) => Object.assign(part, tooMany), answer) : await answer()) });
		const { cursor } = await readOnce(adapter);
		expect(await readOnce(adapter, cursor)).toMatchObject({ shown: ['Curie'], full: true });
	});
});

test('dates that are refused within two hours say nothing of a cut log: the bin is believed, and the log asked again from there', async () => {
	const [binned, erased] = ['Binned', 'Erased'].map(insert);
	now += hour;
	const { cursor } = await readOnce(rig.open());
	now += 90 * minute;
	rig.org.remove('Lead', binned);
	rig.org.purge('Lead', erased);
	now += minute;
	const asked: string[] = [];
	const refusal = { httpStatusCode: 400, body: [{ errorCode: 'INVALID_REPLICATION_DATE', message: 'not now' }] };
	const refusing = rig.open({ tamper: async (request, answer) => (request.body?.includes('/deleted/') ? await withPart(log, (part) => Object.assign(part, refusal), answer) : await answer()) });
	const first = await readOnce(refusing, cursor);
	expect(first).toMatchObject({ deleted: [binned], full: false });
	now += 20 * minute;
	const answering = rig.open({
		tamper: async (request, answer) => {
			asked.push(...(/start=([^&]*)/.exec(decodeURIComponent(request.body ?? ''))?.slice(1) ?? []));
			return await answer();
		},
	});
	expect((await readOnce(answering, first.cursor)).deleted).toEqual([binned, erased]);
	expect(asked).toEqual(['2026-11-22T07:49:00+00:00']);
});

test('an object without a log is followed by the recycle bin, and read anew after 15 days', async () => {
	rig.org.defineObject({ name: 'Parcel__c', fields: [{ name: 'Name', type: 'string' }], replicateable: false });
	const ids = ['A', 'B'].map((Name) => String(rig.org.insert('Parcel__c', { Name }).Id));
	const of = { entity: 'Parcel__c', select: ['Name'] };
	const adapter = rig.open();
	let { cursor } = await readOnce(adapter, undefined, of);
	rig.org.remove('Parcel__c', ids[0]);
	const full = [];
	for (let read = 1; read <= 16; read += 1) {
		const later = await readOnce(adapter, cursor, of);
		if (read === 1) expect(later.deleted).toEqual([ids[0]]);
		full.push(later.full);
		({ cursor } = later);
		now += day;
	}
	expect(full).toEqual([...Array.from({ length: 15 }, () => false), false]);
	expect((await readOnce(adapter, cursor, of)).full).toBe(true);
});
