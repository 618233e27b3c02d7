import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { listEnvironments } from '../../../src/n8n/connection/listEnvironments';

/** What a person should know before. */
export const description: INodeProperties[] = [
	{
		displayName:
			'For Dynamics 365 OAuth2. The credential needs no Environment URL for this: connect the account, run this, copy an environmentUrl to the credential and connect again.',
		name: 'environmentsNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { resource: ['connection'], operation: ['listEnvironments'] } },
	},
];

/** One item for each environment that the account can enter. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return [await listEnvironments(context)];
}
