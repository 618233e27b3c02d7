import { startStandin, type Org, type Standin } from './index';

describe('SOAP login', () => {
	let standin: Standin;
	let org: Org;
	let now = 0;

	const call = async (content: string, { host = standin.loginUrl, version = '64.0', kind = 'u', header = '' } = {}) => {
		const body = `<se:Envelope xmlns:se="http://schemas.xmlsoap.org/soap/envelope/"><se:Header>${header}</se:Header><se:Body>${content}</se:Body></se:Envelope>`;
		const answer = await fetch(`${host}/services/Soap/${kind}/${version}`, { method: 'POST', body, headers: { 'Content-Type': 'text/xml', SOAPAction: '""' } });
		return { status: answer.status, type: answer.headers.get('content-type'), xml: await answer.text() };
	};
	const escaped = (text: string) => text.replace(/[&<]/g, (mark) => `&#${mark.charCodeAt(0)};`);
	const login = async ({ username = org.users[0].username, password = secret(), ...how }: { username?: string; password?: string; host?: string; version?: string; kind?: string } = {}) =>
		await call(`<login xmlns="urn:partner.soap.sforce.com"><username>${escaped(username)}</username><password>${escaped(password)}</password></login>`, how);
	const secret = () => org.credentialsOf(org.users[0]).password + org.credentialsOf(org.users[0]).securityToken;
	const part = (xml: string, name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
	const restStatus = async (session = '') => (await fetch(`${org.instanceUrl}/services/data/v65.0/limits`, { headers: { Authorization: `Bearer ${session}` } })).status;

	beforeEach(async () => {
		now = Date.parse('2026-03-10T12:00:00Z');
		standin = await startStandin({ now: () => now });
		org = await standin.createOrg({ name: 'Acme & Co', soapLogin: true });
	});
	afterEach(async () => await standin.close());

	it('answers a session that works on REST, and ends it', async () => {
		const { status, type, xml } = await login();
		expect([status, type]).toEqual([200, 'text/xml;charset=UTF-8']);
		expect(part(xml, 'serverUrl')).toBe(`${org.instanceUrl}/services/Soap/u/64.0/${org.id.slice(0, 15)}`);
		expect([part(xml, 'passwordExpired'), part(xml, 'sandbox'), part(xml, 'sessionSecondsValid'), part(xml, 'organizationName')]).toEqual(['false', 'false', '7200', 'Acme &amp; Co']);
		expect(xml).toContain('<roleId xsi:nil="true"/>');
		const session = part(xml, 'sessionId');
		expect(await restStatus(session)).toBe(200);
		const header = `<SessionHeader xmlns="urn:partner.soap.sforce.com"><sessionId>${session}</sessionId></SessionHeader>`;
		expect((await call('<getUserInfo xmlns="urn:partner.soap.sforce.com"/>', { host: org.instanceUrl, header })).xml).toContain(`<userName>${org.users[0].username}</userName>`);
		expect((await call('<logout xmlns="urn:partner.soap.sforce.com"/>', { host: org.instanceUrl, header })).xml).toContain('<logoutResponse/>');
		expect(await restStatus(session)).toBe(401);
		expect((await call('<logout xmlns="urn:partner.soap.sforce.com"/>', { host: org.instanceUrl, header })).xml).toContain('<faultcode>sf:INVALID_SESSION_ID</faultcode>');
		expect(org.rows('LoginHistory')).toMatchObject([{ LoginType: 'Other Apex API', ApiType: 'SOAP Partner', ApiVersion: '64.0', Status: 'Success' }]);
	});

	it('reads passwords as they are written', async () => {
		org.resetPassword(org.users[0], ' <&\'"0123 ');
		expect((await login()).status).toBe(200);
		expect((await login({ kind: 'c' })).xml).toContain('urn:enterprise.soap.sforce.com');
	});

	it.each<[string, (one: Org) => unknown, string, string]>([
		['a wrong password', (one) => one.resetPassword(one.users[0]), 'INVALID_LOGIN', 'Invalid Password'],
		['a missing security token', (one) => one, 'LOGIN_MUST_USE_SECURITY_TOKEN', 'Failed: API security token required'],
		['an inactive user', (one) => one.setUserActive(one.users[0], false), 'INVALID_LOGIN', 'User is Inactive'],
		['a frozen user', (one) => one.freezeUser(one.users[0]), 'INVALID_LOGIN', 'User Is Frozen'],
		['a locked user', (one) => one.setSignInPolicy({ lockout: { attempts: 0, minutes: 15 } }), 'INVALID_LOGIN', 'Password Lockout'],
		['an address outside the profile', (one) => one.restrictIps(['10.0.0.1']), 'LOGIN_DURING_RESTRICTED_DOMAIN', 'Restricted IP'],
		['an hour outside the profile', (one) => one.restrictHours({ from: 8, to: 12 }), 'LOGIN_DURING_RESTRICTED_TIME', 'Restricted Time'],
		['an org that switched it off', (one) => one.setSignInPolicy({ soapLogin: false }), 'INVALID_OPERATION', 'Failed: SOAP API login() disabled'],
		['an org that wants its own host', (one) => one.setSignInPolicy({ myDomainOnly: true }), 'INVALID_LOGIN', 'Failed: Login through the org’s My Domain required'],
		['an edition without the API', (one) => one.setSignInPolicy({ apiAccess: false }), 'API_DISABLED_FOR_ORG', 'Failed: API disabled'],
		['a locked org', (one) => one.setSignInPolicy({ status: 'locked' }), 'ORG_LOCKED', 'Organization is Locked'],
		['a trial that is over', (one) => one.setSignInPolicy({ status: 'trialExpired' }), 'TRIAL_EXPIRED', 'Trial Expired'],
		['an org in maintenance', (one) => one.setSignInPolicy({ status: 'maintenance' }), 'ORG_IN_MAINTENANCE', 'Organization is in Maintenance'],
	])('refuses %s', async (what, set, code, reason) => {
		const password = what === 'a missing security token' ? org.credentialsOf(org.users[0]).password : secret();
		set(org);
		if (what === 'a locked user') await login({ password: 'wrong' });
		const { status, xml } = await login({ password });
		expect(status).toBe(500);
		expect([part(xml, 'faultcode'), part(xml, 'sf:exceptionCode')]).toEqual([code, code]);
		expect(part(xml, 'faultstring')).toBe(`${code}: ${part(xml, 'sf:exceptionMessage')}`);
		expect(org.signInAttempts[org.signInAttempts.length - 1]).toMatchObject({ grant: 'soap', accepted: false, answer: code, reason });
	});

	it('says of a wrong password what it says of an unknown user', async () => {
		const wrong = await login({ password: 'wrong' });
		expect(wrong.xml).toContain('<faultstring>INVALID_LOGIN: Invalid username, password, security token; or user locked out.</faultstring>');
		expect(await login({ username: 'nobody@example.com' })).toEqual(wrong);
	});

	it('lets an expired password in, to nothing', async () => {
		org.expirePassword(org.users[0]);
		const { status, xml } = await login();
		expect([status, part(xml, 'passwordExpired')]).toEqual([200, 'true']);
		expect(await restStatus(part(xml, 'sessionId'))).toBe(403);
		org.resetPassword(org.users[0]);
		expect(part((await login()).xml, 'passwordExpired')).toBe('false');
	});

	it.each(['65.0', '67.0', '30.0', '99.0', 'x'])('has no login in version %s', async (version) => {
		const { status, xml } = await login({ version });
		expect([status, part(xml, 'faultcode')]).toEqual([500, 'sf:UNSUPPORTED_API_VERSION']);
	});

	it('refuses what it cannot read', async () => {
		for (const content of ['<login', '', '<deleteEverything/>', '<constructor/>']) expect(await call(content)).toMatchObject({ status: 500, xml: expect.stringContaining('<faultcode>soapenv:Client</faultcode>') as string });
	});

	it('sends a sandbox user to the login host of sandboxes', async () => {
		const sandbox = await standin.createOrg({ sandbox: true, soapLogin: true });
		const { username, password, securityToken } = sandbox.credentialsOf(sandbox.users[0]);
		const typed = { username, password: password + securityToken };
		expect((await login(typed)).status).toBe(500);
		expect(part((await login({ ...typed, host: standin.sandboxLoginUrl })).xml, 'sandbox')).toBe('true');
		expect((await login({ ...typed, host: sandbox.instanceUrl })).status).toBe(200);
	});
});
