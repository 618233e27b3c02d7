import { Connection } from 'jsforce';
import type { INodeParameters } from 'n8n-workflow';
import { BASE_NODES, underCore } from './underCore';
import { benchLeads, type BenchTask, type Contestant } from './workload';

const FIELDS = ['FirstName', 'LastName', 'Company', 'Email', 'Phone'];
const expressions = Object.fromEntries(FIELDS.map((name) => [name, `={{ $json.${name} }}`]));

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
		const parameters = {
			connectWith: 'crmSalesforceOAuth2Api',
			operation: 'push',
			object: 'Lead',
			mode: 'upsert',
			fields: { mappingMode: 'defineBelow', value: expressions, matchingColumns: ['Email'] },
			options: {},
		} as INodeParameters;
		const credentials = { crmSalesforceOAuth2Api: { environment: 'myDomain', domain: task.instanceUrl, ...signIn(task) } };
		return await underCore(task, { node: { type: 'n8n-nodes-crm-sync.crmLeadSync', parameters }, credentials, wanted: 'created' });
	},
};

const builtIn: Contestant = {
	async prepare(task) {
		const parameters = {
			authentication: 'oAuth2',
			resource: 'lead',
			operation: 'create',
			company: expressions.Company,
			lastname: expressions.LastName,
			additionalFields: { email: expressions.Email, firstname: expressions.FirstName, phone: expressions.Phone },
		};
		const credentials = { salesforceOAuth2Api: { environment: 'production', ...signIn(task) } };
		return await underCore(task, { node: { type: 'n8n-nodes-base.salesforce', parameters }, credentials, morePackages: [BASE_NODES] });
	},
};

/** By their names in the report; the first is the yardstick. */
export const salesforceContestants: Readonly<Record<string, Contestant>> = { jsforce: plainJsforce, 'crm-sync': crmSync, 'n8n-salesforce': builtIn };

function signIn({ instanceUrl, accessToken }: BenchTask) {
	return { clientId: 'bench', clientSecret: 'bench', oauthTokenData: { access_token: accessToken, instance_url: instanceUrl, token_type: 'Bearer' } };
}
