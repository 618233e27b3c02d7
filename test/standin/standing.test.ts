import fc from 'fast-check';
import { callApi, soql } from './callApi';
import { startStandin, type Org, type Standin } from './index';
import { askToken } from './signIn';

const redirect = 'http://127.0.0.1/cb';
const day = 24 * 60 * 60_000;

describe('how apps, users and orgs stand', () => {
	let standin: Standin;
	let org: Org;
	let now = 0;

	const app = { clientId: 'key' };
	const authorizeUrl = (host = standin.loginUrl) => `${host}/services/oauth2/authorize?response_type=code&client_id=key&scope=api%20refresh_token&redirect_uri=${redirect}`;
	const signIn = async (host = standin.loginUrl) => {
		const code = new URL(await standin.approve(authorizeUrl(host))).searchParams.get('code') ?? '';
		return (await askToken(host, { grant_type: 'authorization_code', client_id: 'key', client_secret: 'secret', code, redirect_uri: redirect })).body;
	};
	const refresh = async (refreshToken: string, more: Record<string, string> = {}, host = standin.loginUrl) => {
		const { status, body } = await askToken(host, { grant_type: 'refresh_token', client_id: 'key', client_secret: 'secret', refresh_token: refreshToken, ...more });
		return status === 200 ? 'ok' : `${body.error}: ${body.error_description}`;
	};
	const restStatus = async (token: string) => (await callApi(org, 'GET', '/limits', { token })).status;

	beforeEach(async () => {
		now = Date.parse('2026-03-10T12:00:00Z');
		standin = await startStandin({ now: () => now });
		org = await standin.createOrg({ name: 'Acme', sandbox: false });
		org.addApp({ ...app, clientSecret: 'secret', callbackUrls: [redirect] });
	});
	afterEach(async () => await standin.close());

	it('a user is locked after so many wrong passwords in a row, whatever came before', () => {
		const { passwords } = org.context;
		const [user] = org.users;
		const law = fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.constantFrom('right', 'wrong', 'no token'), { maxLength: 20 }), (attempts, typed) => {
			org.setSignInPolicy({ lockout: { attempts, minutes: 0 } });
			const { password, securityToken } = org.resetPassword(user);
			let wrong = 0;
			for (const kind of typed) {
				const answer = passwords.check(user.id, { right: password + securityToken, wrong: `${password}x`, 'no token': password }[kind] ?? '', false);
				if (wrong >= attempts) expect(answer).toBe('locked');
				else {
					expect(answer).toBe({ right: undefined, wrong: 'wrongPassword', 'no token': 'tokenRequired' }[kind]);
					wrong = kind === 'right' ? 0 : wrong + (kind === 'wrong' ? 1 : 0);
				}
			}
		});
		fc.assert(law, { seed: process.env.FC_SEED ? Number(process.env.FC_SEED) : undefined });
	});

	it('a blocked app loses its sessions and gets no more', async () => {
		const { access_token, refresh_token } = await signIn();
		org.changeApp(app, { blocked: true });
		expect(await restStatus(access_token)).toBe(401);
		expect(await refresh(refresh_token)).toBe('OAUTH_APP_BLOCKED: this app is blocked by admin');
		await expect(standin.approve(authorizeUrl())).rejects.toThrow('OAUTH_APP_BLOCKED');
		org.changeApp(app, { blocked: false });
		expect(await refresh(refresh_token)).toBe('ok');
	});

	it('an app that is not installed shows an error without a reason', async () => {
		org.changeApp(app, { installed: false });
		await expect(standin.approve(authorizeUrl())).rejects.toThrow('OAUTH_APPROVAL_ERROR_GENERIC');
	});

	it('a deleted app takes everything with it', async () => {
		const { access_token, refresh_token } = await signIn();
		org.removeApp(app);
		expect(await restStatus(access_token)).toBe(401);
		expect(await refresh(refresh_token)).toBe('invalid_client_id: client identifier invalid');
		org.addApp({ ...app, clientSecret: 'secret', callbackUrls: [redirect] });
		expect(await refresh(refresh_token)).toBe('invalid_grant: expired access/refresh token');
	});

	it('a rotated secret ends the old one and no refresh token', async () => {
		const { access_token, refresh_token } = await signIn();
		const client_secret = org.rotateClientSecret(app);
		expect(await refresh(refresh_token)).toBe('invalid_client: invalid client credentials');
		expect(await refresh(refresh_token, { client_secret })).toBe('ok');
		expect(await restStatus(access_token)).toBe(200);
		expect(org.rotateClientSecret(app, 'chosen')).toBe('chosen');
	});

	it('users whom no admin approved are sent back', async () => {
		org.changeApp(app, { permittedUsers: 'adminApproved' });
		expect(await standin.approve(authorizeUrl())).toContain('error=OAUTH_APP_ACCESS_DENIED');
		org.preauthorize(app, org.users[0]);
		expect((await signIn()).access_token).toBeDefined();
	});

	it('refresh tokens end when idle, when old, or when revoked', async () => {
		org.changeApp(app, { refreshTokenLife: { idleDays: 30 } });
		const { refresh_token } = await signIn();
		for (let month = 0; month < 3; month++) {
			now += 30 * day;
			expect(await refresh(refresh_token)).toBe('ok');
		}
		now += 31 * day;
		expect(await refresh(refresh_token)).toBe('invalid_grant: expired access/refresh token');
		org.changeApp(app, { refreshTokenLife: { days: 10 } });
		const second = (await signIn()).refresh_token;
		now += 9 * day;
		expect(await refresh(second)).toBe('ok');
		now += 2 * day;
		expect(await refresh(second)).toBe('invalid_grant: expired access/refresh token');
		const third = await signIn();
		org.revokeApprovals({ app, user: org.users[0] });
		expect(await refresh(third.refresh_token)).toBe('invalid_grant: expired access/refresh token');
		expect(await restStatus(third.access_token)).toBe(401);
	});

	it('a new password ends sessions, not refresh tokens', async () => {
		const { access_token, refresh_token } = await signIn();
		org.resetPassword(org.users[0]);
		expect(await restStatus(access_token)).toBe(401);
		expect(await refresh(refresh_token)).toBe('ok');
	});

	it.each<[string, (one: Org) => unknown, string]>([
		['frozen', (one) => one.freezeUser(one.users[0]), 'invalid_grant: inactive user'],
		['behind an address', (one) => one.restrictIps(['10.0.0.1'], { user: one.users[0] }), 'invalid_grant: ip restricted'],
		['outside the hours', (one) => one.restrictHours({ from: 0, to: 6 }, { user: one.users[0] }), 'invalid_grant: ip restricted or invalid login hours'],
		['of a dead org', (one) => one.setSignInPolicy({ status: 'inactive' }), 'invalid_grant: inactive organization'],
	])('a user %s refreshes nothing, and keeps the token', async (_what, set, told) => {
		const { refresh_token } = await signIn();
		set(org);
		expect(await refresh(refresh_token)).toBe(told);
		org.freezeUser(org.users[0], false);
		org.restrictIps(null, { user: org.users[0] });
		org.restrictHours(null, { user: org.users[0] });
		org.setSignInPolicy({ status: 'active' });
		expect(await refresh(refresh_token)).toBe('ok');
	});

	it.each<[Parameters<Org['setSignInPolicy']>[0], number, string]>([
		[{ apiAccess: false }, 403, 'API_DISABLED_FOR_ORG'],
		[{ status: 'inactive' }, 401, 'INVALID_SESSION_ID'],
		[{ status: 'locked' }, 403, 'ORG_LOCKED'],
		[{ status: 'trialExpired' }, 403, 'TRIAL_EXPIRED'],
		[{ status: 'maintenance' }, 503, 'ORG_IN_MAINTENANCE'],
	])('an org of %j answers REST with %i %s', async (policy, status, errorCode) => {
		org.setSignInPolicy(policy);
		expect(await callApi(org, 'GET', '/limits')).toMatchObject({ status, body: [{ errorCode }] });
	});

	it('an edition without the API signs in by OAuth and can do nothing', async () => {
		org = await standin.createOrg({ edition: 'Professional Edition' });
		expect(await callApi(org, 'GET', '/limits')).toMatchObject({ status: 403, body: [{ errorCode: 'API_DISABLED_FOR_ORG' }] });
		org.setSignInPolicy({ apiAccess: true });
		expect((await callApi(org, 'GET', '/limits')).status).toBe(200);
	});

	it('an org that wants its own host refuses people at the login host', async () => {
		org.setSignInPolicy({ myDomainOnly: true });
		await expect(standin.approve(authorizeUrl())).rejects.toThrow('access_denied');
		expect((await signIn(org.instanceUrl)).access_token).toBeDefined();
	});

	it('lets an administrator read who signed in and who is locked out', async () => {
		await signIn();
		await refresh('x');
		const history = await soql(org, 'SELECT UserId, Status, LoginType, Application, LoginUrl FROM LoginHistory ORDER BY LoginTime DESC');
		expect(history.body).toMatchObject({ records: [{ UserId: org.users[0].id, Status: 'Success', LoginType: 'Remote Access 2.0', Application: 'CRM Sync', LoginUrl: standin.loginUrl.slice(7) }] });
		org.freezeUser(org.users[0]);
		expect((await soql(org, `SELECT IsFrozen, IsPasswordLocked FROM UserLogin WHERE UserId = '${org.users[0].id}'`)).body).toMatchObject({ records: [{ IsFrozen: true, IsPasswordLocked: false }] });
		expect((await soql(org, "SELECT Id FROM LoginHistory WHERE Status = 'Success'")).status).toBe(400);
		expect(org.signInAttempts.map((attempt) => attempt.grant)).toEqual(['authorization_code', 'refresh_token']);
	});

	it('a refreshed sandbox is another org at the same address', async () => {
		org = await standin.createOrg({ name: 'UAT', sandbox: true, orgId: '00DAA0000000001', passwordFlow: true, users: [{ username: 'ada@acme.example.uat', password: 'Right-1', lastName: 'Lovelace', viewSetup: false }] });
		org.addApp({ ...app, clientSecret: 'secret', callbackUrls: [redirect] });
		org.insert('Lead', { LastName: 'Curie', Company: 'Sorbonne' });
		org.defineField('Lead', { name: 'Size__c', type: 'string' });
		const before = { id: org.id, url: org.instanceUrl, user: org.users[0].id, securityToken: org.credentialsOf(org.users[0]).securityToken, calls: org.calls };
		const { access_token, refresh_token } = await signIn(standin.sandboxLoginUrl);
		org.refreshSandbox();
		expect(org.id).not.toBe(before.id);
		expect(org.instanceUrl).toBe(before.url);
		expect(org.users).toMatchObject([{ username: 'ada@acme.example.uat', lastName: 'Lovelace', permissions: { viewSetup: false } }]);
		expect(org.users[0].id).not.toBe(before.user);
		expect(org.calls).toBe(before.calls);
		expect(await restStatus(access_token)).toBe(401);
		expect(await refresh(refresh_token, {}, standin.sandboxLoginUrl)).toBe('invalid_client_id: client identifier invalid');
		org.addApp({ ...app, clientSecret: 'secret', callbackUrls: [redirect] });
		expect(await refresh(refresh_token, {}, standin.sandboxLoginUrl)).toBe('invalid_grant: expired access/refresh token');
		expect((await soql(org, 'SELECT Id, Name FROM Organization')).body).toMatchObject({ records: [{ Id: org.id, Name: 'UAT' }] });
		expect((await soql(org, 'SELECT Id, Size__c FROM Lead')).body).toMatchObject({ totalSize: 0 });
		const { password, securityToken } = org.credentialsOf(org.users[0]);
		expect([password, securityToken === before.securityToken]).toEqual(['Right-1', false]);
		org.faults.expireSessionsOnce();
		expect((await callApi(org, 'GET', '/sobjects')).status).toBe(200);
		const second = org.id;
		org.refreshSandbox();
		expect([before.id, second]).not.toContain(org.id);
		const production = await standin.createOrg();
		expect(() => production.refreshSandbox()).toThrow('Only a sandbox');
	});
});
