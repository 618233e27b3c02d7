import fc from 'fast-check';
import type { IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { diagnose } from '../../src/connections/diagnose';
import { evidenceOf } from '../../src/connections/evidenceOf';
import { CrmError } from '../../src/model/crmError';
import type { Lease, SignInRefusal } from '../../src/model/stateStore';
import { StateStoreError } from '../../src/model/stateStoreError';
import { createRefreshDiagnosis, type DiagnosisMemory } from '../../src/n8n/diagnoseRefresh';
import { credentialKind } from '../../src/n8n/credentialKinds';
import { strictContext } from '../n8n/strictContext';

const kind = credentialKind('crmSalesforceOAuth2Api');
const secrets = { refresh_token: '5Aep861secretRefreshToken', clientSecret: 'secretOfTheApp' };
const refused = new CrmError('auth', { message: 'The saved sign-in is no longer valid.', code: 'invalid_grant', reason: 'refresh-refused' });
const tokenUrl = 'https://foocorp.my.salesforce.com/services/oauth2/token';

function memory(held: Lease | undefined = undefined): DiagnosisMemory & { readonly refusals: Map<string, SignInRefusal>; readonly released: Lease[] } {
	const refusals = new Map<string, SignInRefusal>();
	const released: Lease[] = [];
	return {
		key: { id: 'k1', secret: new Uint8Array(32).fill(7) },
		refusals,
		released,
		store: {
			leases: {
				acquire: async (scope, owner) => (held ? undefined : { scope, owner, fence: 1, expiresAt: '2026-11-22T00:01:00.000Z' }),
				isHeld: async () => true,
				release: async (lease) => void released.push(lease),
			},
			refusals: {
				find: async (fingerprint) => refusals.get(fingerprint),
				remember: async (refusal) => void refusals.set(refusal.fingerprint, refusal),
				forget: async () => undefined,
			},
		},
	};
}

/** A node with a connected credential, and a token endpoint that answers this. */
function setUp(answer: unknown, more: IDataObject = {}) {
	const sent: IHttpRequestOptions[] = [];
	const credential: IDataObject = { environment: 'myDomain', domain: 'foocorp', accessTokenUrl: tokenUrl, clientId: 'key', clientSecret: secrets.clientSecret, oauthTokenData: { access_token: 'a', refresh_token: secrets.refresh_token }, ...more };
	const context = strictContext<IExecuteFunctions>({
		getCredentials: async () => ({ ...credential }),
		getExecutionCancelSignal: () => undefined,
		helpers: {
			httpRequest: async (options: IHttpRequestOptions) => {
				sent.push(options);
				if (answer instanceof Error) throw answer;
				return await Promise.resolve(answer);
			},
		},
	});
	return { context, sent, credential };
}

const says = (error: string, description: string, statusCode = 400) => ({ statusCode, headers: {}, body: JSON.stringify({ error, error_description: description }) });
const causeOf = (error: CrmError): string => {
	const { certainty, cause } = diagnose(evidenceOf(error, { step: 'identify', crmName: 'Salesforce', signInKind: 'oauth2' }));
	return `${certainty}: ${cause}`;
};

async function explained(answer: unknown, error = refused): Promise<CrmError> {
	const { context } = setUp(answer);
	return await (await createRefreshDiagnosis(context, kind, memory()))(error);
}

describe('a refused renewal', () => {
	it('is asked about by one plain token request with the same token', async () => {
		const { context, sent } = setUp(says('invalid_grant', 'inactive user'));
		await (await createRefreshDiagnosis(context, kind, memory()))(refused);
		expect(sent).toEqual([
			{
				method: 'POST',
				url: tokenUrl,
				headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
				body: 'grant_type=refresh_token&refresh_token=5Aep861secretRefreshToken&client_id=key&client_secret=secretOfTheApp',
				json: false,
				encoding: 'text',
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
				timeout: 30_000,
				abortSignal: undefined,
			},
		]);
	});

	it.each<[string, unknown, string]>([
		['inactive user', says('invalid_grant', 'inactive user'), 'proven: user-inactive'],
		['ip restricted', says('invalid_grant', 'ip restricted'), 'proven: login-ip'],
		['inactive organization', says('invalid_grant', 'inactive organization'), 'proven: org-inactive'],
		['not admin approved', says('invalid_grant', 'user is not admin approved to access this app'), 'proven: not-admin-approved'],
		['nothing more', says('invalid_grant', 'expired access/refresh token'), 'proven: sign-in-ended'],
		['words nobody knows', says('invalid_grant', 'something new'), 'proven: sign-in-ended'],
		['a new access token', { statusCode: 200, body: '{"access_token":"b"}' }, 'likely: refusal-passed'],
		['the same refresh token', { statusCode: 200, body: JSON.stringify({ access_token: 'b', refresh_token: secrets.refresh_token }) }, 'likely: refusal-passed'],
		['another refresh token', { statusCode: 200, body: '{"access_token":"b","refresh_token":"c"}' }, 'proven: sign-in-used-up'],
		['a failing server', says('invalid_grant', 'inactive user', 500), 'proven: sign-in-ended'],
		['a busy server', says('temporarily_unavailable', ''), 'proven: sign-in-ended'],
		['a page', { statusCode: 200, body: '<html>' }, 'proven: sign-in-ended'],
		['a redirect', { statusCode: 302, body: '' }, 'proven: sign-in-ended'],
		['no answer', new Error(`getaddrinfo ENOTFOUND ${secrets.refresh_token}`), 'proven: sign-in-ended'],
	])('is explained by %s', async (_, answer, cause) => expect(causeOf(await explained(answer))).toBe(cause));

	it('is asked about once, and remembered', async () => {
		const { context, sent } = setUp(says('invalid_grant', 'ip restricted'));
		const kept = memory();
		const causes = [];
		for (let run = 0; run < 3; run += 1) causes.push(causeOf(await (await createRefreshDiagnosis(context, kind, kept))(refused)));
		expect([causes, sent.length]).toEqual([Array.from({ length: 3 }, () => 'proven: login-ip'), 1]);
		expect([...kept.refusals.values()]).toEqual([{ fingerprint: expect.stringMatching(/^k1:/), refusedAt: expect.any(String), code: 'ip-restricted', words: expect.stringContaining('IP address') }]);
		expect(kept.released).toHaveLength(1);
	});

	it('is not asked about again when the answer was lost', async () => {
		const { context, sent } = setUp(new Error('cut'));
		const kept = memory();
		for (let run = 0; run < 2; run += 1) expect(await (await createRefreshDiagnosis(context, kind, kept))(refused)).toBe(refused);
		expect(sent).toHaveLength(1);
	});

	it('that seemed to have passed has not, when it comes back', async () => {
		const { context, sent } = setUp({ statusCode: 200, body: '{"access_token":"b"}' });
		const kept = memory();
		const causes = [];
		for (let run = 0; run < 2; run += 1) causes.push(causeOf(await (await createRefreshDiagnosis(context, kind, kept))(refused)));
		expect([causes, sent.length]).toEqual([['likely: refusal-passed', 'proven: sign-in-ended'], 1]);
	});

	it('is asked about anew for another token', async () => {
		const { context, sent, credential } = setUp(says('invalid_grant', 'ip restricted'));
		const kept = memory();
		await (await createRefreshDiagnosis(context, kind, kept))(refused);
		credential.oauthTokenData = { access_token: 'b', refresh_token: 'another' };
		await (await createRefreshDiagnosis(context, kind, kept))(refused);
		expect(sent).toHaveLength(2);
	});
});

describe('nothing is asked', () => {
	it('when the credential was changed meanwhile', async () => {
		const { context, sent, credential } = setUp(says('invalid_grant', 'inactive user'));
		const explain = await createRefreshDiagnosis(context, kind, memory());
		credential.oauthTokenData = { access_token: 'b', refresh_token: 'newer' };
		const error = await explain(refused);
		expect([causeOf(error), sent]).toEqual(['proven: replaced-meanwhile', []]);
		expect(error.kind).toBe('conflict');
	});

	it('while another process asks', async () => {
		const { context, sent } = setUp(says('invalid_grant', 'inactive user'));
		const explain = await createRefreshDiagnosis(context, kind, memory({ scope: 's', owner: 'o', fence: 1, expiresAt: '' }));
		expect([await explain(refused), sent]).toEqual([refused, []]);
	});

	it.each<[string, IDataObject]>([
		['there is no refresh token', { oauthTokenData: { access_token: 'a' } }],
		['nobody has connected', { oauthTokenData: undefined }],
		['the token would go to another host than the credential signs in at', { accessTokenUrl: 'https://evil.example/services/oauth2/token' }],
		['the address is none', { accessTokenUrl: 'nonsense' }],
		['the credential names no Salesforce', { domain: 'evil.example' }],
	])('when %s', async (_, more) => {
		const { context, sent } = setUp(says('invalid_grant', 'inactive user'), more);
		expect([await (await createRefreshDiagnosis(context, kind, memory()))(refused), sent]).toEqual([refused, []]);
	});

	it('about any other failure', async () => {
		const other = new CrmError('unavailable', { message: 'No answer.' });
		const { context, sent } = setUp(says('invalid_grant', 'inactive user'));
		expect([await (await createRefreshDiagnosis(context, kind, memory()))(other), sent]).toEqual([other, []]);
	});

	it('when it cannot be remembered', async () => {
		const { context, sent } = setUp(says('invalid_grant', 'inactive user'));
		const kept = memory();
		const failing = async (): Promise<never> => await Promise.reject(new StateStoreError('full', 'No space.', 'Make some.'));
		const store = { leases: kept.store.leases, refusals: { ...kept.store.refusals, remember: failing } };
		expect([await (await createRefreshDiagnosis(context, kind, { key: kept.key, store }))(refused), sent]).toEqual([refused, []]);
		expect(kept.released).toHaveLength(1);
	});
});

it('gives no secret away, whatever is answered', async () => {
	const secret = fc.constantFrom(...Object.values(secrets));
	const error = fc.constantFrom('invalid_grant', 'invalid_client', 'something', 'inactive_user');
	await fc.assert(
		fc.asyncProperty(secret, error, fc.string(), fc.constantFrom(200, 400, 401, 500), async (hidden, code, text, statusCode) => {
			const kept = memory();
			const { context } = setUp({ statusCode, body: JSON.stringify({ error: `${code}${text}`, error_description: `inactive user ${hidden} ${text}`, access_token: hidden }) });
			const { message, remedy, code: shown, stack, cause } = await (await createRefreshDiagnosis(context, kind, kept))(refused);
			expect(JSON.stringify([message, remedy, shown, stack, cause, [...kept.refusals]])).not.toContain(hidden);
		}),
	);
});
