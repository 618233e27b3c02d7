import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { updateConnection } from '../../../src/n8n/connection/updateConnection';

/** What may be changed; what is not added stays as it is. */
export const description: INodeProperties[] = [
	{
		displayName: 'Settings',
		name: 'settings',
		type: 'collection',
		placeholder: 'Add Setting',
		default: {},
		displayOptions: { show: { resource: ['connection'], operation: ['update'] } },
		description: 'What to change; everything else stays as it is',
		options: [
			{
				displayName: 'API Budget (%)',
				name: 'apiBudgetPercent',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 100 },
				default: 0,
				description: 'Share of the daily API calls of the org that this package may use; 0 sets no limit of its own',
			},
			{
				displayName: 'Description',
				name: 'description',
				type: 'string',
				typeOptions: { rows: 2 },
				default: '',
				description: 'What this connection is for, in your words',
			},
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				description: 'What to call the connection; left empty, it is the name of the org again',
			},
			{
				displayName: 'Run Automatically',
				name: 'runAutomatically',
				type: 'boolean',
				default: true,
				description: 'Whether scheduled, triggered and polled runs may use the connection; runs that a person starts always may',
			},
		],
	},
];

/** One item: the connection as it is now. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return [await updateConnection(context)];
}
