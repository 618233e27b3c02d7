import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { returnAllOrLimit } from '../../../src/n8n/pageParameters';
import { getRuns } from '../../../src/n8n/runs/getRuns';

const show = { resource: ['run'], operation: ['getRuns'] };

/** Which runs of the connection to list, and how many. */
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
				displayName: 'Node',
				name: 'nodeType',
				type: 'options',
				options: [
					{ name: 'Any', value: 'any' },
					{ name: 'CRM Connection', value: 'crmConnection' },
					{ name: 'CRM Lead Sync', value: 'crmLeadSync' },
				],
				default: 'any',
				description: 'Only runs of this node',
			},
			{
				displayName: 'Outcome',
				name: 'outcomes',
				type: 'multiOptions',
				options: [
					{ name: 'Failed', value: 'failed', description: 'It ended with an error' },
					{ name: 'Needs Attention', value: 'needsAttention', description: 'Done, but something waits for a person' },
					{ name: 'Not Run', value: 'notRun', description: 'Nothing was tried, on purpose' },
					{ name: 'Running', value: 'running', description: 'Not finished, or its n8n was stopped in the middle' },
					{ name: 'Succeeded', value: 'succeeded', description: 'All of it was done' },
				],
				default: [],
				description: 'Only runs that ended like this',
			},
			{
				displayName: 'Started After',
				name: 'startedFrom',
				type: 'dateTime',
				default: '',
				description: 'Only runs that began at this time or later',
			},
			{
				displayName: 'Started Before',
				name: 'startedBefore',
				type: 'dateTime',
				default: '',
				description: 'Only runs that began earlier; with the start of the last one you have, the next page',
			},
			{
				displayName: 'Workflow ID',
				name: 'workflowId',
				type: 'string',
				default: '',
				description: 'Only runs of this workflow; its ID is the last part of the address at which the editor shows it',
			},
		],
	},
];

/** One item for each run of the connection that the credential reaches, newest first. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return [await getRuns(context)];
}
