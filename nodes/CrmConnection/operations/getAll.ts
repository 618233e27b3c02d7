import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { getConnections } from '../../../src/n8n/connection/getConnections';
import { returnAllOrLimit } from '../../../src/n8n/pageParameters';

const show = { resource: ['connection'], operation: ['getAll'] };

/** Which connections of this n8n to list, and how many. */
export const description: INodeProperties[] = [
	...returnAllOrLimit(show),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: { show },
		options: [
			{
				displayName: 'Include Deleted',
				name: 'includeDeleted',
				type: 'boolean',
				default: false,
				description: 'Whether to list connections, too, that were deleted and not used since',
			},
			{
				displayName: 'Status',
				name: 'status',
				type: 'options',
				options: [
					{ name: 'Active', value: 'active' },
					{ name: 'Any', value: 'any' },
					{ name: 'Paused', value: 'paused' },
				],
				default: 'any',
				description: 'Only connections with this status',
			},
		],
	},
];

/** One item for each connection; names and status only, unless the operator of this n8n allows more. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return [await getConnections(context)];
}
