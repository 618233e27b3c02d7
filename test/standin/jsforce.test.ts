import { Connection, OAuth2 } from 'jsforce';
import { startStandin, type Org, type Standin } from './index';

describe('jsforce against the stand-in', () => {
	let standin: Standin;
	let org: Org;
	let connection: Connection;

	beforeAll(async () => {
		standin = await startStandin();
		org = await standin.createOrg({ name: 'Acme' });
	});
	afterAll(async () => await standin.close());
	beforeEach(() => {
		connection = new Connection({ instanceUrl: org.instanceUrl, accessToken: org.issueSession(), version: '65.0' });
	});

	it('signs in with a code and refreshes when the session ends', async () => {
		org.addApp({ clientId: 'key', clientSecret: 'secret', callbackUrls: ['http://127.0.0.1/callback'] });
		const oauth2 = new OAuth2({ loginUrl: standin.loginUrl, clientId: 'key', clientSecret: 'secret', redirectUri: 'http://127.0.0.1/callback', useVerifier: true });
		const callback = new URL(await standin.approve(oauth2.getAuthorizationUrl({ scope: 'api refresh_token', state: 's1' })));
		expect(callback.searchParams.get('state')).toBe('s1');
		const signedIn = new Connection({ oauth2, version: '65.0' });
		await signedIn.authorize(callback.searchParams.get('code') ?? '');
		expect(signedIn.userInfo).toMatchObject({ organizationId: org.id, id: org.users[0].id });
		org.faults.expireSessionsOnce();
		const before = signedIn.accessToken;
		const { records } = await signedIn.query('SELECT Id, Name FROM Organization');
		expect(records).toMatchObject([{ Id: org.id, Name: 'Acme' }]);
		expect(signedIn.accessToken).not.toBe(before);
		await expect(signedIn.identity()).resolves.toMatchObject({ username: org.users[0].username });
	});

	it('reads 25,000 rows page by page', async () => {
		const many = await standin.createOrg();
		for (let index = 0; index < 25_000; index++) many.insert('Lead', { LastName: `Lead ${index}`, Company: 'Acme' });
		const reader = new Connection({ instanceUrl: many.instanceUrl, accessToken: many.issueSession(), version: '65.0' });
		const { records, done } = await reader.query('SELECT Id, LastName FROM Lead ORDER BY Id', { autoFetch: true, maxFetch: 50_000 });
		expect(done).toBe(true);
		expect(new Set(records.map((record) => record.LastName)).size).toBe(25_000);
		expect(many.calls.byKind).toEqual({ query: 13 });
	});

	it('creates, updates, upserts and deletes single records', async () => {
		const created = await connection.sobject('Lead').create({ LastName: 'Curie', Company: 'Sorbonne', Email: ' Marie@Example.COM ' });
		expect(created).toMatchObject({ success: true, errors: [] });
		const id = String(created.id);
		await connection.sobject('Lead').update({ Id: id, Title: 'Professor' });
		await expect(connection.sobject('Lead').retrieve(id)).resolves.toMatchObject({ Title: 'Professor', Email: 'marie@example.com', Status: 'Open - Not Contacted' });
		await expect(connection.sobject('Lead').upsert({ External_Id__c: 'X1', LastName: 'Noether', Company: 'Göttingen' }, 'External_Id__c')).resolves.toMatchObject({ success: true, created: true });
		await expect(connection.sobject('Lead').upsert({ External_Id__c: 'x1', Title: 'Dr.' }, 'External_Id__c')).resolves.toMatchObject({ success: true, created: false });
		await connection.sobject('Lead').destroy(id);
		await expect(connection.sobject('Lead').retrieve(id)).rejects.toMatchObject({ errorCode: 'ENTITY_IS_DELETED' });
	});

	it('writes collections and reports each row', async () => {
		const results = await connection.sobject('Lead').create([{ LastName: 'One', Company: 'A' }, { LastName: 'Two' }, { LastName: 'Three', Company: 'C', Email: 'none' }]);
		expect(results.map((result) => result.success)).toEqual([true, false, false]);
		expect(results[1]).toEqual({ success: false, errors: [{ statusCode: 'REQUIRED_FIELD_MISSING', message: 'Required fields are missing: [Company]', fields: ['Company'] }] });
		expect(results[2]).toMatchObject({ errors: [{ statusCode: 'INVALID_EMAIL_ADDRESS', fields: ['Email'] }] });
		const upserted = await connection.sobject('Lead').upsert([{ External_Id__c: 'C1', LastName: 'New', Company: 'N' }, { External_Id__c: 'X1', Title: 'Prof.' }], 'External_Id__c');
		expect(upserted).toMatchObject([{ success: true, created: true }, { success: true, created: false }]);
		const deleted = await connection.sobject('Lead').destroy([String(results[0].id), String(upserted[0].id)]);
		expect(deleted.every((result) => result.success)).toBe(true);
	});

	it('runs a composite request as one call', async () => {
		org.resetCalls();
		const answer = await connection.requestPost<{ compositeResponse: Array<{ httpStatusCode: number; body: { id: string } }> }>('/services/data/v65.0/composite', {
			allOrNone: true,
			compositeRequest: [
				{ method: 'POST', url: '/services/data/v65.0/sobjects/Account', referenceId: 'account', body: { Name: 'Institut' } },
				{ method: 'POST', url: '/services/data/v65.0/sobjects/Contact', referenceId: 'contact', body: { LastName: 'Curie', AccountId: '@{account.id}' } },
			],
		});
		expect(answer.compositeResponse.map((part) => part.httpStatusCode)).toEqual([201, 201]);
		expect(org.row('Contact', answer.compositeResponse[1].body.id)).toMatchObject({ AccountId: answer.compositeResponse[0].body.id });
		expect(org.calls.byKind).toEqual({ composite: 1 });
	});

	it('describes objects and reads limits', async () => {
		const described = await connection.sobject('Lead').describe();
		expect(described.fields.find((field) => field.name === 'Company')).toMatchObject({ nillable: false, createable: true, defaultedOnCreate: false, type: 'string', length: 255 });
		expect((await connection.describeGlobal()).sobjects.map((object) => object.name)).toContain('Subscription__c');
		await expect(connection.limits()).resolves.toMatchObject({ DailyApiRequests: { Max: 100_000 } });
		expect(connection.limitInfo.apiUsage).toEqual({ used: org.calls.used, limit: 100_000 });
	});

	it('tells of a refresh that is refused, and signs out', async () => {
		org.addApp({ clientId: 'key', clientSecret: 'secret', callbackUrls: ['http://127.0.0.1/callback'] });
		const oauth2 = new OAuth2({ loginUrl: standin.loginUrl, clientId: 'key', clientSecret: 'secret', redirectUri: 'http://127.0.0.1/callback' });
		const code = new URL(await standin.approve(oauth2.getAuthorizationUrl({}))).searchParams.get('code') ?? '';
		const signedIn = new Connection({ oauth2, version: '65.0' });
		await signedIn.authorize(code);
		await expect(oauth2.requestToken(code)).rejects.toMatchObject({ name: 'invalid_grant', message: 'expired authorization code' });
		org.faults.expireSessionsOnce();
		const fault = org.faults.refreshRevoked();
		await expect(signedIn.query('SELECT Id FROM Lead')).rejects.toThrow('Unable to refresh session due to: expired access/refresh token');
		fault.clear();
		await signedIn.query('SELECT Id FROM Lead');
		const { refreshToken, accessToken } = signedIn;
		await signedIn.logout(true);
		await expect(oauth2.refreshToken(refreshToken ?? '')).rejects.toMatchObject({ name: 'invalid_grant' });
		expect(org.context.sessions.find(accessToken ?? '')).toBeUndefined();
	});

	it('tells why single records were refused', async () => {
		await expect(connection.sobject('Lead').create({ LastName: 'Nobody' })).rejects.toMatchObject({ errorCode: 'REQUIRED_FIELD_MISSING', data: { fields: ['Company'] } });
		await expect(connection.sobject('Nope').create({ LastName: 'Nobody' })).rejects.toMatchObject({ errorCode: 'NOT_FOUND' });
		await expect(connection.sobject('Lead').update({ Id: '00Q000000000001EAA', Title: 'x' })).rejects.toMatchObject({ errorCode: 'INVALID_CROSS_REFERENCE_KEY' });
		org.defineField('Lead', { name: 'Shop_Id__c', type: 'string', externalId: true });
		for (const LastName of ['A', 'B']) org.insert('Lead', { LastName, Company: 'C', Shop_Id__c: 'same' });
		await expect(connection.sobject('Lead').upsert({ Shop_Id__c: 'same', Title: 'x' }, 'Shop_Id__c')).rejects.toMatchObject({ errorCode: 'MULTIPLE_CHOICES' });
	});

	it.each([
		['SELECT Nope FROM Lead', 'INVALID_FIELD'],
		['SELECT Id FROM Nope', 'INVALID_TYPE'],
		['SELECT Id FROM Lead WHERE Name = "x"', 'MALFORMED_QUERY'],
	])('answers %s with %s', async (soql, errorCode) => {
		await expect(connection.query(soql)).rejects.toMatchObject({ errorCode });
	});
});
