import { startStandin, type Org, type Standin } from './index';
import { askToken, assertionOf, newKeys, signatureOf, type AssertionClaims } from './signIn';

const keys = newKeys();
const others = newKeys();
const failure = { status: 400, body: { error: 'invalid_grant', error_description: 'authentication failure' } };

describe('grants without a browser', () => {
	let standin: Standin;
	let org: Org;
	let now = 0;

	const secrets = () => org.credentialsOf(org.users[0]);
	const byPassword = async (more: Record<string, string> = {}, host = org.instanceUrl) => {
		const { username, password, securityToken } = secrets();
		return await askToken(host, { grant_type: 'password', client_id: 'key', client_secret: 'secret', username, password: password + securityToken, ...more });
	};
	const byClient = async (more: Record<string, string> = {}, host = org.instanceUrl) => await askToken(host, { grant_type: 'client_credentials', client_id: 'key', client_secret: 'secret', ...more });
	const byAssertion = async (more: Partial<AssertionClaims> = {}, signedBy = keys) => {
		const claims = { iss: 'key', sub: org.users[0].username, aud: standin.loginUrl, exp: Math.floor(now / 1000) + 180, ...more };
		return await askToken(standin.loginUrl, { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: await assertionOf(claims, signedBy) });
	};
	const restStatus = async (accessToken: string) => (await fetch(`${org.instanceUrl}/services/data/v65.0/limits`, { headers: { Authorization: `Bearer ${accessToken}` } })).status;
	const lastAttempt = () => org.signInAttempts[org.signInAttempts.length - 1];

	beforeEach(async () => {
		now = Date.parse('2026-03-10T12:00:00Z');
		standin = await startStandin({ now: () => now });
		org = await standin.createOrg({ name: 'Acme', passwordFlow: true });
		org.addApp({ clientId: 'key', clientSecret: 'secret', certificate: keys.certificate, runAs: org.users[0].id });
	});
	afterEach(async () => await standin.close());

	describe('user name and password', () => {
		it('answers the fields of the flow, at the login host and at My Domain', async () => {
			for (const host of [standin.loginUrl, org.instanceUrl]) {
				const { status, body } = await byPassword({}, host);
				expect(status).toBe(200);
				expect(Object.keys(body).sort()).toEqual(['access_token', 'id', 'instance_url', 'issued_at', 'signature', 'token_type']);
				expect(body).toMatchObject({ instance_url: org.instanceUrl, id: `${standin.loginUrl}/id/${org.id}/${org.users[0].id}`, issued_at: String(now), signature: signatureOf('secret', body) });
				expect(await restStatus(body.access_token)).toBe(200);
			}
			expect(org.signInAttempts).toMatchObject([{ host: 'login', accepted: true, answer: 'ok' }, { host: 'myDomain', grant: 'password', clientId: 'key', username: org.users[0].username }]);
		});

		it('needs the security token unless the network is trusted', async () => {
			expect(await byPassword({ password: secrets().password })).toEqual(failure);
			expect(lastAttempt().reason).toBe('Failed: API security token required');
			org.setSignInPolicy({ trustedIps: ['127.0.0.1-127.0.0.9'] });
			expect((await byPassword({ password: secrets().password })).status).toBe(200);
		});

		it.each<[string, (one: Org) => unknown, string]>([
			['an org without the flow', (one) => one.setSignInPolicy({ passwordFlow: false }), 'Username-Password Flow Disabled'],
			['an external client app', (one) => one.changeApp({ clientId: 'key' }, { kind: 'externalClientApp' }), 'Username-Password Flow Disabled'],
			['an inactive user', (one) => one.setUserActive(one.users[0], false), 'User is Inactive'],
			['a frozen user', (one) => one.freezeUser(one.users[0]), 'User Is Frozen'],
			['an address outside the profile', (one) => one.restrictIps(['10.0.0.1']), 'Restricted IP'],
			['an hour outside the profile', (one) => one.restrictHours({ from: 8, to: 12 }), 'Restricted Time'],
			['an org that was locked', (one) => one.setSignInPolicy({ status: 'locked' }), 'Organization is Locked'],
		])('tells %s nothing but a failure, and Login History why', async (_what, set, reason) => {
			set(org);
			expect(await byPassword()).toEqual(failure);
			expect(lastAttempt()).toMatchObject({ accepted: false, reason, answer: 'invalid_grant: authentication failure' });
			expect(org.rows('LoginHistory')).toMatchObject([{ UserId: org.users[0].id, Status: reason, LoginType: 'Remote Access 2.0', Application: 'CRM Sync', SourceIp: '127.0.0.1' }]);
		});

		it('takes neither the old password nor the old token after a reset, and ends the sessions', async () => {
			const before = secrets();
			const { body } = await byPassword();
			const after = org.resetPassword(org.users[0]);
			expect(await restStatus(body.access_token)).toBe(401);
			expect(await byPassword({ password: before.password + before.securityToken })).toEqual(failure);
			expect(await byPassword({ password: after.password + before.securityToken })).toEqual(failure);
			expect((await byPassword({ password: after.password + after.securityToken })).status).toBe(200);
			const token = org.resetSecurityToken(org.users[0]);
			expect(await byPassword({ password: after.password + after.securityToken })).toEqual(failure);
			expect((await byPassword({ password: after.password + token })).status).toBe(200);
		});

		it('locks a user after wrong passwords, for a time or until unlocked', async () => {
			org.setSignInPolicy({ lockout: { attempts: 3, minutes: 15 } });
			for (let count = 0; count < 3; count++) await byPassword({ password: 'wrong' });
			expect(await byPassword()).toEqual(failure);
			expect(org.signInAttempts.map((attempt) => attempt.reason)).toEqual(['Invalid Password', 'Invalid Password', 'Invalid Password', 'Password Lockout']);
			expect(org.rows('UserLogin')).toMatchObject([{ UserId: org.users[0].id, IsPasswordLocked: true, IsFrozen: false }]);
			now += 15 * 60_000;
			expect((await byPassword()).status).toBe(200);
			org.setSignInPolicy({ lockout: { attempts: 1, minutes: 0 } });
			await byPassword({ password: 'wrong' });
			now += 24 * 60 * 60_000;
			expect(await byPassword()).toEqual(failure);
			org.unlock(org.users[0]);
			expect((await byPassword()).status).toBe(200);
		});

		it('gives a session that can do nothing while the password is expired', async () => {
			org.expirePassword(org.users[0]);
			const { body } = await byPassword();
			const answer = await fetch(`${org.instanceUrl}/services/data/v65.0/limits`, { headers: { Authorization: `Bearer ${body.access_token}` } });
			expect([answer.status, await answer.json()]).toMatchObject([403, [{ errorCode: 'INVALID_OPERATION_WITH_EXPIRED_PASSWORD' }]]);
		});

		it('refuses a sandbox user at the login host of production, and a user of nowhere', async () => {
			const sandbox = await standin.createOrg({ sandbox: true, passwordFlow: true });
			sandbox.addApp({ clientId: 'key', clientSecret: 'secret' });
			const { username, password, securityToken } = sandbox.credentialsOf(sandbox.users[0]);
			const typed = { username, password: password + securityToken };
			expect(await byPassword(typed, standin.loginUrl)).toEqual(failure);
			expect((await byPassword(typed, standin.sandboxLoginUrl)).status).toBe(200);
			expect(standin.signInAttempts).toMatchObject([{ username, host: 'login', accepted: false, reason: 'Invalid Login' }, { username, host: 'sandboxLogin', accepted: true }]);
			expect(sandbox.signInAttempts).toHaveLength(1);
			expect(await byPassword({ username: 'nobody@example.com' })).toEqual(failure);
			expect(org.signInAttempts).toMatchObject([{ username: 'nobody@example.com', reason: 'Invalid Login' }]);
			expect(org.rows('LoginHistory')).toEqual([]);
		});

		it('knows no secret by heart', async () => {
			await byPassword();
			await byPassword({ password: 'Wrong-One-1' });
			const kept = JSON.stringify([org.signInAttempts, org.calls.log, org.rows('LoginHistory')]);
			for (const secret of [secrets().password, secrets().securityToken, 'Wrong-One-1']) expect(kept).not.toContain(secret);
		});
	});

	describe('client credentials', () => {
		it('signs in as the run-as user, with the client in the form or in the header', async () => {
			const { body } = await byClient();
			expect(Object.keys(body).sort()).toEqual(['access_token', 'api_instance_url', 'id', 'instance_url', 'issued_at', 'scope', 'signature', 'token_type']);
			expect(body.scope.split(' ')).not.toEqual(expect.arrayContaining(['full']));
			expect(await restStatus(body.access_token)).toBe(200);
			const basic = await askToken(org.instanceUrl, { grant_type: 'client_credentials' }, { Authorization: `Basic ${Buffer.from('key:secret').toString('base64')}` });
			expect(basic).toMatchObject({ status: 200, body: { id: body.id } });
		});

		it('is refused at a login host', async () => {
			expect(await byClient({}, standin.loginUrl)).toEqual({ status: 400, body: { error: 'invalid_grant', error_description: 'request not supported on this domain' } });
		});

		it.each<[string, (one: Org) => unknown, string]>([
			['the flow is off', (one) => one.changeApp({ clientId: 'key' }, { runAs: undefined }), 'invalid_grant: client credentials flow not enabled'],
			['nobody is named to run as', (one) => one.changeApp({ clientId: 'key' }, { runAs: null }), 'invalid_grant: no client credentials user enabled'],
			['the run-as user is inactive', (one) => one.setUserActive(one.users[0], false), 'invalid_grant: inactive user'],
			['the secret was rotated', (one) => one.rotateClientSecret({ clientId: 'key' }), 'invalid_client: invalid client credentials'],
			['the app was deleted', (one) => one.removeApp({ clientId: 'key' }), 'invalid_client_id: client identifier invalid'],
			['the app is not installed', (one) => one.changeApp({ clientId: 'key' }, { installed: false }), 'invalid_client: app must be installed into org'],
			['the external app is not of this org', (one) => one.changeApp({ clientId: 'key' }, { installed: false, kind: 'externalClientApp' }), 'app_not_found: External client app is not installed in this org'],
			['the app is blocked', (one) => one.changeApp({ clientId: 'key' }, { blocked: true }), 'OAUTH_APP_BLOCKED: this app is blocked by admin'],
			['the app is for other addresses', (one) => one.changeApp({ clientId: 'key' }, { ipRanges: ['10.0.0.0-10.0.0.9'] }), 'invalid_grant: ip restricted'],
			['the profile is for other addresses', (one) => one.restrictIps(['10.0.0.1']), 'invalid_grant: ip restricted'],
			['it is too late in the day', (one) => one.restrictHours({ from: 8, to: 12 }), 'invalid_grant: ip restricted or invalid login hours'],
			['the user is not approved', (one) => one.changeApp({ clientId: 'key' }, { permittedUsers: 'adminApproved' }), 'invalid_app_access: user is not admin approved to access this app'],
			['the trial is over', (one) => one.setSignInPolicy({ status: 'trialExpired' }), 'invalid_grant: inactive organization'],
		])('refuses when %s', async (_what, set, told) => {
			set(org);
			const { status, body } = await byClient();
			expect([status, `${body.error}: ${body.error_description}`]).toEqual([400, told]);
			expect(lastAttempt()).toMatchObject({ grant: 'client_credentials', accepted: false, answer: told });
		});

		it('takes the new secret after a rotation, and an app that relaxes addresses', async () => {
			const secret = org.rotateClientSecret({ clientId: 'key' });
			expect((await byClient({ client_secret: secret })).status).toBe(200);
			org.restrictIps(['10.0.0.1']);
			org.changeApp({ clientId: 'key' }, { relaxIps: true });
			expect((await byClient({ client_secret: secret })).status).toBe(200);
		});
	});

	describe('JWT bearer', () => {
		beforeEach(() => {
			org.changeApp({ clientId: 'key' }, { permittedUsers: 'adminApproved' });
			org.preauthorize({ clientId: 'key' }, org.users[0]);
		});

		it('answers less than other grants', async () => {
			const { body } = await byAssertion();
			expect(Object.keys(body).sort()).toEqual(['access_token', 'id', 'instance_url', 'scope', 'token_type']);
			expect(await restStatus(body.access_token)).toBe(200);
			expect(lastAttempt()).toMatchObject({ grant: 'jwt-bearer', accepted: true, clientId: 'key', username: org.users[0].username });
		});

		it('takes an assertion that lives for ages, as the Salesforce CLI makes them', async () => {
			expect((await byAssertion({ exp: now + 300 })).status).toBe(200);
		});

		it.each(['https://login.salesforce.com', 'https://login.salesforce.com/'])('takes the real name of the login host as the audience: %s', async (aud) => {
			expect((await byAssertion({ aud })).status).toBe(200);
		});

		it.each<[string, Partial<AssertionClaims>, string]>([
			['an unknown app', { iss: 'other' }, 'invalid_client_id: client identifier invalid'],
			['the audience of sandboxes', { aud: 'https://test.salesforce.com' }, 'invalid_grant: Audience validation failed'],
			['an unknown user', { sub: 'nobody@example.com' }, "invalid_grant: user hasn't approved this consumer"],
			['an assertion of the past', { exp: Date.parse('2026-03-10T11:59:00Z') / 1000 }, 'invalid_grant: expired authorization code'],
			['an assertion without an end', { exp: undefined }, 'invalid_grant: invalid assertion'],
		])('refuses %s', async (_what, claims, told) => {
			const { status, body } = await byAssertion(claims);
			expect([status, `${body.error}: ${body.error_description}`]).toEqual([400, told]);
		});

		it.each<[string, () => Promise<unknown>]>([
			['signed by another key', async () => await byAssertion({}, others)],
			['for an app without a certificate', async () => (org.changeApp({ clientId: 'key' }, { certificate: undefined }), await byAssertion())],
			['that is no JWT', async () => await askToken(org.instanceUrl, { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: 'x.y.z' })],
		])('refuses an assertion %s', async (_what, ask) => {
			expect(await ask()).toEqual({ status: 400, body: { error: 'invalid_grant', error_description: 'invalid assertion' } });
		});

		it('needs the approval of an admin, or of the user, as the app says', async () => {
			const bob = org.addUser({ username: 'bob@acme.example' });
			expect(await byAssertion({ sub: bob.username })).toMatchObject({ body: { error: 'invalid_app_access' } });
			org.changeApp({ clientId: 'key' }, { permittedUsers: 'all' });
			expect(await byAssertion({ sub: bob.username })).toMatchObject({ body: { error_description: "user hasn't approved this consumer" } });
			const redirect = 'http://127.0.0.1/cb';
			const callback = await standin.approve(`${standin.loginUrl}/services/oauth2/authorize?response_type=code&client_id=key&scope=api%20refresh_token&redirect_uri=${redirect}`, { user: bob });
			await askToken(standin.loginUrl, { grant_type: 'authorization_code', client_id: 'key', client_secret: 'secret', redirect_uri: redirect, code: new URL(callback).searchParams.get('code') ?? '' });
			expect(await byAssertion({ sub: bob.username })).toMatchObject({ status: 200, body: { scope: 'api' } });
			org.revokeApprovals({ user: bob });
			expect((await byAssertion({ sub: bob.username })).status).toBe(400);
		});
	});
});
