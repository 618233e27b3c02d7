import { createServer } from 'node:net';

import type { IDataObject } from 'n8n-workflow';

import { createCoreRunner, type CoreResult, type CoreRunner } from '../../n8n/coreRunner';
import { freshState } from '../../n8n/freshState';
import { startStandin, type App, type NewApp, type Org, type Standin } from '../../standin';
import { signedIn } from '../salesforceSignIn';

const type = 'n8n-nodes-crm-sync.crmConnection';
const credentialType = 'crmSalesforceOAuth2Api';

let runner: CoreRunner;
let standin: Standin;
beforeAll(async () => {
	runner = await createCoreRunner();
});
beforeEach(async () => {
	freshState();
	standin = await startStandin();
});
afterEach(async () => await standin.close());

/** An org, its app and a credential somebody has connected to it. */
async function connected(more: Partial<NewApp> = {}): Promise<{ org: Org; app: App; credentials: Record<string, IDataObject> }> {
	const org = await standin.createOrg({ name: 'Foo Corp', apiUsed: 99, apiLimit: 1000 });
	const app = org.addApp({ clientId: 'key', clientSecret: 'secret-of-the-app', ...more });
	return { org, app, credentials: { [credentialType]: await signedIn(org, app) } };
}

async function check(credentials: Record<string, IDataObject>, parameters: IDataObject = {}, input?: Array<{ json: IDataObject }>): Promise<CoreResult> {
	return await runner.run({
		nodes: [{ name: 'Check', type, parameters: { connectWith: credentialType, object: 'Lead', ...parameters } as never }],
		credentials: credentials as never,
		...(input ? { input } : {}),
	});
}

const report = (result: CoreResult): IDataObject => {
	if (result.error) throw result.error;
	return result.outputs('Check')[0];
};
const causes = (result: CoreResult): unknown => (report(result).problems as IDataObject[]).map(({ cause, certainty }) => `${certainty}: ${cause}`);
const stored = (credentials: Record<string, IDataObject>): IDataObject => credentials[credentialType].oauthTokenData as IDataObject;

describe('CRM Connection: Check Health', () => {
	it('tells where, who, which rights and how many calls, in at most four calls', async () => {
		const { org, credentials } = await connected();
		const before = org.calls.total;
		expect(report(await check(credentials))).toEqual({
			healthy: true,
			connection: {
				orgId: org.id,
				orgName: 'Foo Corp',
				edition: 'Enterprise Edition',
				environment: 'production',
				instanceUrl: org.instanceUrl,
				signedInAs: { name: 'Ada Admin', username: 'ada.admin@foo-corp.example', email: 'ada.admin@foo-corp.example' },
			},
			registry: {
				name: 'Foo Corp',
				status: 'active',
				runAutomatically: true,
				signIn: { status: 'well', since: expect.any(String), lastWellAt: expect.any(String), unreachableSince: null },
			},
			apiAccess: true,
			object: 'Lead',
			rights: { read: true, create: true, edit: true },
			apiUsage: { used: expect.any(Number), limit: 1000, left: expect.any(Number), percent: expect.any(Number) },
			problems: [],
			warnings: [],
			checkedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
		});
		expect(org.calls.total - before).toBeLessThanOrEqual(4);
	});

	it('renews a session that has expired and keeps the rotated refresh token', async () => {
		const { org, credentials } = await connected({ rotateRefreshTokens: true });
		for (let round = 0; round < 3; round += 1) {
			const { refresh_token: before } = stored(credentials);
			org.faults.expireSessionsOnce();
			expect(report(await check(credentials)).healthy).toBe(true);
			expect(stored(credentials).refresh_token).not.toBe(before);
		}
	});

	it('needs no instance address in the answer of a renewal', async () => {
		const { org, credentials } = await connected();
		org.faults.omitInstanceUrlOnRefresh();
		org.faults.expireSessionsOnce();
		expect(report(await check(credentials)).healthy).toBe(true);
		expect(stored(credentials).instance_url).toBe(org.instanceUrl);
	});

	it('renews once for runs at the same time', async () => {
		const { org, credentials } = await connected({ rotateRefreshTokens: true });
		org.faults.expireSessionsOnce();
		const results = await Promise.all(Array.from({ length: 5 }, async () => await check(credentials)));
		expect(results.map((result) => report(result).healthy)).toEqual([true, true, true, true, true]);
		expect(org.calls.log.filter(({ path, method }) => method === 'POST' && path.endsWith('/services/oauth2/token'))).toHaveLength(2);
	});

	it.each([
		['the refresh token was revoked', (org: Org) => (org.faults.refreshRevoked(), org.faults.expireSessionsOnce()), ['proven: sign-in-ended']],
		['every session is refused', (org: Org) => org.faults.alwaysUnauthorized(), ['likely: session-refused']],
		['a policy refuses the session', (org: Org) => org.faults.policyUnauthorized(), ['proven: session-policy']],
		['the API is disabled', (org: Org) => org.faults.apiDisabled(), ['proven: api-disabled']],
		['the day is used up', (org: Org) => org.faults.requestLimitExceeded(), ['proven: request-limit']],
		['Salesforce fails', (org: Org) => org.faults.serverError({ status: 500 }), ['proven: crm-failing']],
		['connections are cut', (org: Org) => org.faults.resetBeforeCommit(), ['proven: unreachable']],
		['the user was deactivated', (org: Org) => (org.setUserActive(org.users[0], false), org.faults.expireSessionsOnce()), ['proven: user-inactive']],
	])('reports that %s as a result', async (_, harm, expected) => {
		const { org, credentials } = await connected();
		harm(org);
		const result = await check(credentials);
		expect(causes(result)).toEqual(expected);
		expect(report(result)).toMatchObject({ healthy: false, connection: null, rights: null });
		expect(result.hints('Check')).toHaveLength(1);
		expect(JSON.stringify([result.run, result.hints('Check')])).not.toContain(String(stored(credentials).access_token));
	}, 60_000);

	it('calls an org that answers nothing unreachable, not signed out', async () => {
		const { credentials } = await connected();
		const port = await freePort();
		Object.assign(stored(credentials), { instance_url: `http://127.0.0.1:${port}` });
		const result = await check(credentials);
		expect(causes(result)).toEqual(['proven: unreachable']);
		expect(report(result).apiAccess).toBeNull();
	}, 60_000);

	it('names the right that is missing, unless it is not needed', async () => {
		const { org, credentials } = await connected();
		org.setObjectAccess('Lead', { create: false });
		const result = await check(credentials);
		expect(causes(result)).toEqual(['proven: no-create-right']);
		expect(report(result)).toMatchObject({ apiAccess: true, rights: { read: true, create: false, edit: true } });
		expect(causes(await check(credentials, { rights: ['read'] }))).toEqual([]);
	});

	it.each(['Nothing__c', 'Lead; drop'])('tells of the object %s that it is unknown', async (object) => {
		const { credentials } = await connected();
		const result = await check(credentials, { object });
		expect(report(result)).toMatchObject({ healthy: false, connection: { orgName: 'Foo Corp' }, rights: null });
		expect(causes(result)).toEqual([expect.stringMatching(/proven: object-/)]);
	});

	it('tells of a credential that was never connected, and of an address that is not Salesforce\'s', async () => {
		const { credentials } = await connected();
		const data = credentials[credentialType];
		expect(causes(await check({ [credentialType]: { ...data, oauthTokenData: {} } }))).toEqual(['proven: never-connected']);
		expect(causes(await check({ [credentialType]: { ...data, domain: 'https://login.salesforce.com@evil.com' } }))).toEqual(['proven: wrong-address']);
	});

	it('links every problem to the credential', async () => {
		const { credentials } = await connected();
		const result = await check({ [credentialType]: { ...credentials[credentialType], oauthTokenData: {} } });
		expect(report(result).problems).toEqual([expect.objectContaining({ credentialUrl: expect.stringMatching(/home\/credentials\//) })]);
	});

	it('answers each item, asking once for each object', async () => {
		const { org, credentials } = await connected();
		const before = org.calls.total;
		const input = ['Lead', 'Contact', 'Lead', 'Lead'].map((object) => ({ json: { object } }));
		const result = await check(credentials, { object: '={{ $json.object }}' }, input);
		expect(result.items('Check').map(({ json, pairedItem }) => [json.object, pairedItem])).toEqual([
			['Lead', { item: 0 }],
			['Contact', { item: 1 }],
			['Lead', { item: 2 }],
			['Lead', { item: 3 }],
		]);
		expect(org.calls.total - before).toBeLessThanOrEqual(4);
	});

	it('shows at most ten problems beside the output, and none of their markup', async () => {
		const { credentials } = await connected();
		const input = Array.from({ length: 13 }, (_, index) => ({ json: { object: `<b>x</b>${index}` } }));
		const result = await check(credentials, { object: '={{ $json.object }}' }, input);
		const [{ message }] = result.hints('Check');
		expect(message).not.toMatch(/[<>]/);
		expect(message.match(/&#60;b&#62;x/g)).toHaveLength(10);
		expect(message).toContain('There are 3 more problems: see the items.');
		expect(result.items('Check')).toHaveLength(13);
	});

	it('offers the objects as a list, those too that the user may only read', async () => {
		const { credentials, org } = await connected();
		org.setObjectAccess('Contact', { create: false, update: false });
		const options = await runner.ask<IDataObject[]>({ type, kind: 'loadOptions', method: 'getReadableObjects', parameters: { connectWith: credentialType }, credentials: credentials as never });
		expect(options).toEqual(expect.arrayContaining([{ name: 'Lead', value: 'Lead' }, { name: 'Contact', value: 'Contact' }]));
	});

	it('answers an AI agent', async () => {
		const { credentials } = await connected();
		const { answer } = await runner.callAsTool({ node: { name: 'Check', type, parameters: { connectWith: credentialType, object: 'Lead' } }, credentials: credentials as never });
		expect(answer).toEqual([expect.objectContaining({ healthy: true })]);
	});
});

async function freePort(): Promise<number> {
	const server = createServer();
	const port = await new Promise<number>((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)));
	await new Promise((resolve) => server.close(resolve));
	return port;
}
