import type { ChangePage } from '../../../src/model/changeReader';
import { allOf, leadId } from './ScriptedHttp';
import { readerOf } from '../changesReading';
import { openRig, readOnce, withPart, type Rig, type Tamper } from './rig';

const now = Date.UTC(2026, 10, 22, 7);
let rig: Rig;
beforeEach(async () => {
	rig = await openRig(() => now);
	rig.org.insert('Lead', { LastName: 'Ray', Company: 'Acme' });
});
afterEach(() => rig.close());

const page = (status: number): Tamper => () => ({ status, headers: { 'content-type': 'text/html' }, text: '<!DOCTYPE html><html><title>Proxy</title></html>' });
const answer = (body: unknown): Tamper => () => ({ status: 200, headers: { 'content-type': 'application/json' }, text: JSON.stringify(body) });
/** One part of the answer is something else: the changed records, the recycle bin, the log. */
const part = (at: number, body: unknown): Tamper => async (_request, real) => await withPart(at, (one) => Object.assign(one, { body }), real);
const row = { Id: leadId(1), SystemModstamp: '2026-11-22T07:00:00.000+0000', LastName: 'A' };
const rows = (...records: unknown[]) => ({ totalSize: records.length, done: true, records });
const log = (...deletedRecords: unknown[]) => ({ deletedRecords, latestDateCovered: '2026-11-22T07:00:00.000+0000', earliestDateAvailable: '2026-11-08T07:00:00.000+0000' });

const strange: ReadonlyArray<readonly [string, Tamper]> = [
	['a page with success', page(200)],
	['a page with 403', page(403)],
	['a page with 502', page(502)],
	['no text at all', () => ({ status: 200, headers: {}, text: '' })],
	['null', answer(null)],
	['a list', answer([])],
	['half of the data', () => ({ status: 200, headers: { 'content-type': 'application/json' }, text: '{"compositeResponse":[{"body"' })],
	['no part at all', answer({ compositeResponse: [] })],
	['changes that are no rows', part(0, rows(7))],
	['a row without an id', part(0, rows({ ...row, Id: undefined }))],
	['a row without a stamp', part(0, rows({ ...row, SystemModstamp: null }))],
	['a row with a stamp of no form', part(0, rows({ ...row, SystemModstamp: '22.11.2026' }))],
	['a page without its successor', part(0, { ...rows(row), done: false })],
	['a page whose successor is elsewhere', part(0, { ...rows(row), done: false, nextRecordsUrl: 'https://evil.example/services/data/v67.0/query/01g-2000' })],
];
const strangeLater: ReadonlyArray<readonly [string, Tamper]> = [
	...strange,
	['a bin that is none', part(1, 'x')],
	['a deletion without an id', part(1, rows({ ...row, Id: 'x' }))],
	['a deletion without a stamp', part(1, rows({ Id: row.Id }))],
	['a log without records', part(2, {})],
	['a log of something else', part(2, log({ id: 'x', deletedDate: row.SystemModstamp }))],
	['a log without times', part(2, log({ id: row.Id }))],
];

/** What was concluded from a reading that fails. */
async function concluded(tamper: Tamper, since?: string): Promise<readonly ChangePage[]> {
	let on = false;
	const adapter = rig.open({ tamper: (request, real) => (on ? tamper(request, real) : real()) });
	await adapter.describe('Lead');
	const reader = readerOf(adapter);
	const until = await reader.upperBound();
	on = true;
	const pages: ChangePage[] = [];
	const reading = async () => {
		for await (const one of reader.readChanges({ entity: 'Lead', select: ['LastName'], until, since })) pages.push(one);
	};
	await expect(reading()).rejects.toMatchObject({ name: 'CrmError' });
	return pages;
}

test.each(strange)('%s fails the first reading, and nothing is concluded', async (_, tamper) => {
	expect(await concluded(tamper)).toEqual([]);
});

test.each(strangeLater)('%s fails a later reading, and nothing is concluded', async (_, tamper) => {
	const { cursor } = await readOnce(rig.open());
	expect(await concluded(tamper, cursor)).toEqual([]);
});

test.each<[string, Tamper]>([
	['a page', page(200)],
	['a list of something else', answer([{ name: 'x' }])],
	['an answer without the time', async (request, real) => (request.path === '/services/data' ? { ...(await real()), headers: { 'content-type': 'application/json' } } : await real())],
])('%s is no clock', async (_, tamper) => {
	await expect(readerOf(rig.open({ tamper })).upperBound()).rejects.toMatchObject({ name: 'CrmError', kind: 'unavailable' });
});

test('the time of a gateway is not that of Salesforce', async () => {
	const date = new Date(now + 86_400_000).toUTCString();
	const gateway: Tamper = async (request, real) => (request.path.includes('/query?') ? { status: 200, headers: { date, 'content-type': 'application/json' }, text: '{}' } : await real());
	const adapter = rig.open({ tamper: gateway });
	expect(await readerOf(adapter).upperBound()).toBe('2026-11-22T07:00:00.000Z');
	await expect(adapter.identify()).rejects.toMatchObject({ kind: 'unavailable' });
	expect(Math.abs(Date.now() - now - (adapter.clockAheadMs?.() ?? 0))).toBeLessThan(60_000);
});

describe('a cursor', () => {
	const place = () => ({ v: 1, host: rig.org.instanceUrl, entity: 'Lead', at: '2026-11-22T06:00:00.000Z', gone: '2026-11-22T06:00:00.000Z' });
	const cases: ReadonlyArray<readonly [string, () => unknown]> = [
		['of another org', () => ({ ...place(), host: 'https://other.my.salesforce.com' })],
		['of another object', () => ({ ...place(), entity: 'Contact' })],
		['of a later version', () => ({ ...place(), v: 2 })],
		['without a time', () => ({ ...place(), at: undefined })],
		['with a time of another kind', () => ({ ...place(), gone: 1_700_000_000_000 })],
		['with a time that is part of a statement', () => ({ ...place(), at: "2026-11-22T06:00:00.000Z OR Name != ''" })],
		['with a time that is none', () => ({ ...place(), at: '2026-13-45T06:00:00Z' })],
		['that is a list', () => []],
		['that is null', () => null],
		['that is long', () => ({ ...place(), more: 'x'.repeat(5_000) })],
	];

	test.each(cases)('%s is refused in words, without a call', async (_, cursor) => {
		const adapter = rig.open();
		rig.org.resetCalls();
		await expect(readOnce(adapter, JSON.stringify(cursor()))).rejects.toMatchObject({ kind: 'validation', code: 'CURSOR', remedy: expect.stringContaining('full compare') });
		expect(rig.org.calls.total).toBe(0);
	});

	test('of the same object under another spelling is good', async () => {
		expect((await readOnce(rig.open(), JSON.stringify({ ...place(), entity: 'lead' }))).shown).toEqual(['Ray']);
	});
});

test('a bound that is no point in time is refused without a call', async () => {
	const reading = readerOf(rig.open()).readChanges({ entity: 'Lead', select: [], until: "now' OR Id != '" });
	await expect(allOf(reading)).rejects.toMatchObject({ kind: 'validation', code: 'BOUND' });
	expect(rig.org.calls.total).toBe(0);
});

test('a passing failure of one part is waited for, a lasting one ends the reading', async () => {
	const { cursor } = await readOnce(rig.open());
	let failures = 2;
	const busy = { httpStatusCode: 503, body: [{ errorCode: 'SERVER_UNAVAILABLE', message: 'busy' }] };
	const tamper: Tamper = async (request, real) => (request.body?.includes('queryAll') && (failures -= 1) >= 0 ? await withPart(request.body.includes('/query?') ? 1 : 0, (one) => Object.assign(one, busy), real) : await real());
	expect((await readOnce(rig.open({ tamper }), cursor)).shown).toEqual(['Ray']);
	failures = Infinity;
	await expect(readOnce(rig.open({ tamper }), cursor)).rejects.toMatchObject({ kind: 'unavailable', code: 'SERVER_UNAVAILABLE' });
});

test.each([401, 403])('a log that answers %i is no log without deletions', async (httpStatusCode) => {
	const { cursor } = await readOnce(rig.open());
	const refusal = { httpStatusCode, body: [{ errorCode: httpStatusCode === 401 ? 'INVALID_SESSION_ID' : 'INSUFFICIENT_ACCESS', message: 'no' }] };
	const tamper: Tamper = async (request, real) => (request.body?.includes('/deleted/') ? await withPart(2, (one) => Object.assign(one, refusal), real) : await real());
	await expect(readOnce(rig.open({ tamper }), cursor)).rejects.toMatchObject({ kind: httpStatusCode === 401 ? 'auth' : 'permission' });
});

test('a reading that is stopped ends at once', async () => {
	const stop = new AbortController();
	const adapter = rig.open({ signal: stop.signal });
	await readOnce(adapter);
	stop.abort();
	await expect(readOnce(adapter)).rejects.toMatchObject({ kind: 'cancelled' });
	await expect(allOf(readerOf(adapter).readByIds({ entity: 'Lead', ids: [leadId(1)], select: [] }))).rejects.toMatchObject({ kind: 'cancelled' });
});
