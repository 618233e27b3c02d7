import type { INodeProperties } from 'n8n-workflow';
import { connectWithProperty } from '../../src/n8n/connectWith';
import { description as push } from './operations/push';

/** The node's parameters, in the order in which a person meets them. */
export const properties: INodeProperties[] = [
	connectWithProperty,
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Push to CRM',
				value: 'push',
				description: 'Find each item in the CRM by a field such as the email, then create or update it',
				action: 'Push leads to the CRM',
			},
		],
		default: 'push',
	},
	...push,
];
