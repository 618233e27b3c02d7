import { Agent } from 'node:https';
import { connect, type NetConnectOpts } from 'node:net';
import { DynamicsWebApi } from 'dynamics-web-api';
import type { INodeParameters } from 'n8n-workflow';
import { BASE_NODES, underCore } from './underCore';
import { benchLeads, type BenchLead, type BenchTask, type Contestant } from './workload';

/** The columns of a lead, by the names of the bench. */
const COLUMNS: Readonly<Record<keyof BenchLead, string>> = { FirstName: 'firstname', LastName: 'lastname', Company: 'companyname', Email: 'emailaddress1', Phone: 'telephone1' };
/** Operations of a batch, and rows of a bulk message. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/execute-batch-operations-using-web-api */
const MOST_AT_ONCE = 1_000;

/** Bulk messages of 1,000, one after the other, with nothing looked up and nothing checked: what the API itself takes. */
const bulkMessages = plainClient(async (api, records) => {
	const Targets = records.map((record) => ({ ...record, '@odata.type': 'Microsoft.Dynamics.CRM.lead' }));
	const answer = await api.callAction<{ Ids: string[] }>({ collection: 'leads', actionName: 'Microsoft.Dynamics.CRM.CreateMultiple', action: { Targets } });
	return answer.Ids.length;
});

/** The same in batches, as the documentation of dynamics-web-api shows it. */
const batches = plainClient(async (api, records) => {
	api.startBatch();
	for (const data of records) void api.create({ collection: 'leads', data, inChangeSet: false });
	return (await api.executeBatch()).length;
});

const crmSync: Contestant = {
	async prepare(task) {
		const value = Object.fromEntries(Object.entries(COLUMNS).map(([name, column]) => [column, `={{ $json.${name} }}`]));
		const parameters = {
			connectWith: 'crmDynamicsOAuth2Api',
			operation: 'push',
			object: 'lead',
			mode: 'upsert',
			fields: { mappingMode: 'defineBelow', value, matchingColumns: ['emailaddress1'] },
			options: {},
		} as INodeParameters;
		const credentials = { crmDynamicsOAuth2Api: { environmentType: 'custom', environmentUrl: task.instanceUrl, authorityUrl: task.loginUrl, ...signIn(task) } };
		return await underCore(task, { node: { type: 'n8n-nodes-crm-sync.crmLeadSync', parameters }, credentials, wanted: 'created' });
	},
};

/** n8n's node knows accounts only. */
const builtIn: Contestant = {
	makes: 'account',
	async prepare(task) {
		const parameters = {
			resource: 'account',
			operation: 'create',
			name: '={{ $json.FirstName + " " + $json.LastName }}',
			additionalFields: { description: '={{ $json.Company }}', emailaddress1: '={{ $json.Email }}', telephone1: '={{ $json.Phone }}' },
			options: {},
		};
		const [subdomain, region] = cut(new URL(task.instanceUrl).host);
		connectWithoutTls();
		const credentials = { microsoftDynamicsOAuth2Api: { subdomain, region, ...signIn(task) } };
		return await underCore(task, { node: { type: 'n8n-nodes-base.microsoftDynamicsCrm', parameters }, credentials, morePackages: [BASE_NODES] });
	},
};

/** By their names in the report; the first is the yardstick. */
export const dynamicsContestants: Readonly<Record<string, Contestant>> = {
	'dynamics-web-api, bulk messages': bulkMessages,
	'dynamics-web-api, batches': batches,
	'crm-sync': crmSync,
	'crm-sync, duplicate rule on': { ...crmSync, duplicateRule: true },
	'n8n-dynamics (accounts)': builtIn,
};

function plainClient(create: (api: DynamicsWebApi, records: ReadonlyArray<Record<string, string>>) => Promise<number>): Contestant {
	return {
		async prepare({ instanceUrl, accessToken, leads }) {
			const api = new DynamicsWebApi({ serverUrl: instanceUrl, dataApi: { version: '9.2' }, onTokenRefresh: async () => await Promise.resolve(accessToken) });
			const records = benchLeads(leads).map((lead) => Object.fromEntries(Object.entries(lead).map(([name, value]) => [COLUMNS[name as keyof BenchLead], String(value)])));
			return async () => {
				let written = 0;
				for (let start = 0; start < records.length; start += MOST_AT_ONCE) written += await create(api, records.slice(start, start + MOST_AT_ONCE));
				return written;
			};
		},
	};
}

/** n8n's node puts the address together again from two parts with a point between them. */
function cut(host: string): readonly [string, string] {
	const point = host.indexOf('.');
	return [host.slice(0, point), host.slice(point + 1)];
}

/** n8n's node speaks https only; here its connections carry plain text, so that all contestants pay the same for the network. */
function connectWithoutTls(): void {
	Object.assign(Agent.prototype, { createConnection: (options: NetConnectOpts) => connect(options) });
}

function signIn({ accessToken }: BenchTask) {
	return { clientId: 'bench', clientSecret: 'bench', oauthTokenData: { access_token: accessToken, token_type: 'Bearer' } };
}
