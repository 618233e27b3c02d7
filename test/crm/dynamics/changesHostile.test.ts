import type { ChangePage } from '../../../src/model/changeReader';
import { readerOf } from '../changesReading';
import { allOf, json, openRig, readOnce, type Rig, type Tamper } from './rig';

let rig: Rig;
beforeEach(async () => {
	rig = await openRig();
	rig.env.insert('lead', { lastname: 'Ray' });
});
afterEach(() => rig.close());

const page = (status: number): Tamper => () => ({ status, headers: { 'content-type': 'text/html' }, text: '<!DOCTYPE html><html><title>Proxy</title></html>' });
const answer = (body: unknown): Tamper => () => json(200, body);
const row = { leadid: '00000000-0000-4000-8000-000000000001', lastname: 'A', '@odata.etag': 'W/"1"' };
const link = '/api/data/v9.2/leads?$select=lastname&$deltatoken=1';
const gone = { '@odata.context': 'x/$metadata#leads/$deletedEntity', id: row.leadid, reason: 'deleted' };

const strange: ReadonlyArray<readonly [string, Tamper]> = [
	['a page with success', page(200)],
	['a page with 403', page(403)],
	['a page with 404', page(404)],
	['a page with 502', page(502)],
	['no text at all', () => ({ status: 200, headers: {}, text: '' })],
	['null', answer(null)],
	['a list', answer([])],
	['half of the data', () => ({ status: 200, headers: { 'content-type': 'application/json' }, text: '{"value":[{"leadid"' })],
	['rows that are none', answer({ value: [7], '@odata.deltaLink': link })],
	['a row without an id', answer({ value: [{ ...row, leadid: undefined }], '@odata.deltaLink': link })],
	['a row without a version', answer({ value: [{ ...row, '@odata.etag': undefined }], '@odata.deltaLink': link })],
	['a version that ends a header', answer({ value: [{ ...row, '@odata.etag': 'W/"1"\r\nx: y' }], '@odata.deltaLink': link })],
	['rows without any link', answer({ value: [row] })],
	['a link to another table', answer({ value: [row], '@odata.deltaLink': '/api/data/v9.2/contacts?$deltatoken=1' })],
	['a link without a token', answer({ value: [row], '@odata.deltaLink': '/api/data/v9.2/leads?$select=lastname' })],
	['a link out of the API', answer({ value: [row], '@odata.deltaLink': '/api/data/v9.2/../leads?$deltatoken=1' })],
	['a second line in the link', answer({ value: [row], '@odata.deltaLink': `${link} HTTP/1.1\r\nx: y` })],
	['a deletion of another table', answer({ value: [{ ...gone, '@odata.context': 'x/$metadata#contacts/$deletedEntity' }], '@odata.deltaLink': link })],
	['a deletion of nobody', answer({ value: [{ ...gone, id: 'x' }], '@odata.deltaLink': link })],
	['the same page again and again', answer({ value: [], '@odata.nextLink': '/api/data/v9.2/leads?$skiptoken=1' })],
	['a redirect', () => ({ status: 302, headers: { location: 'https://evil.example' }, text: '' })],
];

describe.each(strange)('%s', (_, tamper) => {
	test.each(['the first reading', 'a later one'])('fails %s, and nothing is concluded', async (which) => {
		const { cursor } = await readOnce(rig.open());
		let on = false;
		const adapter = rig.open({ tamper: (request, real) => (on ? tamper(request, real) : real()) });
		await adapter.describe('lead');
		on = true;
		const reader = readerOf(adapter);
		const pages: ChangePage[] = [];
		const reading = async () => {
			for await (const one of reader.readChanges({ entity: 'lead', select: ['lastname'], until: 'now', ...(which === 'a later one' ? { since: cursor } : {}) })) pages.push(one);
		};
		await expect(reading()).rejects.toMatchObject({ name: 'CrmError', kind: 'unavailable' });
		expect(pages.flatMap(({ records, deleted }) => [...records, ...deleted])).toEqual([]);
		expect(pages.every(({ cursor: end }) => end === undefined)).toBe(true);
	});
});

test('an empty answer to a link says that nothing changed, and the link stays', async () => {
	const { cursor } = await readOnce(rig.open());
	for (const body of [{}, { '@odata.context': 'x', value: [] }]) {
		const adapter = rig.open({ tamper: (request, real) => (request.path.includes('$deltatoken') ? json(200, body) : real()) });
		expect(await readOnce(adapter, cursor)).toMatchObject({ shown: [], deleted: [], full: false, cursor });
	}
});

test('what left the rows for another reason than deletion is not deleted', async () => {
	const { cursor } = await readOnce(rig.open());
	const adapter = rig.open({ tamper: (request, real) => (request.path.includes('$deltatoken') ? json(200, { value: [{ ...gone, reason: 'changed' }], '@odata.deltaLink': link }) : real()) });
	expect(await readOnce(adapter, cursor)).toMatchObject({ shown: [], deleted: [] });
});

test('links lead to our own host only', async () => {
	const adapter = rig.open({ tamper: (request, real) => (request.path.includes('leads?') ? json(200, { value: [], '@odata.deltaLink': `https://evil.example${link}` }) : real()) });
	const { cursor } = await readOnce(adapter);
	rig.requests.length = 0;
	expect(cursor).not.toContain('evil');
	await readOnce(adapter, cursor);
	expect(rig.requests.every(({ path }) => path.startsWith('/api/data/v9.2/'))).toBe(true);
});

describe('a cursor', () => {
	const place = () => ({ v: 1, host: rig.env.url, table: 'lead' });
	const delta = { how: 'delta', link: '$select=lastname&$deltatoken=1' };
	const cases: ReadonlyArray<readonly [string, () => unknown]> = [
		['of another environment', () => ({ ...place(), ...delta, host: 'https://other.crm.dynamics.com' })],
		['of another table', () => ({ ...place(), ...delta, table: 'contact' })],
		['of a later version', () => ({ ...place(), ...delta, v: 2 })],
		['without a token', () => ({ ...place(), how: 'delta', link: '$select=lastname' })],
		['with a second line', () => ({ ...place(), how: 'delta', link: '$deltatoken=1 HTTP/1.1\r\nx: y' })],
		['with a fragment', () => ({ ...place(), how: 'delta', link: 'x=1#&$deltatoken=1' })],
		['of no kind', () => ({ ...place(), how: 'guess', link: delta.link })],
		['with a time that is none', () => ({ ...place(), how: 'modified', at: 9e15, triedAt: 0, why: 'off' })],
		['that is a list', () => []],
		['that is null', () => null],
	];

	test.each([...cases, ['that is no data', () => undefined] as const])('%s is refused in words, without a request', async (_, cursor) => {
		const text = JSON.stringify(cursor()) ?? 'Ä'.repeat(50_000);
		const adapter = rig.open();
		rig.requests.length = 0;
		await expect(readOnce(adapter, text)).rejects.toMatchObject({ name: 'CrmError', kind: 'validation', code: 'CURSOR', remedy: expect.stringContaining('full compare') });
		expect(rig.requests).toEqual([]);
	});

	test('whose link Dataverse does not know leads to a full reading', async () => {
		const adapter = rig.open();
		const { cursor } = await readOnce(adapter);
		expect(await readOnce(adapter, cursor.replace(/deltatoken=[^"]*/, 'deltatoken=made%20up'))).toMatchObject({ shown: ['Ray'], full: true });
	});
});

test('a passing failure is waited for, as long as the environment asks; a lasting one ends the reading', async () => {
	const adapter = rig.open();
	const { cursor } = await readOnce(adapter);
	rig.env.insert('lead', { lastname: 'Sue' });
	for (const strike of [() => rig.env.faults.serverError({ status: 503, times: 2 }), () => rig.env.faults.serviceProtection('requests', { retryAfter: 0, times: 2 }), () => rig.env.faults.resetAfterCommit({ times: 1 })]) {
		strike();
		expect((await readOnce(adapter, cursor)).shown).toEqual(['Sue']);
	}
	rig.env.faults.serviceProtection('requests', { retryAfter: 300 });
	rig.env.calls.reset();
	await expect(readOnce(adapter, cursor)).rejects.toMatchObject({ kind: 'throttled', retryAfterMs: 300_000 });
	expect(rig.env.calls.total).toBe(1);
});

test('a reading that is stopped ends at once', async () => {
	const stop = new AbortController();
	const adapter = rig.open({ signal: stop.signal });
	await readOnce(adapter);
	stop.abort();
	await expect(readOnce(adapter)).rejects.toMatchObject({ kind: 'cancelled' });
	await expect(allOf(readerOf(adapter).readByIds({ entity: 'lead', ids: [row.leadid], select: [] }))).rejects.toMatchObject({ kind: 'cancelled' });
});
