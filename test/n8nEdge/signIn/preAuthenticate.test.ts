import { randomUUID } from 'node:crypto';

import { NodeApiError, type ICredentialDataDecryptedObject, type IHttpRequestHelper, type IHttpRequestOptions, type INode, type JsonObject } from 'n8n-workflow';

import { signInFailures } from '../../../src/crm/salesforce/errors/signInFailures';
import { CrmError } from '../../../src/model/crmError';
import { askedByNode, askedByPerson } from '../../../src/n8n/signIn/asking';
import { authenticateWith } from '../../../src/n8n/signIn/authenticate';
import { preAuthenticate } from '../../../src/n8n/signIn/preAuthenticate';
import { failedSignIn, SignInFailure } from '../../../src/n8n/signIn/signInFailure';
import { tokensToStore } from '../../../src/n8n/signIn/storedTokens';
import { tokenForm } from '../../../src/n8n/signIn/tokenForm';
import { FakeMemory } from './fakeMemory';

const instanceUrl = 'https://foocorp.my.salesforce.com';
const granted = { statusCode: 200, headers: {}, body: JSON.stringify({ access_token: '00D!token', instance_url: instanceUrl, id: 'https://login.salesforce.com/id/00D/005' }) };
const refused = { statusCode: 400, headers: {}, body: JSON.stringify({ error: 'invalid_grant', error_description: 'authentication failure for hunter22' }) };
const node = { id: '1', name: 'Temp-Node', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [0, 0], parameters: {} } as INode;

const filled = (): ICredentialDataDecryptedObject => ({ environment: 'myDomain', domain: 'foocorp', consumerKey: randomUUID(), consumerSecret: 's3cret', username: 'ada@foo.example', password: 'hunter22', securityToken: 'TOKEN', accessToken: '' });

/** n8n's helper, which gives these answers in turn, and the last one from then on. */
function n8n(...answers: ReadonlyArray<object | Error>) {
	const sent: IHttpRequestOptions[] = [];
	const httpRequest = async (options: IHttpRequestOptions) => {
		const answer = answers[Math.min(sent.length, answers.length - 1)];
		sent.push(options);
		if (answer instanceof Error) throw answer;
		return await Promise.resolve(answer);
	};
	return { sent, helper: { helpers: { httpRequest } } as unknown as IHttpRequestHelper };
}

async function failure(work: () => Promise<unknown>): Promise<Error> {
	return await work().then(() => Promise.reject(new Error('it was signed in')), (error: Error) => error);
}

describe('signing in for n8n', () => {
	it('brings what n8n stores, by a request that follows no redirect', async () => {
		const { sent, helper } = n8n(granted);
		const tokens = await askedByNode(async () => await preAuthenticate(helper, tokenForm, filled(), new FakeMemory().tools));
		expect(tokens).toEqual({ accessToken: '00D!token', instanceUrl, identityUrl: 'https://login.salesforce.com/id/00D/005', signedInWith: expect.stringMatching(/^[\w-]{43}$/) });
		expect(sent).toEqual([expect.objectContaining({ url: `${instanceUrl}/services/oauth2/token`, disableFollowRedirect: true, ignoreHttpStatusErrors: true, returnFullResponse: true })]);
	});

	it('fails in words that n8n shows as they are, without what would make it sign in twice', async () => {
		const { helper } = n8n(refused);
		const error = await failure(async () => await askedByNode(async () => await preAuthenticate(helper, tokenForm, filled(), new FakeMemory().tools)));
		expect(Object.keys(error)).toEqual(['name']);
		expect(error.message).toMatch(/^Salesforce refused the user name and password.*\(invalid_grant\)$/);
		expect(error.message).not.toContain('hunter22');
		const shown = new NodeApiError(node, error as unknown as JsonObject);
		expect([shown.message, shown.httpCode]).toEqual([error.message, null]);
		expect(failedSignIn(shown)).toMatchObject({ kind: 'auth', code: 'invalid_grant', reason: 'password-or-flow-refused' });
	});

	it('says what is wrong in words that n8n does not exchange for its own', () => {
		for (const { kind, words, remedy } of Object.values(signInFailures)) {
			const error = new SignInFailure(new CrmError(kind, { message: words, remedy, code: 'CODE' }));
			expect(new NodeApiError(node, error as unknown as JsonObject).message).toBe(`${words} ${remedy} (CODE)`);
		}
	});

	it('that gets no answer says which host, and is no refusal', async () => {
		const memory = new FakeMemory();
		const { helper } = n8n(Object.assign(new Error('getaddrinfo ENOTFOUND with hunter22'), { code: 'ENOTFOUND', response: undefined }));
		const error = await failure(async () => await askedByNode(async () => await preAuthenticate(helper, tokenForm, filled(), memory.tools)));
		expect(error.message).toMatch(/There is no Salesforce at foocorp.my.salesforce.com/);
		expect([error.message.includes('hunter22'), memory.refusals.size]).toEqual([false, 0]);
	});

	it('with an empty field sends nothing', async () => {
		const { sent, helper } = n8n(granted);
		const error = await failure(async () => await preAuthenticate(helper, tokenForm, { ...filled(), username: ' ' }, new FakeMemory().tools));
		expect([error.message, sent]).toEqual([expect.stringContaining('The field User Name of this credential is empty'), []]);
	});

	it('for a person who tests the credential proves that the API is open', async () => {
		const closed = { statusCode: 403, headers: {}, body: '[{"message":"The REST API is not enabled for this Organization.","errorCode":"API_DISABLED_FOR_ORG"}]' };
		const { sent, helper } = n8n(granted, closed);
		const error = await failure(async () => await preAuthenticate(helper, tokenForm, filled(), new FakeMemory().tools));
		expect(error.message).toMatch(/edition of your org.*API Enabled.*\(API_DISABLED_FOR_ORG\)/);
		expect(sent[1]).toMatchObject({ method: 'GET', url: expect.stringContaining(`${instanceUrl}/services/data/v`), headers: { authorization: 'Bearer 00D!token' } });
	});

	it('sends a refused password again for a person, once, and for no run', async () => {
		const { sent, helper } = n8n(refused);
		const memory = new FakeMemory();
		const credential = filled();
		const sign = async () => await preAuthenticate(helper, tokenForm, credential, memory.tools);
		for (let run = 0; run < 3; run += 1) await failure(async () => await askedByNode(sign));
		expect(sent).toHaveLength(1);
		await askedByPerson(async () => {
			for (let call = 0; call < 3; call += 1) await failure(async () => await askedByNode(sign));
		});
		expect(sent).toHaveLength(2);
		memory.now += 60_000;
		await failure(sign);
		expect(sent).toHaveLength(2);
		memory.now += 15 * 60_000;
		await failure(sign);
		expect(sent).toHaveLength(3);
	});
});

describe('a request', () => {
	const signedIn = async (): Promise<ICredentialDataDecryptedObject> => {
		const credential = filled();
		return { ...credential, ...(await askedByNode(async () => await preAuthenticate(n8n(granted).helper, tokenForm, credential, new FakeMemory().tools))) } as ICredentialDataDecryptedObject;
	};

	it('goes to the host that the sign-in named, also after another sign-in', async () => {
		const credential = await signedIn();
		const once = authenticateWith(tokenForm, credential, { url: '/services/data', headers: { a: 'b' } });
		expect(once).toEqual({ url: '/services/data', baseURL: instanceUrl, headers: { a: 'b', Authorization: 'Bearer 00D!token' } });
		expect(authenticateWith(tokenForm, credential, { ...once, baseURL: 'https://old.my.salesforce.com' }).baseURL).toBe(instanceUrl);
		expect(authenticateWith(tokenForm, credential, { url: `${instanceUrl}/x` })).toMatchObject({ url: `${instanceUrl}/x`, baseURL: undefined });
	});

	it.each(['https://evil.example/', '//evil.example/', `${instanceUrl}.evil.example/`, 'https://foocorp.my.salesforce.com@evil.example/', 'services/data', ''])('to %j is not sent', async (url) => {
		const credential = await signedIn();
		expect(() => authenticateWith(tokenForm, credential, { url, baseURL: instanceUrl })).toThrow('not that of the Salesforce of this credential');
	});

	it.each(['http://foocorp.my.salesforce.com', 'nonsense', 'https://evil.example', 'http://127.0.0.1:5678'])('is not sent to the instance %s', (instance) => {
		const credential = filled();
		const tokens = tokensToStore({ accessToken: 'a', instanceUrl: instance, identityUrl: '' }, credential, tokenForm);
		expect(() => authenticateWith(tokenForm, { ...credential, ...tokens }, { url: '/x' })).toThrow('not that of the Salesforce of this credential');
	});

	it.each(tokenForm.fields)('makes n8n sign in again after somebody changed %s', async (name) => {
		const changed = { ...(await signedIn()), [name]: 'changed' };
		let thrown: unknown;
		try {
			authenticateWith(tokenForm, changed, { url: '/services/data' });
		} catch (error) {
			thrown = error;
		}
		expect(thrown).toMatchObject({ response: { status: 401 } });
	});
});
