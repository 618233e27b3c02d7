import { join } from 'node:path';
import type { Org, Standin } from '../test/standin';
import { formUrl, submitForm } from '../test/n8n/addresses';
import type { StoredCredential } from '../test/n8n/credentials';
import type { FinishedExecution } from '../test/n8n/executions';
import type { N8n } from '../test/n8n/startN8n';
import type { StoredWorkflow } from '../test/n8n/workflows';
import type { Answer } from './report';
import { DEMO_APP } from './salesforceOrg';
import { SUBMISSIONS, type Submission } from './submissions';

const CREDENTIAL_TYPE = 'crmSalesforceOAuth2Api';
const CREDENTIAL_NAME = 'Demo Salesforce (Northwind Traders)';
const WORKFLOW_NAME = 'Demo: form → Salesforce lead';
const TEMPLATE = join(__dirname, '..', 'templates', 'form-to-salesforce-lead.json');

/** Puts the demo's credential into n8n, or mends the one that is there, and signs in through n8n's own OAuth addresses. */
export async function connectCredential(n8n: N8n, standin: Standin, org: Org): Promise<StoredCredential> {
	const data = { ...DEMO_APP, environment: 'myDomain', domain: org.instanceUrl };
	const known = (await n8n.credentials.list()).find(({ name }) => name === CREDENTIAL_NAME);
	const credential = known ? await n8n.credentials.update(known.id, data) : await n8n.credentials.create(CREDENTIAL_TYPE, data, CREDENTIAL_NAME);
	const { connected, html } = await n8n.credentials.connect(credential.id, standin.approve);
	if (!connected) throw new Error(`n8n could not sign in to the demo org: ${html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').slice(0, 300)}`);
	return credential;
}

/** Imports the demo's workflow from the template, or finds it, and publishes it. */
export async function publishWorkflow(n8n: N8n, credential: StoredCredential): Promise<StoredWorkflow> {
	const known = (await n8n.workflows.list()).find(({ name }) => name === WORKFLOW_NAME);
	const workflow = known
		? await n8n.workflows.read(known.id)
		: await n8n.workflows.importFile(TEMPLATE, { credentials: [credential], name: WORKFLOW_NAME });
	await n8n.publications.activate(workflow.id);
	return workflow;
}

/** Fills in the form for every demo person, one after the other, and collects what CRM Lead Sync made of it. */
export async function submitForms(n8n: N8n, workflow: StoredWorkflow, org: Org, tell: (line: string) => void): Promise<Answer[]> {
	const answers: Answer[] = [];
	const trigger = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.formTrigger')!;
	const url = formUrl(n8n.baseUrl, trigger);
	for (const submission of SUBMISSIONS) {
		tell(`${submission.values[0]} ${submission.values[1]}: ${submission.story}`);
		answers.push(await submit(n8n, workflow.id, url, submission, org));
	}
	return answers;
}

async function submit(n8n: N8n, workflowId: string, url: string, submission: Submission, org: Org): Promise<Answer> {
	const known = (await n8n.executions.list(workflowId)).map(({ id }) => id);
	const before = org.calls.total;
	const response = await submitForm(url, submission.values);
	if (!response.ok) throw new Error(`The form answered ${response.status}: ${await response.text()}`);
	const [execution] = await n8n.executions.waitForEnded(workflowId, 1, known);
	return { submission, result: resultOf(execution), calls: org.calls.total - before };
}

function resultOf({ nodes, error }: FinishedExecution): Answer['result'] {
	const item = nodes['CRM Lead Sync']?.[0]?.outputs.flat()[0];
	if (item) return item;
	throw new Error(`CRM Lead Sync gave no result: ${error?.message ?? 'the execution ended without it'}`);
}
