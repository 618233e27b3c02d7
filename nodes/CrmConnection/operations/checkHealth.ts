import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { objectProperties } from '../../../src/n8n/entityOptions';
import type { HealthQuestion } from '../../../src/n8n/checkHealth';
import { checkHealthOfItems } from '../../../src/n8n/healthOfItems';

const show = { resource: ['connection'], operation: ['checkHealth'] };

/** What is asked for beside the credential. */
export const description: INodeProperties[] = [
	...objectProperties('The object to check permissions for', 'getReadableObjects', show),
	{
		displayName: 'Rights Needed',
		name: 'rights',
		type: 'multiOptions',
		options: [
			{ name: 'Create', value: 'create' },
			{ name: 'Edit', value: 'edit' },
			{ name: 'Read', value: 'read' },
		],
		default: ['read', 'create', 'edit'],
		displayOptions: { show },
		description: 'What the signed-in user must be allowed to do with records of this object; a right that is missing makes the connection unhealthy',
	},
	{
		displayName: 'Confirm Org ID',
		name: 'confirmOrg',
		type: 'string',
		default: '',
		placeholder: 'e.g. 00D5g000004XyzAEAS',
		displayOptions: { show },
		description: 'Only where the report says that the credential now reaches another org, and that is meant: the ID of that org. From then on the credential belongs to it. Counts only when a person runs the node.',
	},
];

/** One report for each item; the same object is asked for once. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return [
		await checkHealthOfItems(context, (itemIndex) => ({
			entity: String(context.getNodeParameter('object', itemIndex)),
			neededRights: [context.getNodeParameter('rights', itemIndex)].flat() as HealthQuestion['neededRights'],
			confirmedOrg: String(context.getNodeParameter('confirmOrg', itemIndex, '')),
		})),
	];
}
