import { resolve } from 'node:path';
import { credentialRef, type StoredCredential } from '../n8n/credentials';
import type { FinishedExecution } from '../n8n/executions';
import type { StoredWorkflow } from '../n8n/workflows';
import { APP, CONNECTION, LEAD_SYNC, startLab, type Lab } from './lab';
import { keepScreenshot } from './screenshots';

const CREDENTIAL = 'crmSalesforceOAuth2Api';

describe('signing in to Salesforce in a real n8n', () => {
	let lab: Lab;

	beforeAll(async () => {
		lab = await startLab('sign-in');
	}, 300_000);
	afterAll(async () => await lab?.stop());
	afterEach(() => lab.org.faults.clear());

	async function pushWorkflow(credential: StoredCredential, email = 'someone@example.com'): Promise<StoredWorkflow> {
		const value = { LastName: 'Someone', Company: 'Acme', Email: email };
		return await lab.n8n.workflows.create({
			nodes: [
				{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
				{ name: 'Push', type: LEAD_SYNC, credentials: credentialRef(credential), parameters: { fields: { mappingMode: 'defineBelow', matchingColumns: ['Email'], value } } },
			],
		});
	}

	const resultOf = ({ nodes }: FinishedExecution) => nodes.Push?.[0]?.outputs.flat()[0]?.result;

	async function health(credential: StoredCredential) {
		const execution = await lab.n8n.run({
			nodes: [
				{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
				{ name: 'Health', type: CONNECTION, credentials: credentialRef(credential), parameters: {} },
			],
		});
		return { execution, report: execution.nodes.Health[0].outputs[0][0] };
	}

	test('goes through the authorize and callback addresses of n8n, and Check Health says who and where', async () => {
		const { execution, report } = await health(await lab.connect('Healthy'));
		expect(execution.status).toBe('success');
		expect(report).toMatchObject({ healthy: true, connection: { orgName: 'Northwind Traders', orgId: lab.org.id, environment: 'production' }, problems: [] });
	}, 60_000);

	test('a rotated refresh token is kept, and runs that renew at once do not kill each other', async () => {
		lab.org.addApp({ clientId: 'rotating-key', clientSecret: 'rotating-secret', rotateRefreshTokens: true, pkceRequired: true });
		const credential = await lab.n8n.credentials.create(CREDENTIAL, { clientId: 'rotating-key', clientSecret: 'rotating-secret', environment: 'myDomain', domain: lab.org.instanceUrl }, 'Rotating');
		expect((await lab.n8n.credentials.connect(credential.id, lab.standin.approve)).connected).toBe(true);
		const workflows = await Promise.all(['a@example.com', 'b@example.com', 'c@example.com'].map(async (email) => await pushWorkflow(credential, email)));
		for (let round = 0; round < 2; round++) {
			lab.org.faults.expireSessionsOnce();
			lab.org.faults.omitInstanceUrlOnRefresh({ times: 1 });
			const executions = await Promise.all(workflows.map(async (workflow) => await lab.n8n.executions.run(workflow)));
			expect(executions.map(resultOf)).toEqual(Array(3).fill(round === 0 ? 'created' : 'unchanged'));
		}
	}, 90_000);

	test('a revoked sign-in is told in words, with a link to the credential', async () => {
		const credential = await lab.connect('Revoked');
		lab.org.faults.expireSessionsOnce();
		lab.org.faults.refreshRevoked();
		const execution = await lab.n8n.executions.run(await pushWorkflow(credential));
		expect(execution.status).toBe('error');
		expect(JSON.stringify(execution.error)).toContain(`/home/credentials/${credential.id}`);
		const { report } = await health(credential);
		expect(report).toMatchObject({ healthy: false, problems: [{ certainty: expect.any(String), words: expect.any(String), whatToDo: expect.any(String) }] });
		expect(JSON.stringify(report)).toContain(`/home/credentials/${credential.id}`);
	}, 60_000);

	test('the template of the daily health check tells somebody, and only when something is wrong', async () => {
		const credential = await lab.connect('Daily');
		const template = resolve(__dirname, '..', '..', 'templates', 'daily-health-check.json');
		const workflow = await lab.n8n.workflows.importFile(template, { credentials: [credential] });
		const well = await lab.n8n.executions.run(workflow);
		expect([Object.keys(well.nodes), well.nodes['All is well'][0].outputs[0]]).toEqual([['Every morning', 'CRM Connection', 'Is it well?', 'All is well'], [expect.objectContaining({ healthy: true })]]);
		lab.org.faults.apiDisabled();
		const ill = await lab.n8n.executions.run(workflow);
		expect(ill.nodes['All is well']).toBeUndefined();
		expect(ill.nodes['Tell somebody'][0].outputs[0]).toMatchObject([{ healthy: false, problems: [{ cause: 'api-disabled', code: 'API_DISABLED_FOR_ORG' }] }]);
	}, 60_000);

	test('nonsense as My Domain is refused with a sentence when the person connects', async () => {
		const credential = await lab.n8n.credentials.create(CREDENTIAL, { ...APP, environment: 'myDomain', domain: 'https://evil.example/login' }, 'Nonsense');
		await expect(lab.n8n.credentials.connect(credential.id, lab.standin.approve)).rejects.toThrow('The My Domain in this credential is not an address of Salesforce.');
	}, 60_000);

	test('a person who denies access is not connected', async () => {
		const credential = await lab.n8n.credentials.create(CREDENTIAL, { ...APP, environment: 'myDomain', domain: lab.org.instanceUrl }, 'Denied');
		const { connected } = await lab.n8n.credentials.connect(credential.id, async (url) => await lab.standin.approve(url, { deny: true }));
		expect(connected).toBe(false);
		const execution = await lab.n8n.executions.run(await pushWorkflow(credential));
		expect(execution.status).toBe('error');
	}, 60_000);

	test('the credential form and the health report as a person sees them', async () => {
		const credential = await lab.connect('Northwind Salesforce');
		const page = await lab.n8n.browser.open(`/home/credentials/${credential.id}`);
		await page.getByText('Connected as').first().waitFor({ timeout: 30_000 });
		await keepScreenshot(lab.n8n, 'credential');
		const workflow = await lab.n8n.workflows.create({
			name: 'Health of Salesforce',
			nodes: [
				{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
				{ name: 'CRM Connection', type: CONNECTION, credentials: credentialRef(credential), parameters: {} },
			],
		});
		const node = workflow.nodes.find(({ name }) => name === 'CRM Connection')!;
		const panel = await lab.n8n.browser.openWorkflow(workflow.id, node.id);
		await panel.locator('[data-test-id="node-execute-button"]').click();
		await panel.locator('[data-test-id="output-panel"]').getByText('Northwind Traders').first().waitFor({ timeout: 30_000 });
		await panel.locator('[data-test-id="output-panel"] [data-test-id="radio-button-schema"]').click();
		await panel.locator('[data-test-id="output-panel"]').getByText('apiUsage').first().waitFor({ timeout: 10_000 });
		await keepScreenshot(lab.n8n, 'crm-connection-health');
	}, 120_000);
});
