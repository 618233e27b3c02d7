import { EditorSteps } from './editorSteps';
import { startLab, type Lab } from './lab';
import { keepScreenshot } from './screenshots';

const FORM = [
	{ 'First name': 'Lena', 'Last name': "O'Brien", 'E-mail': ' Lena@Example.com ', Company: 'Harbor & Co' },
	{ 'First name': 'Max', 'Last name': 'Weber', 'E-mail': 'max(at)example.com', Company: 'Weber GmbH' },
];

describe('a marketer in the editor', () => {
	let lab: Lab | undefined;

	beforeAll(async () => {
		lab = await startLab('editor');
		await lab.connect();
	}, 300_000);
	afterAll(async () => await lab?.stop());

	test('finds the node in the palette, drags form fields onto CRM fields, runs it and reads the results', async () => {
		const { n8n, org } = lab!;
		const workflow = await n8n.workflows.create({
			name: 'Form leads to Salesforce',
			nodes: [
				{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
				{ name: 'Form answers', type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode: `return ${JSON.stringify(FORM.map((json) => ({ json })))};` } },
			],
		});
		const page = await n8n.browser.openWorkflow(workflow.id);
		const steps = new EditorSteps(page);
		await steps.addNode('CRM Lead', 'CRM Lead Sync', 'Push leads to the CRM');
		await page.getByTestId('parameter-input-LastName').waitFor();
		const labels = await steps.fieldLabels();
		expect(labels).toContain('Last Name (required)');
		expect(labels).toContain('Company (required)');
		expect(labels).toContain('Email');

		await steps.loadInput();
		await steps.drag('First name', 'FirstName');
		await steps.drag('Last name', 'LastName');
		await steps.drag('E-mail', 'Email');
		await steps.drag('Company', 'Company');
		await keepScreenshot(n8n, 'crm-lead-sync-mapping');

		await steps.execute().catch(async (error: unknown) => {
			await keepScreenshot(n8n, 'failed-execution');
			throw error;
		});
		await steps.showOutput('Done');
		expect(await steps.seesInOutput('Created a Lead.')).toBe(true);
		await keepScreenshot(n8n, 'crm-lead-sync-done');
		await steps.showOutput('Needs Attention');
		expect(await steps.seesInOutput('is not an e-mail address')).toBe(true);
		expect(await steps.seesInOutput('1 of 2 items need attention')).toBe(true);
		await keepScreenshot(n8n, 'crm-lead-sync-needs-attention');

		expect(org.rows('Lead').map(({ FirstName, LastName, Email }) => ({ FirstName, LastName, Email }))).toEqual([
			{ FirstName: 'Lena', LastName: "O'Brien", Email: 'lena@example.com' },
		]);
	}, 180_000);
});
