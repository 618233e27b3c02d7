import { resolve } from 'node:path';
import Table from 'cli-table3';
import type { INodeParameters } from 'n8n-workflow';
import { credentialRef, type StoredCredential } from '../n8n/credentials';
import { startN8n, type N8n } from '../n8n/startN8n';
import type { NodeDraft } from '../n8n/workflows';
import { startStandin } from '../standin';

const ITEMS = 10_000;
const ROOT = resolve(__dirname, '..', '..');
const APP = { clientId: 'bench-key', clientSecret: 'bench-secret' };

/** How the ten mapped fields get their values. */
const MAPPINGS: Readonly<Record<string, (field: string) => string>> = {
	'plain references': (field) => `={{ $json.${field} }}`,
	'expressions that compute': (field) => `={{ ($json.${field} ?? '').toString().trim() }}`,
};
const FIELDS = ['FirstName', 'LastName', 'Company', 'Email', 'Phone', 'Title', 'City', 'Country', 'Street', 'Description'];

interface Waits {
	readonly worst: number;
	readonly median: number;
	readonly asked: number;
}

/**
 * Measures how long `/healthz` of a real n8n takes while CRM Lead Sync works through 10,000 items with ten mapped fields, beside the same
 * workflow without the node: what n8n itself takes to store and show 10,000 items is in both.
 */
export async function benchResponsiveness(): Promise<string> {
	const standin = await startStandin();
	const org = await standin.createOrg({ apiLimit: 1_000_000 });
	org.addApp(APP);
	const n8n = await startN8n({ packages: [ROOT], env: { N8N_RUNNERS_TASK_TIMEOUT: '300' } });
	try {
		const credential = await n8n.credentials.create('crmSalesforceOAuth2Api', { ...APP, environment: 'myDomain', domain: org.instanceUrl });
		await n8n.credentials.connect(credential.id, standin.approve);
		const table = new Table({ head: [`${ITEMS.toLocaleString('en-US')} items × ${FIELDS.length} fields`, 'worst ms', 'median ms', 'asked', 'node s'], style: { head: ['cyan'] } });
		const row = (name: string, { worst, median, asked }: Waits, milliseconds = 0) =>
			table.push([name, worst.toFixed(0), median.toFixed(1), asked, (milliseconds / 1000).toFixed(1)]);
		const without = await measure(n8n, []);
		row('without the node', without.waits);
		for (const [name, expression] of Object.entries(MAPPINGS)) {
			const { waits, milliseconds } = await measure(n8n, [pushNode(credential, expression)]);
			row(`CRM Lead Sync, ${name}`, waits, milliseconds);
		}
		return table.toString();
	} finally {
		await n8n.stop();
		await standin.close();
	}
}

function pushNode(credential: StoredCredential, expression: (field: string) => string): NodeDraft {
	const value = Object.fromEntries(FIELDS.map((field) => [field, expression(field)]));
	const parameters = { fields: { mappingMode: 'defineBelow', matchingColumns: ['Email'], value }, dryRun: false } as INodeParameters;
	return { name: 'Push', type: 'n8n-nodes-crm-sync.crmLeadSync', credentials: credentialRef(credential), parameters };
}

async function measure(n8n: N8n, more: readonly NodeDraft[]): Promise<{ waits: Waits; milliseconds?: number }> {
	const jsCode = `return Array.from({ length: ${ITEMS} }, (_, i) => ({ json: { ${FIELDS.map((field) => `${field}: ${field === 'Email' ? '`p${i}@example.com`' : `\`${field} \${i}\``}`).join(', ')} } }));`;
	const items: NodeDraft = { name: 'Items', type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode } };
	const workflow = await n8n.workflows.create({ nodes: [{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' }, items, ...more] });
	const waits: number[] = [];
	let running = true;
	const asking = askHealth(n8n.baseUrl, waits, () => running);
	const execution = await n8n.executions.run(workflow, { timeoutMs: 300_000 });
	running = false;
	await asking;
	if (execution.status !== 'success') throw new Error(`The execution ended with ${execution.status}: ${execution.error?.message}`);
	waits.sort((a, b) => a - b);
	return { waits: { worst: waits.at(-1) ?? 0, median: waits[Math.floor(waits.length / 2)] ?? 0, asked: waits.length }, milliseconds: execution.nodes.Push?.[0]?.milliseconds };
}

async function askHealth(baseUrl: string, waits: number[], goOn: () => boolean): Promise<void> {
	while (goOn()) {
		const start = performance.now();
		await (await fetch(`${baseUrl}/healthz`)).text();
		waits.push(performance.now() - start);
		await new Promise((done) => setTimeout(done, 25));
	}
}
