import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { getReadableObjects } from '../../src/n8n/entityOptions';
import { properties } from './description';
import * as activate from './operations/activate';
import * as checkHealth from './operations/checkHealth';
import * as deleteConnection from './operations/delete';
import * as get from './operations/get';
import * as getAll from './operations/getAll';
import * as getRuns from './operations/getRuns';
import * as listEnvironments from './operations/listEnvironments';
import * as pause from './operations/pause';
import * as update from './operations/update';

const operations = { activate, checkHealth, delete: deleteConnection, get, getAll, getRuns, listEnvironments, pause, update };

/** Shows and manages what CRM credentials reach: as whom, whether it is well, and what was done with it. */
export class CrmConnection implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'CRM Connection',
		name: 'crmConnection',
		icon: { light: 'file:../../icons/crm.svg', dark: 'file:../../icons/crm.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ {activate: "Activate", checkHealth: "Check Health", delete: "Delete", get: "Get", getAll: "Get Many", getRuns: "Get Many Runs", listEnvironments: "List Environments", pause: "Pause", update: "Update"}[$parameter.operation] + ($parameter.operation === "checkHealth" ? ": " + $parameter.object : "") }}',
		description: 'See and manage the orgs that CRM credentials reach: health, users, rights, API calls left, pauses, settings and the history of runs',
		defaults: { name: 'CRM Connection' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'crmSalesforceOAuth2Api',
				required: true,
				displayOptions: { show: { connectWith: ['crmSalesforceOAuth2Api'] }, hide: { operation: ['getAll'] } },
			},
			{
				name: 'crmSalesforceTokenApi',
				required: true,
				displayOptions: { show: { connectWith: ['crmSalesforceTokenApi'] }, hide: { operation: ['getAll'] } },
			},
			{
				name: 'crmSalesforceServerApi',
				required: true,
				displayOptions: { show: { connectWith: ['crmSalesforceServerApi'] }, hide: { operation: ['getAll'] } },
			},
			{
				name: 'crmDynamicsOAuth2Api',
				required: true,
				displayOptions: { show: { connectWith: ['crmDynamicsOAuth2Api'] }, hide: { operation: ['getAll'] } },
			},
			{
				name: 'crmDynamicsAppApi',
				required: true,
				displayOptions: { show: { connectWith: ['crmDynamicsAppApi'] }, hide: { operation: ['getAll'] } },
			},
		],
		properties,
	};

	methods = { loadOptions: { getReadableObjects } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation = this.getNodeParameter('operation', 0) as keyof typeof operations;
		return await operations[operation].execute(this);
	}
}
