import { Connection } from 'jsforce';
import { callApi, soql } from './callApi';
import { startStandin, type Org, type Standin } from './index';

const second = 1_000;
const minute = 60 * second;
const day = 24 * 60 * minute;
const began = Date.UTC(2026, 10, 22, 7, 0, 30);

let now: number;
let standin: Standin;
let org: Org;
let connection: Connection;

beforeEach(async () => {
	now = began;
	standin = await startStandin({ now: () => now });
	org = await standin.createOrg();
	connection = new Connection({ instanceUrl: org.instanceUrl, accessToken: org.issueSession(), version: '65.0' });
});
afterEach(async () => await standin.close());

const insert = (LastName: string) => String(org.insert('Lead', { LastName, Company: 'Acme' }).Id);
const span = (fromMinutes: number, toMinutes = 0): [Date, Date] => [new Date(now + fromMinutes * minute), new Date(now + toMinutes * minute)];

describe('jsforce follows changes', () => {
	test('getUpdated tells what was saved in a span of whole minutes, both ends included', async () => {
		const [old, fresh] = [insert('Old'), insert('Fresh')];
		now += 5 * minute;
		org.update('Lead', fresh, { Title: 'x' });
		now += 90 * second;
		await expect(connection.sobject('Lead').updated(...span(-3))).resolves.toEqual({ ids: [fresh], latestDateCovered: '2026-11-22T07:07:00.000+0000' });
		await expect(connection.sobject('Lead').updated(...span(-10))).resolves.toMatchObject({ ids: [old, fresh] });
	});

	test('getDeleted tells what was deleted, erased or merged away, not what came back', async () => {
		const [deleted, erased, loser, back] = ['Deleted', 'Erased', 'Loser', 'Back'].map(insert);
		now += 5 * minute;
		for (const id of [deleted, back]) org.remove('Lead', id);
		org.remove('Lead', loser, { mergedInto: insert('Winner') });
		org.purge('Lead', erased);
		org.restore('Lead', back);
		now += minute;
		const deletedDate = '2026-11-22T07:05:30.000+0000';
		const answer = await connection.sobject('Lead').deleted(...span(-3));
		expect(answer.deletedRecords.toSorted((one, other) => one.id.localeCompare(other.id))).toEqual([deleted, erased, loser].toSorted().map((id) => ({ id, deletedDate })));
		expect(answer).toMatchObject({ earliestDateAvailable: '2026-11-07T07:06:30.000+0000', latestDateCovered: '2026-11-22T07:06:00.000+0000' });
		await expect(connection.sobject('Contact').deleted(...span(-3))).resolves.toMatchObject({ deletedRecords: [] });
	});

	test('queryAll shows the recycle bin and who won a merge, nothing that was erased, and what of it comes back', async () => {
		const [winner, loser, erased] = ['Winner', 'Loser', 'Erased'].map(insert);
		org.remove('Lead', loser, { mergedInto: winner });
		org.purge('Lead', erased);
		const bin = async () => (await connection.query('SELECT Id, MasterRecordId FROM Lead WHERE IsDeleted = TRUE', { scanAll: true })).records;
		expect(await bin()).toMatchObject([{ Id: loser, MasterRecordId: winner }]);
		org.restore('Lead', loser);
		expect(await bin()).toEqual([]);
		expect((await connection.query('SELECT Id FROM Lead')).totalSize).toBe(2);
	});

	test.each<[string, () => [Date, Date], string]>([
		['a span of a minute', () => span(-1), 'endDate must chronologically follow'],
		['a span that ends before it begins', () => span(0, -5), 'endDate must chronologically follow'],
		['a span that begins before deletions are remembered', () => [new Date(now - 16 * day), new Date(now)], 'earliest date'],
	])('%s is refused', async (_, dates, words) => {
		await expect(connection.sobject('Lead').deleted(...dates())).rejects.toMatchObject({ errorCode: 'INVALID_REPLICATION_DATE', message: expect.stringContaining(words) as string });
	});
});

test('a log that was cut no longer reaches back, and the bin is empty', async () => {
	org.remove('Lead', insert('Gone'));
	now += 10 * minute;
	org.forgetDeletions();
	now += 10 * minute;
	await expect(connection.sobject('Lead').deleted(...span(-15))).rejects.toMatchObject({ errorCode: 'INVALID_REPLICATION_DATE' });
	await expect(connection.sobject('Lead').deleted(...span(-9))).resolves.toMatchObject({ deletedRecords: [], earliestDateAvailable: '2026-11-22T07:10:30.000+0000' });
	expect(org.rows('Lead')).toEqual([]);
});

test('a transaction shows nothing before its end, then everything with the time when it was saved; what it covers is not covered before', async () => {
	const [changed, gone] = ['Old', 'Gone'].map(insert);
	now += minute;
	const save = org.beginSave();
	save.update('Lead', changed, { LastName: 'New' });
	save.remove('Lead', gone);
	save.insert('Lead', { LastName: 'Born', Company: 'Acme' });
	now += 8 * minute;
	const shown = async () => (await soql(org, 'SELECT LastName, SystemModstamp FROM Lead ORDER BY LastName')).body as { records: Array<{ LastName: string; SystemModstamp: string }> };
	expect((await shown()).records.map(({ LastName }) => LastName)).toEqual(['Gone', 'Old']);
	await expect(connection.sobject('Lead').deleted(...span(-9))).resolves.toMatchObject({ deletedRecords: [], latestDateCovered: '2026-11-22T07:01:00.000+0000' });
	expect(save.commit()).toHaveLength(3);
	expect((await shown()).records.map(({ LastName, SystemModstamp }) => [LastName, SystemModstamp])).toEqual(['Born', 'New'].map((name) => [name, '2026-11-22T07:01:30.000+0000']));
	await expect(connection.sobject('Lead').deleted(...span(-9))).resolves.toMatchObject({ deletedRecords: [{ id: gone, deletedDate: '2026-11-22T07:01:30.000+0000' }], latestDateCovered: '2026-11-22T07:09:00.000+0000' });
});

test('a deletion that was rolled back is in no log', async () => {
	const id = insert('Stays');
	const parts = [
		{ method: 'DELETE', url: `/services/data/v65.0/sobjects/Lead/${id}`, referenceId: 'a' },
		{ method: 'DELETE', url: '/services/data/v65.0/sobjects/Lead/00Q000000000999', referenceId: 'b' },
	];
	await callApi(org, 'POST', '/composite', { body: { allOrNone: true, compositeRequest: parts } });
	now += 2 * minute;
	await expect(connection.sobject('Lead').deleted(...span(-3))).resolves.toMatchObject({ deletedRecords: [] });
	expect(org.row('Lead', id)).toMatchObject({ IsDeleted: false });
});

test('both travel inside a composite request; an object that is not replicated has neither, nor has one that is hidden', async () => {
	org.defineObject({ name: 'Parcel__c', fields: [], replicateable: false });
	const user = org.addUser({});
	org.setObjectAccess('Contact', { read: false }, { user });
	const dates = `start=${encodeURIComponent('2026-11-22T06:00:00+00:00')}&end=${encodeURIComponent('2026-11-22T07:00:00+00:00')}`;
	const compositeRequest = ['Lead/deleted', 'Lead/updated', 'Parcel__c/deleted', 'Contact/deleted'].map((path) => ({ method: 'GET', url: `/services/data/v65.0/sobjects/${path}/?${dates}`, referenceId: path.replace('/', '') }));
	const { body } = await callApi(org, 'POST', '/composite', { body: { compositeRequest }, token: org.issueSession(user) });
	expect((body as { compositeResponse: Array<{ httpStatusCode: number }> }).compositeResponse.map(({ httpStatusCode }) => httpStatusCode)).toEqual([200, 200, 400, 404]);
	expect(org.calls.byKind).toEqual({ composite: 1 });
});

test('answers tell the time of the org, and pages may be small', async () => {
	for (const name of ['A', 'B', 'C']) insert(name);
	org.limitPages(2);
	const { headers, body } = await soql(org, 'SELECT Id FROM Lead');
	expect(headers.get('date')).toBe('Sun, 22 Nov 2026 07:00:30 GMT');
	expect(body).toMatchObject({ totalSize: 3, done: false, records: [{}, {}] });
	expect((await callApi(org, 'GET', '/services/data')).headers.get('date')).toBe('Sun, 22 Nov 2026 07:00:30 GMT');
});
