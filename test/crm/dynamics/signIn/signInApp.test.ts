import { createPrivateKey, generateKeyPairSync } from 'node:crypto';

import { decodeJwt, decodeProtectedHeader } from 'jose';

import type { AppSignIn } from '../../../../src/crm/dynamics/signIn/appSignIn';
import { signInApp } from '../../../../src/crm/dynamics/signIn/signInApp';
import { CrmError } from '../../../../src/model/crmError';
import { failureOf, scriptedAsk } from '../../salesforce/signIn/scriptedAsk';

const now = () => Date.now();
const app: AppSignIn = {
	authority: 'https://login.microsoftonline.com',
	tenant: '72f988bf-86f1-41af-91ab-2d7cd011db47',
	clientId: '51f81489-12ee-4a9e-aaae-a2591f45987d',
	proof: { by: 'secret', secret: 'the~secret' },
	environment: 'https://foocorp.crm4.dynamics.com',
};
const granted = { token_type: 'Bearer', expires_in: 3599, access_token: 'the.access.token' };

describe('an app that signs in', () => {
	it('asks once, for a token of the environment', async () => {
		const { asked, ask } = scriptedAsk(200, granted);
		const tokens = await signInApp(app, ask, now);
		expect(tokens).toMatchObject({ accessToken: 'the.access.token', instanceUrl: app.environment });
		expect(Math.abs((tokens.expiresAt ?? 0) - Date.now() - 3_599_000)).toBeLessThan(60_000);
		expect(asked.map(({ method, url }) => `${method} ${url.split('?')[0]}`)).toEqual([`POST ${app.authority}/${app.tenant}/oauth2/v2.0/token`]);
		expect(Object.fromEntries(new URLSearchParams(asked[0].body))).toMatchObject({ grant_type: 'client_credentials', client_id: app.clientId, client_secret: 'the~secret', scope: expect.stringContaining(`${app.environment}/.default`) });
		expect(asked[0].url).not.toContain('secret');
	});

	it.each(['https://login.microsoftonline.us', 'https://login.partner.microsoftonline.cn', 'https://login.sovcloud-identity.fr', 'http://127.0.0.1:4010'])('asks nobody but %s', async (authority) => {
		const { asked, ask } = scriptedAsk(200, granted);
		await signInApp({ ...app, authority }, ask, now);
		expect(asked.map(({ url }) => new URL(url).origin)).toEqual([authority]);
	});

	it('signs with its key, names the certificate, and sends neither', async () => {
		const privateKey = createPrivateKey(generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: { type: 'pkcs8', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } }).privateKey);
		const { asked, ask } = scriptedAsk(200, granted);
		await signInApp({ ...app, proof: { by: 'certificate', privateKey, thumbprint: 'AB'.repeat(32), expiresAt: Date.now() + 1e6 } }, ask, now);
		const form = new URLSearchParams(asked[0].body);
		const assertion = form.get('client_assertion') ?? '';
		expect([form.has('client_secret'), decodeJwt(assertion).iss, decodeJwt(assertion).aud]).toEqual([false, app.clientId, `${app.authority}/${app.tenant}/oauth2/v2.0/token`]);
		expect(decodeProtectedHeader(assertion)).toMatchObject({ 'x5t#S256': Buffer.from('AB'.repeat(32), 'hex').toString('base64url') });
	});

	it.each<[string, number, string | object, object]>([
		['a page of a proxy', 502, '<html>Bad gateway</html>', { kind: 'unavailable', httpStatus: 502, transient: true }],
		['a page in place of a token', 200, '<html>Sign in to the Wi-Fi</html>', { kind: 'unavailable', httpStatus: 200 }],
		['a redirect', 302, '', { kind: 'unavailable', httpStatus: 302 }],
		['an answer without a token', 200, {}, { kind: 'unavailable', httpStatus: 200 }],
		['a token that is none', 200, { ...granted, access_token: 7 }, { kind: 'unavailable' }],
		['nothing', 200, '', { kind: 'unavailable' }],
		['null', 200, 'null', { kind: 'unavailable' }],
		['a limit', 429, { error: 'invalid_grant' }, { kind: 'throttled', transient: true, code: undefined }],
		['a service that is busy', 503, { error: 'temporarily_unavailable', error_description: 'AADSTS90033: A transient error has occurred.' }, { kind: 'unavailable', code: 'AADSTS90033' }],
		['a refusal by a server that fails', 500, { error: 'invalid_client', error_description: 'AADSTS7000215: no' }, { kind: 'unavailable', code: 'AADSTS7000215' }],
		['a refusal', 401, { error: 'invalid_client', error_description: 'AADSTS7000215: no' }, { kind: 'auth', reason: 'client-secret-wrong' }],
		['a refusal of another form', 400, { error: { code: 'x' } }, { kind: 'unavailable' }],
	])('is answered with %s', async (_, status, body, expected) => {
		expect(await failureOf(async () => await signInApp(app, scriptedAsk(status, body).ask, now))).toMatchObject(expected);
	});

	it('hands on why no answer came', async () => {
		const gone = new CrmError('unavailable', { message: 'There is no Dynamics 365 at login.example: the name is unknown.' });
		expect(await failureOf(async () => await signInApp(app, async () => await Promise.reject(gone), now))).toBe(gone);
	});

	it('never shows its secret, whatever Microsoft repeats', async () => {
		const { ask } = scriptedAsk(400, { error: 'something_new', error_description: `AADSTS1: The value the~secret is odd` });
		const { message } = await failureOf(async () => await signInApp(app, ask, now));
		expect(message).toContain('The value [secret] is odd');
	});

	it('blames the clock only where it is off, or Microsoft says so', async () => {
		const body = { error: 'invalid_client', error_description: 'AADSTS50012: Authentication failed.' };
		const times = { error: 'invalid_client', error_description: 'AADSTS700024: Client assertion is not within its valid time range.' };
		const at = (ms: number) => ({ date: new Date(Date.now() + ms).toUTCString() });
		expect((await failureOf(async () => await signInApp(app, scriptedAsk(401, body, at(0)).ask, now))).reason).toBe('assertion-refused');
		expect(await failureOf(async () => await signInApp(app, scriptedAsk(401, body, at(-600_000)).ask, now))).toMatchObject({ reason: 'clock-off', message: expect.stringContaining('10 minutes ahead of') });
		expect(await failureOf(async () => await signInApp(app, scriptedAsk(401, times, at(0)).ask, now))).toMatchObject({ reason: 'clock-off', message: expect.stringContaining('refused the times') });
		expect(await failureOf(async () => await signInApp(app, scriptedAsk(401, times, at(-600_000)).ask, now))).toMatchObject({ reason: 'clock-off', message: expect.stringContaining('10 minutes ahead of') });
	});
});
