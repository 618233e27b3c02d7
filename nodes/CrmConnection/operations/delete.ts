import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { deleteConnection } from '../../../src/n8n/connection/changeConnection';

/** What a person should know before. */
export const description: INodeProperties[] = [
	{
		displayName: 'The connection leaves the list. Its history and links are kept, and its settings come back as soon as a node uses one of its credentials again.',
		name: 'deleteNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { resource: ['connection'], operation: ['delete'] } },
	},
];

/** One item that says what was deleted. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return [await deleteConnection(context)];
}
