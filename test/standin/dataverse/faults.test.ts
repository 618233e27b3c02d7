import { callDataverse, startDataverse, type Dataverse, type DataverseCall, type Environment, type SystemUser } from './index';

describe('what goes wrong with the stand-in Dataverse', () => {
	let now: number;
	let dataverse: Dataverse;
	let environment: Environment;
	let user: SystemUser;
	const call = async (method: string, path: string, more: DataverseCall = {}) => await callDataverse(environment, method, path, more);
	const create = async () => await call('POST', 'leads', { body: { lastname: 'Curie' } });
	const asUser = async (method: string, path: string, more: DataverseCall = {}) =>
		await call(method, path, { token: await environment.issueToken(user), ...more });
	const error = (code: string, message = '') => ({ error: { code, message: expect.stringContaining(message) as string } });

	beforeEach(async () => {
		now = Date.UTC(2026, 10, 22, 7);
		dataverse = await startDataverse({ now: () => now });
		environment = await dataverse.createEnvironment();
		user = environment.addUser(dataverse.tenant.addUser());
	});
	afterEach(async () => await dataverse.close());

	it.each([
		['requests', '0x80072322', 'Number of requests exceeded the limit of 6000'],
		['time', '0x80072321', 'Combined execution time'],
		['concurrency', '0x80072326', 'Number of concurrent requests exceeded the limit of 52.'],
	] as const)('protects the service: %s', async (limit, code, message) => {
		const fault = environment.faults.serviceProtection(limit, { retryAfter: 17, times: 1 });
		const answer = await create();
		expect(answer).toMatchObject({ status: 429, body: error(code, message) });
		expect(answer.headers.get('retry-after')).toBe('17');
		expect([fault.struck, environment.rows('lead')]).toEqual([1, []]);
		expect((await create()).headers.get('x-ms-dop-hint')).toBe('4');
	});

	it('refuses tokens that are missing, old, or for somewhere else, and names the tenant', async () => {
		const other = await dataverse.createEnvironment();
		const old = await environment.issueToken();
		const missing = await fetch(`${environment.apiUrl}/WhoAmI`);
		expect([missing.status, await missing.text(), missing.headers.get('www-authenticate')]).toEqual([
			401,
			'',
			`Bearer authorization_uri=${dataverse.tenant.authority}/oauth2/authorize, resource_id=${environment.url}/`,
		]);
		expect((await call('GET', 'WhoAmI', { token: await other.issueToken() })).status).toBe(401);
		now += 61 * 60_000;
		expect((await call('GET', 'WhoAmI', { token: old })).status).toBe(401);
		const fresh = await environment.issueToken();
		environment.expireTokens();
		expect((await call('GET', 'WhoAmI', { token: fresh })).status).toBe(401);
		expect((await call('GET', 'WhoAmI')).status).toBe(200);
		environment.faults.alwaysUnauthorized({ times: 1 });
		expect((await call('GET', 'WhoAmI')).status).toBe(401);
	});

	it('knows nobody who was not let in, lets no disabled user in, and closes for administration', async () => {
		const token = await environment.issueToken(user);
		const who = async () => await call('GET', 'WhoAmI', { token });
		environment.setUserDisabled(user, true);
		await expect(who()).resolves.toMatchObject({ status: 403, body: error('0x80040225', 'disabled') });
		environment.setUserDisabled(user, false);
		environment.setMode('administration');
		await expect(who()).resolves.toMatchObject({ status: 403, body: error('0x8004a104', 'currently disabled') });
		expect((await call('GET', 'WhoAmI')).status).toBe(200);
		environment.setMode('available');
		expect((await who()).status).toBe(200);
		environment.removeUser(user);
		await expect(who()).resolves.toMatchObject({ status: 403, body: error('0x80072560', 'The user is not a member of the organization.') });
	});

	it('answers a page where a gateway stands, the environment is gone, or a firewall stops', async () => {
		environment.faults.gatewayError({ times: 1 });
		const gateway = await create();
		expect([gateway.status, gateway.headers.get('content-type'), String(gateway.body).slice(0, 6)]).toEqual([502, 'text/html; charset=us-ascii', '<html>']);
		environment.faults.gatewayError({ status: 504, afterCommit: true, times: 1 });
		expect([(await create()).status, environment.rows('lead').length]).toEqual([504, 1]);
		environment.faults.gatewayError({ status: 504, form: 'json', late: true, times: 1 });
		expect([(await create()).body, environment.rows('lead').length]).toEqual([{ error: { code: 'GatewayTimeout', message: expect.any(String) } }, 1]);
		environment.finishLateWork();
		expect(environment.rows('lead')).toHaveLength(2);
		environment.faults.ipFirewall({ times: 1 });
		await expect(create()).resolves.toMatchObject({ status: 403, body: error('0x80095ffe', 'IP address') });
		environment.setMode('gone');
		expect((await create()).status).toBe(404);
		expect((await fetch(`${environment.url}/main.aspx`)).headers.get('content-type')).toContain('text/html');
	});

	it('cuts connections on either side of the write', async () => {
		environment.faults.resetBeforeCommit({ times: 1 });
		await expect(create()).rejects.toThrow('fetch failed');
		expect(environment.rows('lead')).toHaveLength(0);
		environment.faults.resetAfterCommit({ times: 1 });
		await expect(create()).rejects.toThrow('fetch failed');
		expect(environment.rows('lead')).toHaveLength(1);
		expect(environment.calls.log.map((one) => one.status)).toEqual([0, 0]);
	});

	it('fails single operations, inside a batch too, and only those meant', async () => {
		environment.faults.deadlock({ times: 1, when: ({ kind }) => kind === 'rows' });
		environment.faults.sqlTimeout({ times: 1, when: ({ kind }) => kind === 'query' });
		environment.faults.serverError({ status: 503, times: 1, when: ({ kind }) => kind === 'count' });
		const part =
			'--b\r\nContent-Type: application/http\r\n\r\nPOST /api/data/v9.2/leads HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{"lastname":"x"}\r\n';
		const batch = await call('POST', '$batch', {
			body: `${part}${part}--b--`,
			headers: { 'Content-Type': 'multipart/mixed;boundary=b', Prefer: 'odata.continue-on-error' },
		});
		expect([batch.status, [...String(batch.body).matchAll(/HTTP\/1.1 (\d+)/g)].map(([, status]) => status)]).toEqual([200, ['500', '204']]);
		await expect(call('GET', 'leads')).resolves.toMatchObject({ status: 500, body: error('0x80044151', 'SQL timeout') });
		expect((await call('GET', 'leads/$count')).status).toBe(503);
		expect((await call('GET', 'leads')).status).toBe(200);
	});

	it('shows what the roles of a user allow', async () => {
		environment.insert('lead', { lastname: 'Of the administrator' });
		environment.setTableAccess('lead', { create: false, read: 'user', delete: false }, { user });
		await expect(asUser('POST', 'leads', { body: { lastname: 'x' } })).resolves.toMatchObject({
			status: 403,
			body: error('0x80040220', 'is missing prvCreateLead privilege'),
		});
		await expect(asUser('GET', 'leads?$select=lastname')).resolves.toMatchObject({ status: 200, body: { value: [] } });
		await expect(asUser('GET', `leads(${String(environment.rows('lead')[0].leadid)})`)).resolves.toMatchObject({
			status: 403,
			body: error('0x80040220', 'ReadAccess'),
		});
		environment.setTableAccess('lead', { read: 'none' }, { user });
		await expect(asUser('GET', 'leads')).resolves.toMatchObject({ status: 403, body: error('0x80040220', 'prvReadLead') });
	});

	it('hides or masks secured columns and refuses to write them', async () => {
		const { leadid } = environment.insert('lead', { lastname: 'Curie', mobilephone: '12345', telephone1: '678' });
		environment.secureColumn('lead', 'mobilephone', { read: 'masked' });
		environment.secureColumn('lead', 'telephone1');
		const read = async (as: typeof call) => (await as('GET', `leads(${String(leadid)})?$select=mobilephone,telephone1`)).body;
		expect(await read(asUser)).toMatchObject({ mobilephone: '*****', telephone1: null });
		expect(await read(call)).toMatchObject({ mobilephone: '12345', telephone1: '678' });
		await expect(asUser('PATCH', `leads(${String(leadid)})`, { body: { mobilephone: '1' } })).resolves.toMatchObject({
			status: 403,
			body: error('0x8004f507', 'does not have update permissions to a Mobile Phone secured field on entity Lead'),
		});
		await expect(asUser('POST', 'leads', { body: { telephone1: '1' } })).resolves.toMatchObject({
			status: 403,
			body: error('0x8004f502', 'create permissions'),
		});
		environment.secureColumn('lead', 'telephone1', { read: 'all', update: true }, { user });
		expect(await read(asUser)).toMatchObject({ telephone1: '678' });
	});

	it('acts for somebody else when an administrator asks', async () => {
		await expect(call('GET', 'WhoAmI', { headers: { CallerObjectId: user.objectId } })).resolves.toMatchObject({ body: { UserId: user.id } });
		await expect(asUser('GET', 'WhoAmI', { headers: { CallerObjectId: environment.admin.objectId } })).resolves.toMatchObject({
			status: 403,
			body: error('0x80040220', 'prvActOnBehalfOfAnotherUser'),
		});
	});

	it('writes more into an error when all annotations are asked for, and refuses bodies and paths it cannot read', async () => {
		const { body } = await call('GET', 'leads(11111111-1111-4111-8111-111111111111)', { headers: { Prefer: 'odata.include-annotations="*"' } });
		expect(body).toMatchObject({ error: { '@Microsoft.PowerApps.CDS.ErrorDetails.OperationStatus': '0' } });
		await expect(call('POST', 'leads', { body: '{"lastname":' })).resolves.toMatchObject({ status: 400, body: error('0x80048d19') });
		await expect(call('GET', '/api/data/v8.0/leads')).resolves.toMatchObject({ status: 404 });
		await expect(call('PUT', 'leads')).resolves.toMatchObject({ status: 405 });
	});
});
