import { join } from 'node:path';
import { formUrl, submitForm } from '../test/n8n/addresses';
import type { StoredCredential } from '../test/n8n/credentials';
import type { FinishedExecution } from '../test/n8n/executions';
import type { N8n } from '../test/n8n/startN8n';
import type { StoredWorkflow } from '../test/n8n/workflows';
import type { DemoCrm } from './DemoCrm';
import type { Answer } from './report';
import { SUBMISSIONS, type Submission } from './submissions';

const WORKFLOW_NAME = 'Demo: form → Salesforce and Dynamics 365';
const TEMPLATE = join(__dirname, '..', 'templates', 'form-to-both-crms.json');

/** Puts the demo's credential of a CRM into n8n, or mends the one that is there, and signs in through n8n's own OAuth addresses. */
export async function connectCredential(n8n: N8n, { name, credential: { type, name: title, data }, approve }: DemoCrm): Promise<StoredCredential> {
	const known = (await n8n.credentials.list()).find((credential) => credential.name === title);
	const credential = known ? await n8n.credentials.update(known.id, data) : await n8n.credentials.create(type, data, title);
	const { connected, html } = await n8n.credentials.connect(credential.id, approve);
	if (!connected) throw new Error(`n8n could not sign in to ${name}: ${html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').slice(0, 300)}`);
	return credential;
}

/** Imports the demo's workflow from the template, or finds it, and publishes it. */
export async function publishWorkflow(n8n: N8n, credentials: readonly StoredCredential[]): Promise<StoredWorkflow> {
	const known = (await n8n.workflows.list()).find(({ name }) => name === WORKFLOW_NAME);
	const workflow = known ? await n8n.workflows.read(known.id) : await n8n.workflows.importFile(TEMPLATE, { credentials, name: WORKFLOW_NAME });
	await n8n.publications.activate(workflow.id);
	return workflow;
}

/** Fills in the form for every demo person, one after the other, and collects what CRM Lead Sync made of it in each CRM. */
export async function submitForms(n8n: N8n, workflow: StoredWorkflow, crms: readonly DemoCrm[], tell: (line: string) => void): Promise<Answer[]> {
	const answers: Answer[] = [];
	const trigger = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.formTrigger')!;
	const url = formUrl(n8n.baseUrl, trigger);
	for (const submission of SUBMISSIONS) {
		tell(`${submission.values[0]} ${submission.values[1]}: ${submission.story}`);
		const before = crms.map((crm) => crm.callsCounted());
		const execution = await submit(n8n, workflow.id, url, submission);
		const perCrm = crms.map((crm, at) => ({ crm: crm.name, result: resultOf(execution, crm.name), calls: crm.callsCounted() - before[at] }));
		answers.push({ submission, perCrm });
	}
	return answers;
}

async function submit(n8n: N8n, workflowId: string, url: string, submission: Submission): Promise<FinishedExecution> {
	const known = (await n8n.executions.list(workflowId)).map(({ id }) => id);
	const response = await submitForm(url, submission.values);
	if (!response.ok) throw new Error(`The form answered ${response.status}: ${await response.text()}`);
	const [execution] = await n8n.executions.waitForEnded(workflowId, 1, known);
	return execution;
}

function resultOf({ nodes, error }: FinishedExecution, node: string): Answer['perCrm'][number]['result'] {
	const item = nodes[node]?.[0]?.outputs.flat()[0];
	if (item) return item;
	throw new Error(`CRM Lead Sync gave no result for ${node}: ${error?.message ?? 'the execution ended without it'}`);
}
