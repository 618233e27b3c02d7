import { credentialRef } from '../n8n/credentials';
import type { NodeDraft } from '../n8n/workflows';
import { startStandin, type Standin } from '../standin';
import { APP, CONNECTION } from './lab';
import { DynamicsLab } from './dynamicsLab';
import { EditorSteps } from './editorSteps';
import { keepScreenshot } from './screenshots';

const FORM = [
	{ 'First name': 'Lena', 'Last name': "O'Brien", 'E-mail': ' Lena@Example.com ', Company: 'Harbor & Co' },
	{ 'First name': 'Max', 'Last name': 'Weber', 'E-mail': 'max(at)example.com', Company: 'Weber GmbH' },
];

describe('a marketer in the editor, with a credential for each CRM', () => {
	let lab: DynamicsLab;
	let standin: Standin;

	beforeAll(async () => {
		lab = await DynamicsLab.start('dynamics-editor');
		standin = await startStandin();
	}, 300_000);
	afterAll(async () => {
		await lab?.stop();
		await standin?.close();
	});

	async function connectSalesforce(name: string): Promise<void> {
		const org = await standin.createOrg({ name: 'Northwind Traders' });
		org.addApp({ ...APP, pkceRequired: true });
		const credential = await lab.n8n.credentials.create('crmSalesforceOAuth2Api', { ...APP, environment: 'myDomain', domain: org.instanceUrl }, name);
		expect((await lab.n8n.credentials.connect(credential.id, standin.approve)).connected).toBe(true);
	}

	async function openNewNode(name: string, more: readonly NodeDraft[]): Promise<EditorSteps> {
		const workflow = await lab.n8n.workflows.create({ name, nodes: [{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' }, ...more] });
		const steps = new EditorSteps(await lab.n8n.browser.openWorkflow(workflow.id));
		await steps.addNode('CRM Lead', 'CRM Lead Sync', 'Push leads to the CRM');
		return steps;
	}

	test('a new node shows the fields of a lead at once, where the only credential is one for Dynamics 365', async () => {
		await lab.appWithSecret('Northwind Dynamics 365');
		const steps = await openNewNode('First leads', []);
		await steps.showsField('emailaddress1');
		expect(await steps.fieldLabels()).toContain('Email (emailaddress1)');
	}, 120_000);

	test('switching the credential changes the lists and labels and nothing else, and the form goes to that CRM', async () => {
		const { n8n, environment } = lab;
		await connectSalesforce('Northwind Salesforce');
		const jsCode = `return ${JSON.stringify(FORM.map((json) => ({ json })))};`;
		const answers = { name: 'Form answers', type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode } };
		const steps = await openNewNode('Form leads to Dynamics 365', [answers]);
		const look = async () => ({ mode: await steps.shown('mode'), modes: await steps.offered('mode'), object: await steps.shown('object'), objects: await steps.offered('object'), labels: await steps.fieldLabels() });

		await steps.chooseCredential('Northwind Salesforce', 'LastName');
		const inSalesforce = await look();
		expect(inSalesforce).toMatchObject({ object: 'Lead', objects: expect.arrayContaining(['Lead', 'Contact', 'Account']), labels: expect.stringContaining('Company (required)') });

		await steps.chooseCredential('Northwind Dynamics 365', 'emailaddress1');
		const inDynamics = await look();
		expect(inDynamics).toMatchObject({ mode: inSalesforce.mode, modes: inSalesforce.modes, object: 'Lead (lead)', objects: expect.arrayContaining(['Lead (lead)', 'Contact (contact)', 'Account (account)']) });
		for (const label of ['Email (emailaddress1)', 'Last Name', 'Company Name']) expect(inDynamics.labels).toContain(label);
		expect(inDynamics.labels).not.toContain('(required)');

		await steps.loadInput();
		await steps.drag('First name', 'firstname');
		await steps.drag('Last name', 'lastname');
		await steps.drag('E-mail', 'emailaddress1');
		await steps.drag('Company', 'companyname');
		await keepScreenshot(n8n, 'crm-lead-sync-dynamics');
		await steps.execute();
		await steps.showOutput('Done');
		expect(await steps.seesInOutput('Created a Lead.')).toBe(true);
		await steps.showOutput('Needs Attention');
		expect(await steps.seesInOutput('is not an e-mail address')).toBe(true);
		expect(environment.rows('lead').map(({ firstname, lastname, emailaddress1, companyname }) => [firstname, lastname, emailaddress1, companyname])).toEqual([['Lena', "O'Brien", 'Lena@Example.com', 'Harbor & Co']]);
	}, 180_000);

	test('the credential forms and the health report as a person sees them', async () => {
		const { credential } = await lab.appWithCertificate('App with a certificate');
		const form = await lab.n8n.browser.open(`/home/credentials/${credential.id}`);
		await form.getByText('application user').first().waitFor({ timeout: 30_000 });
		await keepScreenshot(lab.n8n, 'credential-dynamics-app');
		const person = await lab.connectedPerson('n8n Integration');
		const connected = await lab.n8n.browser.open(`/home/credentials/${person.credential.id}`);
		await connected.getByText('Connected as').first().waitFor({ timeout: 30_000 });
		await keepScreenshot(lab.n8n, 'credential-dynamics');
		const node = { name: 'CRM Connection', type: CONNECTION, credentials: credentialRef(person.credential), parameters: { connectWith: person.credential.type } };
		const workflow = await lab.n8n.workflows.create({ name: 'Health of Dynamics 365', nodes: [{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' }, node] });
		const panel = await lab.n8n.browser.openWorkflow(workflow.id, workflow.nodes[1].id);
		await panel.getByTestId('node-execute-button').click();
		await panel.getByTestId('output-panel').getByText('Northwind Traders').first().waitFor({ timeout: 30_000 });
		await panel.getByTestId('output-panel').getByTestId('radio-button-schema').click();
		await panel.getByTestId('output-panel').getByText('signedInAs').first().waitFor({ timeout: 10_000 });
		await keepScreenshot(lab.n8n, 'crm-connection-health-dynamics');
	}, 120_000);
});
