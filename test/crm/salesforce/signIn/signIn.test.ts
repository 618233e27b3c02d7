import { generateKeyPairSync } from 'node:crypto';

import { decodeJwt, jwtVerify } from 'jose';

import type { ClientCredentialsSignIn, JwtSignIn, PasswordSignIn, SalesforceSignIn, SoapSignIn } from '../../../../src/crm/salesforce/signIn/salesforceSignIn';
import { signIn } from '../../../../src/crm/salesforce/signIn/signIn';
import { failureOf, scriptedAsk } from './scriptedAsk';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const origin = 'https://foocorp.my.salesforce.com';
const password: PasswordSignIn = { way: 'password', origin, consumerKey: 'key', consumerSecret: 'a&b', username: 'ada@foo.example', password: 'p&ss word', securityToken: 'T0K' };
const soap: SoapSignIn = { way: 'soap', origin, username: 'ada@foo.example', password: '<&"\'>', securityToken: 'T0K' };
const secret: ClientCredentialsSignIn = { way: 'clientCredentials', origin, consumerKey: 'key', consumerSecret: 's' };
const signed: JwtSignIn = { way: 'jwt', origin, consumerKey: 'key', username: 'ada@foo.example', privateKey, audience: 'https://login.salesforce.com' };
const now = Date.parse('2026-01-31T12:00:00Z');
const at = (date: string) => ({ date: new Date(date).toUTCString() });

const granted = { access_token: '00D!AQ', instance_url: `${origin}/`, id: 'https://login.salesforce.com/id/00D/005', token_type: 'Bearer' };
const opened = `<?xml version="1.0"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:partner.soap.sforce.com"><soapenv:Body><loginResponse><result><passwordExpired>false</passwordExpired><serverUrl>${origin}/services/Soap/u/64.0/00D</serverUrl><sessionId>00D!AQ&amp;</sessionId><userId>0051</userId><userInfo><organizationId>00D1</organizationId></userInfo></result></loginResponse></soapenv:Body></soapenv:Envelope>`;
const fault = (code: string, text: string, prefix = ''): string =>
	`<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:sf="urn:fault.partner.soap.sforce.com"><soapenv:Body><soapenv:Fault><faultcode>${prefix}${code}</faultcode><faultstring>${code}: ${text}</faultstring><detail><sf:LoginFault><sf:exceptionCode>${code}</sf:exceptionCode><sf:exceptionMessage>${text}</sf:exceptionMessage></sf:LoginFault></detail></soapenv:Fault></soapenv:Body></soapenv:Envelope>`;

describe('a sign-in', () => {
	it('by user name and password sends the security token right behind the password', async () => {
		const { ask, asked } = scriptedAsk(200, granted);
		expect(await signIn(password, ask, () => now)).toEqual({ accessToken: '00D!AQ', instanceUrl: origin, identityUrl: granted.id });
		expect(asked).toEqual([expect.objectContaining({ method: 'POST', url: `${origin}/services/oauth2/token` })]);
		expect(Object.fromEntries(new URLSearchParams(asked[0].body))).toEqual({
			grant_type: 'password', client_id: 'key', client_secret: 'a&b', username: 'ada@foo.example', password: 'p&ss wordT0K',
		});
	});

	it('by SOAP writes its values as text, in the last version that has it', async () => {
		const { ask, asked } = scriptedAsk(200, opened);
		expect(await signIn(soap, ask, () => now)).toEqual({ accessToken: '00D!AQ&', instanceUrl: origin, identityUrl: `${origin}/id/00D1/0051` });
		expect(asked[0].url).toBe(`${origin}/services/Soap/u/64.0`);
		expect(asked[0].body).toContain('<login xmlns="urn:partner.soap.sforce.com"><username>ada@foo.example</username><password>&lt;&amp;&quot;&apos;&gt;T0K</password></login>');
	});

	it('by client credentials sends key and secret alone', async () => {
		const { ask, asked } = scriptedAsk(200, granted);
		await signIn(secret, ask, () => now);
		expect(asked[0].body).toBe('grant_type=client_credentials&client_id=key&client_secret=s');
	});

	it('by a signed request lives three minutes', async () => {
		const { ask, asked } = scriptedAsk(200, { ...granted, issued_at: undefined });
		await signIn(signed, ask, () => now);
		const assertion = new URLSearchParams(asked[0].body).get('assertion') ?? '';
		expect(decodeJwt(assertion)).toEqual({ iss: 'key', sub: 'ada@foo.example', aud: 'https://login.salesforce.com', exp: now / 1000 + 180 });
		await expect(jwtVerify(assertion, publicKey, { currentDate: new Date(now) })).resolves.toMatchObject({ protectedHeader: { alg: 'RS256' } });
	});
});

describe('a refusal', () => {
	it.each<[SalesforceSignIn, number, string, string, string]>([
		[password, 400, 'invalid_grant', 'authentication failure', 'password-or-flow-refused'],
		[password, 400, 'invalid_grant', 'inactive user', 'user-inactive'],
		[password, 400, 'invalid_grant', 'password expired', 'password-expired'],
		[password, 400, 'invalid_grant', 'challenge required', 'verification-needed'],
		[password, 400, 'invalid_grant', 'something new', 'password-or-flow-refused'],
		[password, 400, 'invalid_client_id', 'client identifier invalid', 'client-unknown'],
		[password, 400, 'invalid_client', 'invalid client credentials', 'client-secret-wrong'],
		[password, 400, 'invalid_client', 'app must be installed into org', 'app-not-installed'],
		[password, 400, 'unsupported_grant_type', 'grant type not supported', 'flow-not-enabled'],
		[secret, 400, 'invalid_grant', 'no client credentials user enabled', 'no-run-as-user'],
		[secret, 400, 'invalid_grant', 'request not supported on this domain', 'wrong-address'],
		[secret, 400, 'brand_new', 'whatever', 'app-refused'],
		[secret, 401, 'constructor', '__proto__', 'app-refused'],
		[signed, 400, 'invalid_grant', "user hasn't approved this consumer", 'user-not-approved'],
		[signed, 400, 'invalid_app_access', 'user is not admin approved to access this app', 'not-admin-approved'],
		[signed, 400, 'invalid_grant', 'Audience validation failed', 'audience-refused'],
		[signed, 400, 'invalid_grant', 'invalid assertion', 'assertion-refused'],
		[signed, 400, 'invalid_grant', 'expired authorization code', 'assertion-refused'],
	])('of %j with %i %s (%s) is %s', async (given, status, error, description, reason) => {
		const failure = await failureOf(async () => await signIn(given, scriptedAsk(status, { error, error_description: description }).ask, () => now));
		expect(failure).toMatchObject({ kind: 'auth', code: error, reason });
		expect(failure.remedy).not.toBe('');
	});

	it.each([
		['INVALID_LOGIN', 'Invalid username, password, security token; or user locked out.', 'auth', 'password-or-flow-refused'],
		['LOGIN_MUST_USE_SECURITY_TOKEN', 'Are you at a new location?', 'auth', 'security-token-needed'],
		['PASSWORD_LOCKOUT', 'locked', 'auth', 'user-locked'],
		['LOGIN_DURING_RESTRICTED_TIME', 'not now', 'auth', 'hours-restricted'],
		['LOGIN_DURING_RESTRICTED_DOMAIN', 'not here', 'auth', 'ip-restricted'],
		['LOGIN_CHALLENGE_ISSUED', 'code sent', 'auth', 'verification-needed'],
		['INVALID_OPERATION', 'SOAP API login() is disabled by default in this org.', 'auth', 'password-login-off'],
		['UNSUPPORTED_API_VERSION', 'Invalid Api version', 'auth', 'password-login-off'],
		['API_DISABLED_FOR_ORG', 'API is not enabled for this Organization or Partner', 'permission', 'api-disabled'],
		['ORG_IN_MAINTENANCE', 'soon', 'unavailable', 'maintenance'],
		['REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', 'throttled', undefined],
		['SERVER_UNAVAILABLE', 'busy', 'unavailable', undefined],
	])('by SOAP with %s is %s', async (code, text, kind, reason) => {
		for (const prefix of ['', 'sf:']) {
			const failure = await failureOf(async () => await signIn(soap, scriptedAsk(500, fault(code, text, prefix)).ask, () => now));
			expect(failure).toMatchObject({ kind, code });
			expect(failure.reason).toBe(reason);
		}
	});

	it('by SOAP is what a session with an expired password is', async () => {
		const body = opened.replace('<passwordExpired>false', '<passwordExpired>true');
		expect(await failureOf(async () => await signIn(soap, scriptedAsk(200, body).ask, () => now))).toMatchObject({ kind: 'auth', reason: 'password-expired' });
	});

	it('names the other environment, which Salesforce does not', async () => {
		const refused = scriptedAsk(400, { error: 'invalid_grant', error_description: 'authentication failure' }).ask;
		const remedyAt = async (host: string) => (await failureOf(async () => await signIn({ ...password, origin: host }, refused, () => now))).remedy;
		expect(await remedyAt('https://login.salesforce.com')).toContain('Sandbox');
		expect(await remedyAt('https://test.salesforce.com')).toContain('Production');
		expect(await remedyAt(origin)).not.toContain('andbox');
	});

	it('shows what was sent neither where Salesforce repeats it nor by a gap in our own words', async () => {
		const said = { error: 'invalid_grant', error_description: 'authentication failure for wrongT0K' };
		const { message } = await failureOf(async () => await signIn({ ...password, password: 'wrong' }, scriptedAsk(400, said).ask, () => now));
		expect(message).toContain('security token is wrong');
		expect(message).toContain('failure for [secret]');
	});

	it.each([password, soap, signed])('names the user in no words, where Salesforce repeats who it was: $way', async (given) => {
		const said = given.way === 'soap' ? fault('SOMETHING_NEW', 'no ada@foo.example') : { error: 'invalid_grant', error_description: 'no ada@foo.example' };
		const { message, remedy } = await failureOf(async () => await signIn(given, scriptedAsk(400, said).ask, () => now));
		expect(message).toContain('no [secret]');
		expect(`${message} ${remedy}`).not.toContain('ada@foo.example');
	});

	it('names a password that looks pasted', async () => {
		const refused = scriptedAsk(400, { error: 'invalid_grant', error_description: 'authentication failure' }).ask;
		const remedyOf = async (typed: string) => (await failureOf(async () => await signIn({ ...password, password: typed }, refused, () => now))).remedy;
		expect(await remedyOf(' secret')).toContain('begins or ends with a space or a quote');
		expect(await remedyOf('secret')).not.toContain('begins or ends');
	});

	it.each([
		['2026-01-31T12:10:00Z', 'The clock of this n8n is 10 minutes behind that of Salesforce'],
		['2026-01-31T11:50:00Z', 'The clock of this n8n is 10 minutes ahead of that of Salesforce'],
	])('of a signed request when Salesforce has %s names the clock', async (theirs, words) => {
		const refused = scriptedAsk(400, { error: 'invalid_grant', error_description: 'expired authorization code' }, at(theirs)).ask;
		const failure = await failureOf(async () => await signIn(signed, refused, () => now));
		expect(failure).toMatchObject({ reason: 'clock-off', code: 'invalid_grant' });
		expect(failure.message).toContain(words);
	});

	it('of a signed request is not blamed on a clock that is right', async () => {
		const refused = scriptedAsk(400, { error: 'invalid_grant', error_description: 'invalid assertion' }, at('2026-01-31T12:01:00Z')).ask;
		expect((await failureOf(async () => await signIn(signed, refused, () => now))).reason).toBe('assertion-refused');
	});
});

describe('no decision', () => {
	it.each<[SalesforceSignIn, number, string | object, string]>([
		[password, 503, { error: 'invalid_grant', error_description: 'authentication failure' }, 'unavailable'],
		[password, 429, { error: 'invalid_grant' }, 'throttled'],
		[password, 400, { error: 'invalid_grant', error_description: 'login rate exceeded' }, 'throttled'],
		[password, 502, '<html>Bad gateway</html>', 'unavailable'],
		[password, 302, '', 'unavailable'],
		[password, 403, '<html>Proxy</html>', 'unavailable'],
		[password, 200, '<html>Sign in to the hotel</html>', 'unavailable'],
		[password, 200, [], 'unavailable'],
		[soap, 500, '<html>', 'unavailable'],
		[soap, 200, 'not xml <<<', 'unavailable'],
		[soap, 500, fault('soapenv:Client', 'no operation').replaceAll('<sf:exceptionCode>soapenv:Client</sf:exceptionCode>', ''), 'unavailable'],
		[soap, 200, '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>', 'unavailable'],
	])('of %j is %i %j', async (given, status, body, kind) => {
		const failure = await failureOf(async () => await signIn(given, scriptedAsk(status, body).ask, () => now));
		expect(failure.kind).toBe(kind);
		expect(failure.reason).toBeUndefined();
	});

	it.each(['https://evil.example', 'http://foocorp.my.salesforce.com', 'javascript:alert(1)', '', undefined])('is an API address such as %j', async (instance_url) => {
		expect(await failureOf(async () => await signIn(password, scriptedAsk(200, { ...granted, instance_url }).ask, () => now))).toMatchObject({ code: 'INVALID_INSTANCE_URL' });
	});
});
