import { callApi, soql } from './callApi';
import { startStandin, type Fault, type Org, type Standin } from './index';

describe('faults', () => {
	let standin: Standin;
	let org: Org;
	const lead = { LastName: 'Curie', Company: 'Sorbonne' };
	const create = async () => await callApi(org, 'POST', '/sobjects/Lead', { body: lead });

	beforeEach(async () => {
		standin = await startStandin();
		org = await standin.createOrg();
	});
	afterEach(async () => await standin.close());

	it.each<[string, (org: Org) => Fault, number, string, string]>([
		['alwaysUnauthorized', ({ faults }) => faults.alwaysUnauthorized(), 401, 'INVALID_SESSION_ID', 'Session expired or invalid'],
		['policyUnauthorized', ({ faults }) => faults.policyUnauthorized(), 401, 'INVALID_SESSION_ID', 'This session is not valid for use with the REST API'],
		['requestLimitExceeded', ({ faults }) => faults.requestLimitExceeded(), 403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'],
		['concurrentLimit', ({ faults }) => faults.concurrentLimit(), 403, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.'],
		['apiDisabled', ({ faults }) => faults.apiDisabled(), 403, 'API_DISABLED_FOR_ORG', 'The REST API is not enabled for this Organization.'],
		['serverError', ({ faults }) => faults.serverError({ status: 503 }), 503, 'UNKNOWN_EXCEPTION', ''],
	])('%s answers as Salesforce does, until cleared', async (_name, set, status, errorCode, message) => {
		const fault = set(org);
		const answer = await create();
		expect(answer).toMatchObject({ status, body: [{ errorCode, message: expect.stringContaining(message) as string }] });
		expect(fault.struck).toBe(1);
		expect(org.rows('Lead')).toEqual([]);
		fault.clear();
		expect((await create()).status).toBe(201);
	});

	it('expireSessionsOnce ends the sessions there are, not those to come', async () => {
		const token = org.issueSession();
		org.faults.expireSessionsOnce();
		expect((await callApi(org, 'GET', '/limits', { token })).status).toBe(401);
		expect((await callApi(org, 'GET', '/limits')).status).toBe(200);
	});

	it('resetBeforeCommit and resetAfterCommit cut the connection on their side of the write', async () => {
		org.faults.resetBeforeCommit({ times: 1 });
		await expect(create()).rejects.toThrow('fetch failed');
		expect(org.rows('Lead')).toHaveLength(0);
		org.faults.resetAfterCommit({ times: 1 });
		await expect(create()).rejects.toThrow('fetch failed');
		expect(org.rows('Lead')).toHaveLength(1);
		expect(org.calls.log.map((call) => call.status)).toEqual([0, 0]);
		expect((await create()).status).toBe(201);
	});

	it('rowLock and halfFailedBatch strike single rows', async () => {
		const records = Array.from({ length: 4 }, () => ({ attributes: { type: 'Lead' }, ...lead }));
		const codes = async () => ((await callApi(org, 'POST', '/composite/sobjects', { body: { records } })).body as Array<{ success: boolean; errors: Array<{ statusCode: string }> }>).map((row) => row.errors[0]?.statusCode ?? 'ok');
		org.faults.rowLock({ rows: 2, times: 1 });
		expect(await codes()).toEqual(['UNABLE_TO_LOCK_ROW', 'UNABLE_TO_LOCK_ROW', 'ok', 'ok']);
		org.faults.halfFailedBatch({ times: 1 });
		expect(await codes()).toEqual(['ok', 'UNKNOWN_EXCEPTION', 'ok', 'UNKNOWN_EXCEPTION']);
		expect(await codes()).toEqual(['ok', 'ok', 'ok', 'ok']);
	});

	it('reach only the requests they are meant for', async () => {
		org.faults.serverError({ html: true, times: 2, when: (request) => request.kind === 'query' && request.method === 'GET' });
		expect((await create()).status).toBe(201);
		const broken = await soql(org, 'SELECT Id FROM Lead');
		expect(broken.status).toBe(500);
		expect(broken.headers.get('content-type')).toContain('text/html');
		expect((await soql(org, 'SELECT Id FROM Lead')).status).toBe(500);
		expect((await soql(org, 'SELECT Id FROM Lead')).status).toBe(200);
	});

	it('serverError can hide an answer whose work was done', async () => {
		org.faults.serverError({ html: true, status: 503, afterCommit: true, times: 1 });
		expect(await create()).toMatchObject({ status: 503, body: expect.stringContaining('<html>') as string });
		expect(org.rows('Lead')).toHaveLength(1);
		expect(org.calls.total).toBe(1);
	});

	it('refreshRevoked and omitInstanceUrlOnRefresh act on refreshes', async () => {
		org.addApp({ clientId: 'key', callbackUrls: ['http://127.0.0.1/cb'] });
		const family = org.context.apps.approve(org.context.apps.find('key')!, org.users[0].id, ['api', 'refresh_token']);
		const refresh = async () => {
			const answer = await fetch(`${org.instanceUrl}/services/oauth2/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'refresh_token', client_id: 'key', refresh_token: family.refreshToken }) });
			return (await answer.json()) as Record<string, unknown>;
		};
		org.faults.refreshRevoked({ times: 1 });
		expect(await refresh()).toEqual({ error: 'invalid_grant', error_description: 'expired access/refresh token' });
		org.faults.omitInstanceUrlOnRefresh({ times: 1 });
		expect(await refresh()).not.toHaveProperty('instance_url');
		expect(await refresh()).toHaveProperty('instance_url', org.instanceUrl);
	});

	it('latency delays answers but loses none', async () => {
		org.faults.latency(5);
		expect((await create()).status).toBe(201);
	});
});

describe('counting calls', () => {
	let standin: Standin;
	let org: Org;

	beforeEach(async () => {
		standin = await startStandin();
		org = await standin.createOrg({ apiLimit: 10, apiUsed: 3 });
	});
	afterEach(async () => await standin.close());

	it('counts REST requests of valid sessions, and nothing else', async () => {
		await callApi(org, 'GET', '/services/data');
		await callApi(org, 'GET', '/services/oauth2/userinfo');
		await callApi(org, 'GET', '/limits', { token: 'stale' });
		await fetch(org.instanceUrl);
		expect(org.calls.total).toBe(0);
		await callApi(org, 'GET', '/sobjects/Lead/describe');
		await callApi(org, 'POST', '/composite', { body: { compositeRequest: [{ method: 'GET', url: '/services/data/v65.0/limits', referenceId: 'a' }] } });
		const failed = await callApi(org, 'GET', '/sobjects/Nope');
		expect(org.calls.byKind).toEqual({ describe: 2, composite: 1 });
		expect(failed.headers.get('sforce-limit-info')).toBe('api-usage=6/10');
	});

	it('refuses when the day is used up, and a reset of the counts gives nothing back', async () => {
		org.calls.setUsed(9);
		expect((await callApi(org, 'GET', '/limits')).body).toMatchObject({ DailyApiRequests: { Max: 10, Remaining: 0 } });
		org.resetCalls();
		expect(await callApi(org, 'GET', '/limits')).toMatchObject({ status: 403, body: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED' }] });
		expect(org.calls.log).toMatchObject([{ method: 'GET', path: '/services/data/v65.0/limits', status: 403, apiCalls: 0, headers: { authorization: 'Bearer …' } }]);
	});
});
