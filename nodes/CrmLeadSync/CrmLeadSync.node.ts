import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { getObjects } from '../../src/n8n/entityOptions';
import { getMappingFields } from '../../src/n8n/push/getMappingFields';
import { properties } from './description';
import * as push from './operations/push';

const operations = { push };

/** Brings records into a CRM. */
export class CrmLeadSync implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'CRM Lead Sync',
		name: 'crmLeadSync',
		icon: { light: 'file:../../icons/crm.svg', dark: 'file:../../icons/crm.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ {push: "Push to CRM"}[$parameter.operation] + ": " + $parameter.object }}',
		description: 'Bring leads and other records into Salesforce or Dynamics 365: found by email, created or updated, in batches, with an answer for each',
		defaults: { name: 'CRM Lead Sync' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Done', 'Needs Attention'],
		credentials: [
			{
				name: 'crmSalesforceOAuth2Api',
				required: true,
				displayOptions: { show: { connectWith: ['crmSalesforceOAuth2Api'] } },
			},
			{
				name: 'crmSalesforceTokenApi',
				required: true,
				displayOptions: { show: { connectWith: ['crmSalesforceTokenApi'] } },
			},
			{
				name: 'crmSalesforceServerApi',
				required: true,
				displayOptions: { show: { connectWith: ['crmSalesforceServerApi'] } },
			},
			{
				name: 'crmDynamicsOAuth2Api',
				required: true,
				displayOptions: { show: { connectWith: ['crmDynamicsOAuth2Api'] } },
			},
			{
				name: 'crmDynamicsAppApi',
				required: true,
				displayOptions: { show: { connectWith: ['crmDynamicsAppApi'] } },
			},
		],
		hints: [
			{
				message: 'Dry run: nothing is written to the CRM.',
				type: 'info',
				location: 'ndv',
				whenToDisplay: 'always',
				displayCondition: '={{ $parameter.dryRun === true }}',
			},
		],
		properties,
	};

	methods = { loadOptions: { getObjects }, resourceMapping: { getMappingFields } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation = this.getNodeParameter('operation', 0) as keyof typeof operations;
		return await operations[operation].execute(this);
	}
}
