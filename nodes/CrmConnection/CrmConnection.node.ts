import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { getReadableObjects } from '../../src/n8n/entityOptions';
import { properties } from './description';
import * as checkHealth from './operations/checkHealth';

const operations = { checkHealth };

/** Shows what a CRM connection reaches, as whom, and whether it is well. */
export class CrmConnection implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'CRM Connection',
		name: 'crmConnection',
		icon: { light: 'file:../../icons/crm.svg', dark: 'file:../../icons/crm.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ {checkHealth: "Check Health"}[$parameter.operation] + ": " + $parameter.object }}',
		description: 'See which org a CRM credential reaches, as which user, with which rights and how many API calls are left',
		defaults: { name: 'CRM Connection' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'crmSalesforceOAuth2Api',
				required: true,
				displayOptions: { show: { connectWith: ['crmSalesforceOAuth2Api'] } },
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
