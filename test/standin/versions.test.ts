import { Agent, request } from 'node:http';
import { callApi } from './callApi';
import { startStandin, type Org, type Standin } from './index';

describe('versions, addresses and pages', () => {
	let standin: Standin;
	let org: Org;

	beforeAll(async () => {
		standin = await startStandin();
		org = await standin.createOrg({ name: 'Acme' });
	});
	afterAll(async () => await standin.close());

	it('are listed without a session, double slashes or not', async () => {
		for (const path of ['/services/data', '//services/data', '/services//data/']) {
			const versions = (await (await fetch(org.instanceUrl + path)).json()) as Array<{ label: string; version: string; url: string }>;
			expect(versions.at(-1)).toEqual({ label: "Summer '26", version: '67.0', url: '/services/data/v67.0' });
			expect(versions.find((one) => one.version === '65.0')?.label).toBe("Winter '26");
		}
	});

	it.each([['v30.0', 410, 'UNSUPPORTED_API_VERSION'], ['v99.0', 404, 'NOT_FOUND'], ['v65.0/nothing', 404, 'NOT_FOUND']])('answer %s with %d', async (version, status, errorCode) => {
		expect(await callApi(org, 'GET', `/services/data/${version}`)).toMatchObject({ status, body: [{ errorCode }] });
	});

	it('need a session below a version', async () => {
		const answer = await fetch(`${org.instanceUrl}/services/data/v65.0/`);
		expect(answer.status).toBe(401);
		expect(answer.headers.get('content-type')).toBe('application/json;charset=UTF-8');
		expect(await answer.json()).toEqual([{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]);
		expect((await callApi(org, 'GET', '/')).body).toMatchObject({ sobjects: '/services/data/v65.0/sobjects', identity: `${standin.loginUrl}/id/${org.id}/${org.users[0].id}` });
	});

	it('refuse an address that is too long', async () => {
		expect((await callApi(org, 'GET', `/query?q=${'x'.repeat(16_400)}`)).status).toBe(414);
	});

	it('read bodies that come in chunks', async () => {
		const url = new URL(`${org.instanceUrl}/services/oauth2/token`);
		const status = await new Promise((done, fail) => {
			const sent = request(url, { method: 'POST', agent: new Agent(), headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'Transfer-Encoding': 'chunked' } }, (answer) => done([answer.statusCode, sent.getHeader('transfer-encoding')]));
			sent.on('error', fail);
			sent.write('grant_type=refresh_token&client_');
			sent.end('id=nobody');
		});
		expect(status).toEqual([400, 'chunked']);
	});

	it('answer 304 for a description that did not change', async () => {
		const first = await callApi(org, 'GET', '/sobjects/Lead/describe');
		const since = { 'If-Modified-Since': first.headers.get('last-modified') ?? '' };
		expect((await callApi(org, 'GET', '/sobjects/Lead/describe', { headers: since })).status).toBe(304);
	});

	it('show people a record, escaped, and the list it is in', async () => {
		const { Id } = org.insert('Lead', { LastName: '<b>Curie</b>', Company: 'Sorbonne' });
		for (const path of [`/${String(Id)}`, `/lightning/r/Lead/${String(Id)}/view`, '/lightning/o/Lead/list']) {
			const html = await (await fetch(org.instanceUrl + path)).text();
			expect(html).toContain('&#60;b&#62;Curie&#60;/b&#62;');
			expect(html).not.toContain('<b>Curie');
		}
		expect(await (await fetch(org.instanceUrl)).text()).toContain('/lightning/o/Lead/list');
		expect((await fetch(`${org.instanceUrl}/00Q000000000001EAA`)).status).toBe(404);
	});

	it('page through a query as the client asks', async () => {
		for (let index = 0; index < 450; index++) org.insert('Contact', { LastName: `C${index}` });
		const read = async (path: string) => (await callApi(org, 'GET', path, { headers: { 'Sforce-Query-Options': 'batchSize=200' } })).body as { totalSize: number; done: boolean; nextRecordsUrl?: string; records: object[] };
		const first = await read('/query?q=SELECT+Id+FROM+Contact');
		expect(first).toMatchObject({ totalSize: 450, done: false, nextRecordsUrl: expect.stringMatching(/^\/services\/data\/v65\.0\/query\/01g\w{15}-200$/) as string });
		const second = await read(first.nextRecordsUrl ?? '');
		const third = await read(second.nextRecordsUrl ?? '');
		expect([second.records.length, third.records.length, third.done]).toEqual([200, 50, true]);
		org.expireCursors();
		expect(await read(first.nextRecordsUrl ?? '')).toMatchObject([{ errorCode: 'INVALID_QUERY_LOCATOR' }]);
	});
});
