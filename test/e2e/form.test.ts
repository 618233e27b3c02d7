import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { StoredCredential } from '../n8n/credentials';
import { formUrl, submitForm } from '../n8n/addresses';
import type { StoredWorkflow } from '../n8n/workflows';
import { startLab, type Lab } from './lab';

const TEMPLATE = resolve(__dirname, '..', '..', 'templates', 'form-to-salesforce-lead.json');

describe('the template form → Salesforce lead, published in a real n8n', () => {
	let lab: Lab;
	let credential: StoredCredential;
	let workflow: StoredWorkflow;

	beforeAll(async () => {
		lab = await startLab('form');
		credential = await lab.connect();
		workflow = await lab.n8n.workflows.importFile(TEMPLATE, { credentials: [credential] });
		await lab.n8n.publications.activate(workflow.id);
	}, 300_000);
	afterAll(async () => await lab?.stop());

	/** Fills in the form and returns what CRM Lead Sync put on its two outputs. */
	async function fillIn(...values: string[]) {
		const known = (await lab.n8n.executions.list(workflow.id)).map(({ id }) => id);
		const trigger = workflow.nodes.find(({ type }) => type.endsWith('formTrigger'))!;
		const response = await submitForm(formUrl(lab.n8n.baseUrl, trigger), values);
		expect(response.status).toBe(200);
		const [execution] = await lab.n8n.executions.waitForEnded(workflow.id, 1, known);
		const [done, attention] = execution.nodes['CRM Lead Sync'][0].outputs;
		return { execution, done, attention };
	}

	test('a form answer becomes a lead, and the same person again updates it', async () => {
		const first = await fillIn('Lena', "O'Brien", 'lena@example.com', 'Harbor & Co', '+44 20 7946 0018');
		expect(first.execution.status).toBe('success');
		expect(first.done).toMatchObject([{ result: 'created', object: 'Lead', recordUrl: expect.stringContaining(lab.org.instanceUrl) }]);
		const again = await fillIn('Lena', "O'Brien", ' LENA@example.com', 'Harbor & Co', '+44 20 7946 0099');
		expect(again.done).toMatchObject([{ result: 'updated', recordId: first.done[0].recordId, changedFields: ['Phone'] }]);
		expect(lab.org.rows('Lead')).toMatchObject([{ Email: 'lena@example.com', Phone: '+44 20 7946 0099' }]);
	}, 60_000);

	test('a warm submission costs two calls', async () => {
		lab.org.resetCalls();
		await fillIn('Mira', 'Novak', 'mira@example.com', 'Novak', '');
		expect(lab.org.calls.byKind).toEqual({ composite: 1, collections: 1 });
	}, 60_000);

	test('what the CRM refuses leaves by the second output with the reason', async () => {
		lab.org.addValidationRule({ object: 'Lead', message: 'We do not do business on Mars.', field: 'Company', fails: ({ Company }) => Company === 'Mars' });
		const { done, attention } = await fillIn('Marvin', 'Martian', 'marvin@example.com', 'Mars', '');
		expect(done).toEqual([]);
		expect(attention).toMatchObject([
			{ result: 'refused', problems: [{ field: 'Company', code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', reason: expect.stringContaining('We do not do business on Mars.') }] },
		]);
		expect(attention[0].input).toMatchObject({ 'E-mail': 'marvin@example.com' });
	}, 60_000);

	test('no token is in the execution data or in the log of n8n', async () => {
		const { oauthTokenData } = await lab.n8n.credentials.decrypted(credential.id);
		const { access_token: accessToken, refresh_token: refreshToken } = oauthTokenData as Record<string, string>;
		const { execution } = await fillIn('Tok', 'En', 'token@example.com', 'Secret', '');
		const log = await readFile(join(lab.n8n.userFolder, 'n8n.log'), 'utf8');
		const urls = lab.org.calls.log.map(({ path }) => path).join('\n');
		for (const secret of [accessToken, refreshToken, 'e2e-consumer-secret']) {
			expect(secret.length).toBeGreaterThan(10);
			for (const place of [JSON.stringify(execution.data), log, urls]) expect(place).not.toContain(secret);
		}
	}, 60_000);
});
