import fc from 'fast-check';

import { createAuthorizedHttp } from '../../src/n8n/authorizedHttp';
import { credentialKind } from '../../src/n8n/credentialKinds';
import type { HttpRequest, HttpResponse } from '../../src/model/authorizedHttp';
import { CrmError } from '../../src/model/crmError';
import { axiosError, fakeContext, secrets, wrapped, type Answering } from './fakeContext';

const kind = credentialKind('crmSalesforceOAuth2Api');
const get: HttpRequest = { method: 'GET', path: '/services/data' };
const ok = { statusCode: 200, headers: { 'Content-Type': 'application/json', 'Set-Cookie': ['a=1', 'b=2'] }, body: '{"a":1}' };
const url = 'https://foocorp.my.salesforce.com/services/data';

type More = Parameters<typeof fakeContext>[1];

async function send(answering: Answering, request: HttpRequest = get, more: More = {}): Promise<HttpResponse> {
	return await createAuthorizedHttp(fakeContext(answering, more).context, kind).send(request);
}

async function failure(answering: Answering, request: HttpRequest = get, more: More = {}): Promise<CrmError> {
	const error = await send(answering, request, more).then(
		() => new Error('it was answered'),
		(thrown: unknown) => thrown,
	);
	if (!(error instanceof CrmError)) throw error;
	return error;
}

const throwing = (error: unknown): Answering => () => {
	throw error;
};

describe('a request', () => {
	it('goes to the instance of the sign-in, as text, and follows no redirect', async () => {
		const { context, sent } = fakeContext(() => ok);
		const answer = await createAuthorizedHttp(context, kind).send({ method: 'POST', path: '/services/data/x?y=1', headers: { 'content-type': 'application/json' }, body: '{"ü":1}' });
		expect(answer).toEqual({ status: 200, headers: { 'content-type': 'application/json', 'set-cookie': 'a=1, b=2' }, text: '{"a":1}' });
		expect(sent).toEqual([
			{
				method: 'POST',
				url: 'https://foocorp.my.salesforce.com/services/data/x?y=1',
				headers: { 'content-type': 'application/json' },
				body: '{"ü":1}',
				json: false,
				encoding: 'text',
				returnFullResponse: true,
				ignoreHttpStatusErrors: { ignore: true, except: [401] },
				disableFollowRedirect: true,
				timeout: 120_000,
			},
		]);
	});

	it('waits as long as it asks for', async () => {
		const { context, sent } = fakeContext(() => ok);
		const http = createAuthorizedHttp(context, kind);
		await http.send({ ...get, timeoutMs: 600_000 });
		await http.send(get);
		expect(sent.map(({ timeout }) => timeout)).toEqual([600_000, 120_000]);
	});

	it.each([301, 302, 400, 403, 404, 429, 500, 503])('answered with %i is an answer', async (statusCode) => {
		expect(await send(() => ({ statusCode, headers: {}, body: 'words' }))).toEqual({ status: statusCode, headers: {}, text: 'words' });
	});

	it('without a body in the answer has an empty text', async () => {
		expect(await send(() => ({ statusCode: 204, headers: {}, body: '' }))).toMatchObject({ status: 204, text: '' });
	});

	it('is not sent once a renewal names another org than the run began with', async () => {
		const { context, sent, tokens } = fakeContext(() => ok);
		const http = createAuthorizedHttp(context, kind, () => '00D000000000001EAA');
		tokens.id = 'https://login.salesforce.com/id/00D000000000001EAA/005000000000001AAA';
		await http.send(get);
		tokens.id = 'https://login.salesforce.com/id/00D000000000002EAA/005000000000001AAA';
		await expect(http.send(get)).rejects.toMatchObject({ kind: 'auth', reason: 'other-org', message: expect.stringContaining('00D000000000002EAA') });
		expect(sent).toHaveLength(1);
	});

	it('goes where a renewed sign-in points from then on', async () => {
		const { context, sent, tokens } = fakeContext(() => ok);
		const http = createAuthorizedHttp(context, kind);
		await http.send(get);
		tokens.instance_url = 'https://foocorp--new.my.salesforce.com';
		await http.send(get);
		expect(sent.map((options) => new URL(options.url).host)).toEqual(['foocorp.my.salesforce.com', 'foocorp--new.my.salesforce.com']);
	});

	it('goes to the address in the credential when the sign-in names no instance', async () => {
		const { context, sent } = fakeContext(() => ok, { tokens: { access_token: 'a' } });
		await createAuthorizedHttp(context, kind).send(get);
		expect(sent[0].url).toBe(url);
	});

	it.each(['http://foocorp.my.salesforce.com', 'not a url', 'ftp://127.0.0.1', 'https://evil.example', 'https://evil', 'http://127.0.0.1:5678'])('is not sent to the instance %s', async (instance_url) => {
		const { context, sent } = fakeContext(() => ok, { tokens: { access_token: 'a', instance_url } });
		await expect(createAuthorizedHttp(context, kind).send(get)).rejects.toMatchObject({ kind: 'auth', code: 'INVALID_INSTANCE_URL' });
		expect(sent).toEqual([]);
	});

	it.each(['services/data', '@evil.com', ''])('is not sent with the path %j', async (path) => {
		await expect(send(() => ok, { method: 'GET', path })).rejects.toThrow('begins with a slash');
	});

	it('ends when either the run or the caller ends it', async () => {
		for (const ender of ['run', 'caller']) {
			const run = new AbortController();
			const caller = new AbortController();
			const hanging: Answering = async (_, signal) =>
				await new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(wrapped(axiosError('ERR_CANCELED')))));
			const ended = failure(hanging, { ...get, signal: caller.signal }, { signal: run.signal });
			setImmediate(() => (ender === 'run' ? run : caller).abort());
			expect(await ended).toMatchObject({ kind: 'cancelled', replyLost: true });
		}
	});

	it('is not begun after the run was stopped', async () => {
		expect(await failure(() => ok, get, { signal: AbortSignal.abort() })).toMatchObject({ kind: 'cancelled', replyLost: false });
	});
});

describe('a refused sign-in', () => {
	it('comes back as the CRM\'s own 401 once renewing did not help', async () => {
		const body = '[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]';
		const response = { status: 401, headers: { 'Sforce-Limit-Info': 'api-usage=1/2' }, data: body };
		expect(await send(throwing(wrapped(axiosError('ERR_BAD_REQUEST', { response, config: { url } }))))).toEqual({ status: 401, headers: { 'sforce-limit-info': 'api-usage=1/2' }, text: body });
	});

	it.each<[string, unknown, object]>([
		['declared dead by n8n', wrapped(new Error('needs to be reconnected'), { failure: { cause: 'credential-invalid' } }), { kind: 'auth', code: 'invalid_grant' }],
		['for a wrong secret', wrapped(Object.assign(new Error('Client authentication failed'), { code: 'EAUTH', body: { error: 'invalid_client', error_description: 'invalid client credentials' } })), { kind: 'auth', code: 'invalid_client' }],
		['without a refresh token', wrapped(new Error('OAuth access token expired and no refresh token is available. Please reconnect the credentials.')), { kind: 'auth', code: 'NO_REFRESH_TOKEN' }],
		['while the sign-in service is down', wrapped(axiosError('ERR_BAD_RESPONSE', { response: { status: 503 }, config: { url: 'https://foocorp.my.salesforce.com/services/oauth2/token' } })), { kind: 'unavailable', replyLost: false, transient: true }],
		['while the sign-in service is gone', wrapped(axiosError('ECONNRESET', { config: { url: 'https://foocorp.my.salesforce.com/services/oauth2/token' } })), { kind: 'unavailable', replyLost: false }],
		['while the sign-in service is busy', wrapped(Object.assign(new Error('busy'), { code: 'EAUTH', body: { error: 'temporarily_unavailable' } })), { kind: 'unavailable', replyLost: false }],
		['by a page instead of an answer', wrapped(Object.assign(new Error('HTTP status 404'), { code: 'ESTATUS', status: 404, body: '<html>' })), { kind: 'unavailable', replyLost: false }],
	])('%s is worded', async (_, error, expected) => {
		expect(await failure(throwing(error))).toMatchObject(expected);
	});

	it.each<[string, More, object]>([
		['nobody has connected', { tokens: {} }, { code: 'NOT_CONNECTED' }],
		['the address is nonsense and no instance is known', { tokens: { access_token: 'a' }, credential: { domain: 'evil.example' } }, { code: 'INVALID_MY_DOMAIN' }],
		['the node has no credential', { getCredentials: async () => await Promise.reject(new Error('Node does not have any credentials set')) }, { code: 'NO_CREDENTIAL' }],
		['the credential is gone', { getCredentials: async () => await Promise.reject(new Error('Credential with ID "1" does not exist for type "x".')) }, { code: 'CREDENTIAL_NOT_FOUND' }],
	])('is told when %s', async (_, more, expected) => {
		expect(await failure(() => ok, get, more)).toMatchObject({ kind: 'auth', ...expected });
	});
});

describe('no answer', () => {
	it.each([
		['ENOTFOUND', { syscall: 'getaddrinfo' }, false],
		['EAI_AGAIN', { syscall: 'getaddrinfo' }, false],
		['ECONNREFUSED', { syscall: 'connect' }, false],
		['ETIMEDOUT', { syscall: 'connect' }, false],
		['ERR_TLS_CERT_ALTNAME_INVALID', {}, false],
		['SELF_SIGNED_CERT_IN_CHAIN', {}, false],
		['CERT_HAS_EXPIRED', {}, false],
		['ECONNRESET', { syscall: 'read' }, true],
		['ETIMEDOUT', {}, true],
		['ECONNABORTED', {}, true],
		[undefined, {}, true],
	])('with %s %j: reply lost is %s', async (code, more, replyLost) => {
		expect(await failure(throwing(wrapped(axiosError(code, { config: { url }, ...more }))))).toMatchObject({ kind: 'unavailable', replyLost });
	});

	it('names no secret, wherever the failure carries one', async () => {
		const secret = fc.constantFrom(...Object.values(secrets));
		const code = fc.constantFrom('ECONNRESET', 'EAUTH', 'ERR_CANCELED', undefined);
		await fc.assert(
			fc.asyncProperty(secret, code, fc.string(), async (hidden, given, text) => {
				const cause = Object.assign(new Error(`${text}${hidden}${text}`), { code: given, body: { error: 'invalid_client', error_description: `${text} ${hidden}` }, config: { url, headers: { Authorization: `Bearer ${hidden}` } } });
				const error = await failure(throwing(wrapped(cause, { message: `${hidden}!` })));
				expect(JSON.stringify([error.message, error.remedy, error.code, error.stack, error.cause])).not.toContain(hidden);
			}),
		);
	});
});
