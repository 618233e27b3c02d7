import type { INodeProperties } from 'n8n-workflow';

import { connectWithProperty } from '../../src/n8n/connectWith';
import { description as checkHealth } from './operations/checkHealth';

/** The node's parameters, in the order in which a person meets them. */
export const properties: INodeProperties[] = [
	connectWithProperty,
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [{ name: 'Connection', value: 'connection' }],
		default: 'connection',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['connection'] } },
		options: [
			{
				name: 'Check Health',
				value: 'checkHealth',
				description: 'Sign in, and report what is reached and what is wrong; a failing connection is a result, not an error',
				action: 'Check the health of a connection',
			},
		],
		default: 'checkHealth',
	},
	...checkHealth,
];
