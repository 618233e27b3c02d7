import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { startStandin, type Org, type Standin } from './index';
import { Apps } from './salesforce/oauth/Apps';

const redirect = 'http://127.0.0.1:5678/rest/oauth2-credential/callback';

describe('signing in', () => {
	let standin: Standin;
	let org: Org;
	let now = 0;

	const authorizeUrl = (more: Record<string, string> = {}, host = standin.loginUrl) =>
		`${host}/services/oauth2/authorize?${new URLSearchParams({ response_type: 'code', client_id: 'key', redirect_uri: redirect, scope: 'api refresh_token', state: 's/1', ...more }).toString()}`;
	const token = async (form: Record<string, string>, host = standin.loginUrl) => {
		const answer = await fetch(`${host}/services/oauth2/token`, { method: 'POST', body: new URLSearchParams({ client_id: 'key', client_secret: 'secret', ...form }) });
		return { status: answer.status, body: (await answer.json()) as Record<string, string> };
	};
	const codeFrom = (callback: string) => new URL(callback).searchParams.get('code') ?? '';
	const redeem = async (code: string, more: Record<string, string> = {}) => await token({ grant_type: 'authorization_code', code, redirect_uri: redirect, ...more });
	const refresh = async (refreshToken: string) => await token({ grant_type: 'refresh_token', refresh_token: refreshToken });
	const signIn = async () => (await redeem(codeFrom(await standin.approve(authorizeUrl())))).body;
	const restStatus = async (accessToken: string) => (await fetch(`${org.instanceUrl}/services/data/v65.0/limits`, { headers: { Authorization: `Bearer ${accessToken}` } })).status;

	beforeEach(async () => {
		now = Date.parse('2026-03-10T12:00:00Z');
		standin = await startStandin({ now: () => now });
		org = await standin.createOrg({ name: 'Acme <Labs>' });
		org.addApp({ clientId: 'key', clientSecret: 'secret', callbackUrls: [redirect] });
	});
	afterEach(async () => await standin.close());

	it('shows who asks for what, escaped', async () => {
		org.addApp({ clientId: 'key', clientSecret: 'secret', name: '<script>App', callbackUrls: [redirect] });
		const html = await (await fetch(authorizeUrl({ login_hint: '"><b>' }))).text();
		expect(html).toContain('&#60;script&#62;App');
		expect(html).toContain('Acme &#60;Labs&#62;');
		expect(html).toContain(org.users[0].username);
		expect(html).not.toMatch(/<script>|"><b>/);
	});

	it('answers the fields of each grant, and never when the session ends', async () => {
		const first = await signIn();
		expect(Object.keys(first).sort()).toEqual(['access_token', 'id', 'instance_url', 'issued_at', 'refresh_token', 'scope', 'signature', 'token_type']);
		expect(first).toMatchObject({ instance_url: org.instanceUrl, id: `${standin.loginUrl}/id/${org.id}/${org.users[0].id}`, token_type: 'Bearer', issued_at: String(now), scope: 'api refresh_token' });
		expect(first.access_token).toMatch(/^00D\w{12}![.\w]+$/);
		const again = (await refresh(first.refresh_token)).body;
		expect(Object.keys(again).sort()).toEqual(['access_token', 'id', 'instance_url', 'issued_at', 'scope', 'signature', 'token_type']);
		expect(await restStatus(again.access_token)).toBe(200);
	});

	it('gives no refresh token without its scope, and an id token with openid', async () => {
		const { body } = await redeem(codeFrom(await standin.approve(authorizeUrl({ scope: 'api openid' }))));
		expect(body.refresh_token).toBeUndefined();
		expect(JSON.parse(Buffer.from(body.id_token.split('.')[1], 'base64url').toString())).toMatchObject({ aud: 'key', iss: standin.loginUrl });
	});

	it('takes a code once, for fifteen minutes, at its own address', async () => {
		const code = codeFrom(await standin.approve(authorizeUrl()));
		expect((await redeem(code)).status).toBe(200);
		const spent = { status: 400, body: { error: 'invalid_grant', error_description: 'expired authorization code' } };
		expect(await redeem(code)).toEqual(spent);
		const late = codeFrom(await standin.approve(authorizeUrl()));
		now += 16 * 60_000;
		expect(await redeem(late)).toEqual(spent);
		const elsewhere = codeFrom(await standin.approve(authorizeUrl()));
		expect(await redeem(elsewhere, { redirect_uri: `${redirect}/x` })).toMatchObject({ body: { error: 'redirect_uri_mismatch' } });
	});

	it('checks the code verifier', async () => {
		const verifier = 'v'.repeat(43);
		const challenge = createHash('sha256').update(verifier).digest('base64url');
		const ask = async () => codeFrom(await standin.approve(authorizeUrl({ code_challenge: challenge, code_challenge_method: 'S256' })));
		expect((await redeem(await ask(), { code_verifier: verifier })).status).toBe(200);
		for (const wrong of [{ code_verifier: 'w'.repeat(43) }, {}] as Array<Record<string, string>>) {
			expect(await redeem(await ask(), wrong)).toEqual({ status: 400, body: { error: 'invalid_grant', error_description: 'invalid code verifier' } });
		}
		org.addApp({ clientId: 'key', clientSecret: 'secret', callbackUrls: [redirect], pkceRequired: true });
		expect(await standin.approve(authorizeUrl())).toContain('error=invalid_request');
	});

	it.each<[string, Record<string, string>, string, string]>([
		['an unknown app', { grant_type: 'refresh_token', client_id: 'other' }, 'invalid_client_id', 'client identifier invalid'],
		['a wrong secret', { grant_type: 'refresh_token', client_secret: 'wrong' }, 'invalid_client', 'invalid client credentials'],
		['an unknown token', { grant_type: 'refresh_token', refresh_token: 'x' }, 'invalid_grant', 'expired access/refresh token'],
		['another grant', { grant_type: 'device' }, 'unsupported_grant_type', 'grant type not supported'],
	])('refuses %s', async (_what, form, error, error_description) => {
		expect(await token(form)).toEqual({ status: 400, body: { error, error_description } });
	});

	it('sends a denial back, and shows a wrong address instead of following it', async () => {
		const denied = new URL(await standin.approve(authorizeUrl(), { deny: true }));
		expect(Object.fromEntries(denied.searchParams)).toEqual({ error: 'access_denied', error_description: 'end-user denied authorization', state: 's/1' });
		const wrong = await fetch(authorizeUrl({ redirect_uri: 'http://evil.example/' }), { redirect: 'manual' });
		expect(wrong.status).toBe(400);
		expect(await wrong.text()).toContain('redirect_uri_mismatch');
	});

	it('ends the sixth oldest approval of one user and app', async () => {
		const tokens = [];
		for (let count = 0; count < 6; count++) tokens.push((await signIn()).refresh_token);
		expect(await refresh(tokens[0])).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
		for (const later of tokens.slice(1)) expect((await refresh(later)).status).toBe(200);
	});

	it('rotates, and a replay ends everything of that approval', async () => {
		org.addApp({ clientId: 'key', clientSecret: 'secret', callbackUrls: [redirect], rotateRefreshTokens: true });
		const first = await signIn();
		const second = (await refresh(first.refresh_token)).body;
		expect(second.refresh_token).not.toBe(first.refresh_token);
		expect(await restStatus(second.access_token)).toBe(200);
		expect((await refresh(first.refresh_token)).status).toBe(400);
		expect((await refresh(second.refresh_token)).status).toBe(400);
		expect(await restStatus(second.access_token)).toBe(401);
	});

	it('revokes, introspects and tells who it is', async () => {
		const { access_token, refresh_token } = await signIn();
		const post = async (path: string, form: Record<string, string>) => await fetch(`${standin.loginUrl}/services/oauth2/${path}`, { method: 'POST', body: new URLSearchParams(form) });
		const introspect = async () => await (await post('introspect', { token: access_token, client_id: 'key', client_secret: 'secret' })).json() as unknown;
		const userinfo = async () => await fetch(`${org.instanceUrl}/services/oauth2/userinfo`, { headers: { Authorization: `Bearer ${access_token}` } });
		expect(await introspect()).toMatchObject({ active: true, username: org.users[0].username, exp: now / 1000 + 7200 });
		expect(await (await userinfo()).json()).toMatchObject({ organization_id: org.id, user_id: org.users[0].id });
		const revoked = await post('revoke', { token: refresh_token });
		expect([revoked.status, await revoked.text()]).toEqual([200, '']);
		expect(await introspect()).toEqual({ active: false });
		const expired = await userinfo();
		expect([expired.status, await expired.text()]).toEqual([403, 'Bad_OAuth_Token']);
		expect((await refresh(refresh_token)).status).toBe(400);
		expect(await (await post('revoke', { token: 'x' })).text()).toMatch(/^error=unsupported_token_type&/);
	});

	it('ends an idle session after two hours, not a used one', async () => {
		const { access_token } = await signIn();
		now += 119 * 60_000;
		expect(await restStatus(access_token)).toBe(200);
		now += 119 * 60_000;
		expect(await restStatus(access_token)).toBe(200);
		now += 121 * 60_000;
		expect(await restStatus(access_token)).toBe(401);
	});

	it('serves sandboxes at their own login host', async () => {
		const sandbox = await standin.createOrg({ name: 'Acme UAT', sandbox: true });
		sandbox.addApp({ clientId: 'uat', callbackUrls: [redirect] });
		await expect(standin.approve(authorizeUrl({ client_id: 'uat' }))).rejects.toThrow('invalid_client_id');
		for (const host of [standin.sandboxLoginUrl, sandbox.instanceUrl]) {
			const code = codeFrom(await standin.approve(authorizeUrl({ client_id: 'uat' }, host)));
			const { body } = await token({ client_id: 'uat', grant_type: 'authorization_code', code, redirect_uri: redirect }, host);
			expect(body).toMatchObject({ instance_url: sandbox.instanceUrl, id: expect.stringContaining(`${standin.sandboxLoginUrl}/id/${sandbox.id}/`) as string });
		}
	});

	it('refuses an inactive user and lets another be chosen', async () => {
		const other = org.addUser({ username: 'bob@acme.example' });
		const callback = await standin.approve(authorizeUrl(), { user: other });
		const { body } = await redeem(codeFrom(callback));
		expect(body.id).toContain(other.id);
		org.setUserActive(other, false);
		expect(await refresh(body.refresh_token)).toEqual({ status: 400, body: { error: 'invalid_grant', error_description: 'inactive user' } });
	});
});

describe('refresh token rotation', () => {
	it('has at most one usable token per approval, and none after a replay', () => {
		fc.assert(fc.property(fc.array(fc.nat({ max: 4 }), { maxLength: 12 }), (choices) => {
			const apps = new Apps('00D', () => 0, () => undefined);
			const app = apps.add({ clientId: 'key', rotateRefreshTokens: true });
			const given = [apps.approve(app, 'user', ['api']).refreshToken];
			let dead = false;
			for (const choice of choices) {
				const presented = given[Math.max(0, given.length - 1 - choice)];
				const current = presented === given[given.length - 1];
				if (!dead && current) given.push(apps.use(presented, app).refreshToken);
				else expect(() => apps.use(presented, app)).toThrow('expired access/refresh token');
				dead ||= !current;
			}
			expect(new Set(given).size).toBe(given.length);
		}));
	});
});
