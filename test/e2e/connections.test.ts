import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { certificate, privateKey } from '../nodes/causes/keys';
import { credentialRef, type StoredCredential } from '../n8n/credentials';
import type { FinishedExecution } from '../n8n/executions';
import type { StoredWorkflow } from '../n8n/workflows';
import { CONNECTION, LEAD_SYNC, startLab, type Lab } from './lab';
import { keepScreenshot } from './screenshots';

const TOKEN = 'crmSalesforceTokenApi';
const SERVER = 'crmSalesforceServerApi';

describe('connections in a real n8n', () => {
	let lab: Lab;
	const passwordApp = { clientId: 'password-key', clientSecret: 'password-secret' };

	beforeAll(async () => {
		lab = await startLab('connections');
		lab.org.setSignInPolicy({ passwordFlow: true, soapLogin: true });
		lab.org.addApp(passwordApp);
	}, 300_000);
	afterAll(async () => await lab?.stop());
	afterEach(() => lab.org.faults.clear());

	const node = (name: string, type: string, credential: StoredCredential | undefined, parameters: IDataObject) => ({
		name,
		type,
		...(credential ? { credentials: credentialRef(credential) } : {}),
		parameters: { connectWith: credential?.type ?? TOKEN, ...parameters } as never,
	});

	async function workflowOf(credential: StoredCredential | undefined, type: string, parameters: IDataObject): Promise<StoredWorkflow> {
		return await lab.n8n.workflows.create({ nodes: [{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' }, node('Node', type, credential, parameters)] });
	}

	async function run(credential: StoredCredential | undefined, type: string, parameters: IDataObject): Promise<FinishedExecution> {
		return await lab.n8n.executions.run(await workflowOf(credential, type, parameters));
	}

	async function connection(operation: string, credential?: StoredCredential, more: IDataObject = {}): Promise<readonly IDataObject[]> {
		const { nodes, error } = await run(credential, CONNECTION, { resource: operation === 'getRuns' ? 'run' : 'connection', operation, ...more });
		if (error) throw error;
		return nodes.Node[0].outputs[0];
	}

	/** What Check Health says, in short: `well`, or how sure it is of which cause. */
	async function health(credential: StoredCredential): Promise<string> {
		const [{ healthy, problems }] = await connection('checkHealth', credential);
		const [problem] = problems as Array<{ certainty: string; cause: string; words: string }>;
		expect(problem?.words ?? 'well').toMatch(/\w/);
		return healthy ? 'well' : `${problem.certainty}: ${problem.cause}`;
	}

	async function push(credential: StoredCredential, email = 'someone@example.com'): Promise<FinishedExecution> {
		const fields = { mappingMode: 'defineBelow', matchingColumns: ['Email'], value: { LastName: 'Someone', Company: 'Acme', Email: email } };
		return await run(credential, LEAD_SYNC, { fields });
	}

	async function tokenCredential(name: string, more: ICredentialDataDecryptedObject = {}): Promise<{ credential: StoredCredential; user: { readonly id: string } }> {
		const user = lab.org.addUser({ username: `${name}@northwind.example`, password: 'Correct-horse-1' });
		const data = { environment: 'myDomain', domain: lab.org.instanceUrl, ...lab.org.credentialsOf(user), consumerKey: passwordApp.clientId, consumerSecret: passwordApp.clientSecret, ...more };
		return { credential: await lab.n8n.credentials.create(TOKEN, data, name), user };
	}

	test('user name and password: one sign-in for many runs, and a refused one is never sent by itself', async () => {
		const { credential, user } = await tokenCredential('token');
		expect(await lab.n8n.credentials.test(credential.id)).toMatchObject({ status: 'OK' });
		const attempts = () => lab.org.signInAttempts.filter(({ username }) => username === 'token@northwind.example');
		const first = attempts().length;
		expect((await push(credential)).nodes.Node[0].outputs[0]).toEqual([expect.objectContaining({ result: 'created' })]);
		expect((await push(credential)).nodes.Node[0].outputs[0]).toEqual([expect.objectContaining({ result: 'unchanged' })]);
		expect(attempts().length - first).toBeLessThanOrEqual(1);

		lab.org.resetPassword(user, 'Another-horse-2');
		const before = attempts().length;
		for (let round = 0; round < 3; round += 1) expect(JSON.stringify((await push(credential)).error)).toMatch(/password/);
		expect(attempts().length - before).toBe(1);
		expect(await health(credential)).toBe('likely: password-changed');
		expect(attempts().length - before).toBe(2);

		await lab.n8n.credentials.update(credential.id, { ...lab.org.credentialsOf(user) });
		expect(await health(credential)).toBe('well');
	}, 120_000);

	test('user name and password: what breaks it is told by the test button and by Check Health', async () => {
		const { credential } = await tokenCredential('breaking');
		expect(await health(credential)).toBe('well');
		const leaver = await tokenCredential('leaver');
		lab.org.setUserActive(leaver.user, false);
		expect(await health(leaver.credential)).toMatch(/^(likely|unknown|proven): /);
		lab.org.faults.apiDisabled();
		expect(await health(credential)).toBe('proven: api-disabled');
		expect(await lab.n8n.credentials.test(credential.id)).toMatchObject({ status: 'Error', message: expect.stringContaining('API Enabled') });
		lab.org.faults.clear();
		await lab.n8n.credentials.update(credential.id, { password: 'mistyped' });
		expect(await lab.n8n.credentials.test(credential.id)).toMatchObject({ status: 'Error', message: expect.stringMatching(/password/) });
		await lab.n8n.credentials.update(credential.id, { username: '' });
		expect(await lab.n8n.credentials.test(credential.id)).toMatchObject({ status: 'Error', message: expect.stringMatching(/user name/i) });
	}, 120_000);

	test('without a consumer key it signs in by SOAP, and says when the org does not allow that', async () => {
		const { credential } = await tokenCredential('soap', { consumerKey: '', consumerSecret: '' });
		expect(await health(credential)).toBe('well');
		expect(lab.org.signInAttempts.at(-1)).toMatchObject({ grant: 'soap', accepted: true });
		lab.org.setSignInPolicy({ soapLogin: false });
		lab.org.faults.expireSessionsOnce();
		expect(await health(credential)).toBe('proven: password-login-off');
		lab.org.setSignInPolicy({ soapLogin: true });
	}, 60_000);

	test('client credentials work on the very first run; a rotated secret and a removed app are told apart', async () => {
		const app = lab.org.addApp({ clientId: 'server-key', clientSecret: 'server-secret', runAs: lab.org.users[0].id });
		const data = { environment: 'myDomain', domain: lab.org.instanceUrl, flow: 'clientCredentials', consumerKey: 'server-key', consumerSecret: 'server-secret' };
		const credential = await lab.n8n.credentials.create(SERVER, data, 'Server');
		expect((await push(credential, 'server@example.com')).nodes.Node[0].outputs[0]).toEqual([expect.objectContaining({ result: 'created' })]);
		const secret = lab.org.rotateClientSecret(app);
		lab.org.faults.expireSessionsOnce();
		expect(await health(credential)).toBe('likely: client-secret-rotated');
		await lab.n8n.credentials.update(credential.id, { consumerSecret: secret });
		expect(await health(credential)).toBe('well');
		lab.org.removeApp(app);
		lab.org.faults.expireSessionsOnce();
		expect(await health(credential)).toBe('likely: app-removed');
		lab.org.faults.expireSessionsOnce();
		expect(await lab.n8n.credentials.test(credential.id)).toMatchObject({ status: 'Error', message: expect.stringMatching(/consumer key/) });
	}, 90_000);

	test('JWT bearer takes a key in one line, and says when the user was not approved', async () => {
		const app = lab.org.addApp({ clientId: 'jwt-key', certificate, permittedUsers: 'adminApproved' });
		const data = { environment: 'myDomain', domain: lab.org.instanceUrl, flow: 'jwt', consumerKey: 'jwt-key', username: lab.org.users[0].username, privateKey: privateKey.replaceAll('\n', ' ') };
		const credential = await lab.n8n.credentials.create(SERVER, data, 'JWT');
		expect(await health(credential)).toBe('proven: not-admin-approved');
		lab.org.preauthorize(app, lab.org.users[0]);
		expect(await lab.n8n.credentials.test(credential.id)).toMatchObject({ status: 'OK' });
		expect(await health(credential)).toBe('well');
		await lab.n8n.credentials.update(credential.id, { privateKey: 'no key at all' });
		expect(await lab.n8n.credentials.test(credential.id)).toMatchObject({ status: 'Error', message: expect.stringMatching(/private key/i) });
	}, 90_000);

	test('one org is one connection, can be paused for all its credentials, and remembers over a restart what was done', async () => {
		const { credential } = await tokenCredential('paused');
		await push(credential);
		expect(await connection('getAll')).toEqual([{ name: 'Northwind Traders', crm: 'Salesforce', status: 'active', health: expect.any(String) }]);
		await connection('pause', credential);
		lab.org.resetCalls();
		const paused = await push(credential);
		expect(paused.nodes.Node[0].outputs).toEqual([[], [expect.objectContaining({ result: 'refused', message: expect.stringContaining('paused') })]]);
		expect(lab.org.calls.total).toBe(0);
		await lab.n8n.restart();
		expect(await connection('getAll')).toEqual([expect.objectContaining({ status: 'paused' })]);
		await connection('activate', credential);
		const [first] = await connection('getRuns', credential, { filters: { outcomes: ['notRun'] } });
		expect(first).toMatchObject({ node: 'Node', operation: 'push', startedBy: 'person', execution: { url: expect.stringContaining(paused.id) } });
	}, 120_000);

	test('a person sees the connections, the runs and the credential forms', async () => {
		const { credential } = await tokenCredential('seen');
		await push(credential, 'seen@example.com');
		const shown = await workflowOf(credential, CONNECTION, { resource: 'run', operation: 'getRuns' });
		const panel = await lab.n8n.browser.openWorkflow(shown.id, shown.nodes[1].id);
		await panel.locator('[data-test-id="node-execute-button"]').click();
		await panel.locator('[data-test-id="output-panel"]').getByText('1 created').first().waitFor({ timeout: 30_000 });
		await keepScreenshot(lab.n8n, 'crm-connection-runs');
		const listed = await workflowOf(undefined, CONNECTION, { resource: 'connection', operation: 'getAll' });
		const list = await lab.n8n.browser.openWorkflow(listed.id, listed.nodes[1].id);
		expect(await list.locator('[data-test-id="node-credentials-select"]').count()).toBe(0);
		await list.locator('[data-test-id="node-execute-button"]').click();
		await list.locator('[data-test-id="output-panel"]').getByText('Northwind Traders').first().waitFor({ timeout: 30_000 });
		await keepScreenshot(lab.n8n, 'crm-connection-list');
		const form = await lab.n8n.browser.open(`/home/credentials/${credential.id}`);
		await form.getByText('security token dies').first().waitFor({ timeout: 30_000 });
		await keepScreenshot(lab.n8n, 'credential-user-name-and-password');
	}, 120_000);
});
