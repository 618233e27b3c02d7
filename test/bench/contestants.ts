import { resolve } from 'node:path';
import { Connection } from 'jsforce';
import type { INodeParameters } from 'n8n-workflow';
import type { CoreRunner } from '../n8n/coreRunner';
import type { NodeDraft } from '../n8n/workflows';
import { benchLeads, type BenchTask, type ContestantName } from './workload';

/** Brings the leads in and returns how many were written; `prepare` loads what is not to be timed. */
export interface Contestant {
	prepare(task: BenchTask): Promise<() => Promise<number>>;
}

const FIELDS = ['FirstName', 'LastName', 'Company', 'Email', 'Phone'];
const expressions = Object.fromEntries(FIELDS.map((name) => [name, `={{ $json.${name} }}`]));
const BASE_NODES = resolve(__dirname, '..', '..', 'setup', 'n8n', 'node_modules', 'n8n-nodes-base');

/** Collections of 200, one after the other, with nothing looked up and nothing checked: what the API itself takes. */
const plainJsforce: Contestant = {
	async prepare({ instanceUrl, accessToken, leads }) {
		const connection = new Connection({ instanceUrl, accessToken, version: '67.0' });
		const records = benchLeads(leads);
		return async () => {
			let written = 0;
			for (let start = 0; start < records.length; start += 200) {
				const results = await connection.sobject('Lead').create(records.slice(start, start + 200));
				written += results.filter(({ success }) => success).length;
			}
			return written;
		};
	},
};

const crmSync: Contestant = {
	async prepare(task) {
		const node: NodeDraft = {
			name: 'Push',
			type: 'n8n-nodes-crm-sync.crmLeadSync',
			parameters: {
				connectWith: 'crmSalesforceOAuth2Api',
				operation: 'push',
				object: 'Lead',
				mode: 'upsert',
				fields: { mappingMode: 'defineBelow', value: expressions, matchingColumns: ['Email'] },
				options: {},
			} as INodeParameters,
		};
		const credentials = { crmSalesforceOAuth2Api: { environment: 'myDomain', domain: task.instanceUrl, ...signIn(task) } };
		return await underCore(task, [], node, credentials, 'created');
	},
};

const builtIn: Contestant = {
	async prepare(task) {
		const node: NodeDraft = {
			name: 'Push',
			type: 'n8n-nodes-base.salesforce',
			parameters: {
				authentication: 'oAuth2',
				resource: 'lead',
				operation: 'create',
				company: expressions.Company,
				lastname: expressions.LastName,
				additionalFields: { email: expressions.Email, firstname: expressions.FirstName, phone: expressions.Phone },
			},
		};
		return await underCore(task, [BASE_NODES], node, { salesforceOAuth2Api: { environment: 'production', ...signIn(task) } }, undefined);
	},
};

export const contestants: Readonly<Record<ContestantName, Contestant>> = { 'crm-sync': crmSync, 'n8n-salesforce': builtIn, jsforce: plainJsforce };

function signIn({ instanceUrl, accessToken }: BenchTask) {
	return { clientId: 'bench', clientSecret: 'bench', oauthTokenData: { access_token: accessToken, instance_url: instanceUrl, token_type: 'Bearer' } };
}

async function underCore(
	{ leads }: BenchTask,
	morePackages: readonly string[],
	node: NodeDraft,
	credentials: NonNullable<Parameters<CoreRunner['run']>[0]['credentials']>,
	wanted: string | undefined,
): Promise<() => Promise<number>> {
	const { createCoreRunner } = await import('../n8n/coreRunner');
	const runner = await createCoreRunner({ morePackages });
	const input = benchLeads(leads).map((json, item) => ({ json: { ...json }, pairedItem: { item } }));
	const start = { name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} };
	return async () => {
		const result = await runner.run({ nodes: [start, node], input, credentials });
		if (result.error) throw new Error(result.error.message);
		return result.outputs('Push').filter((json) => wanted === undefined || json.result === wanted).length;
	};
}
