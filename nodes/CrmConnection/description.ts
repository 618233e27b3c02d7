import type { INodeProperties } from 'n8n-workflow';

import { connectWithProperty } from '../../src/n8n/connectWith';
import { description as activate } from './operations/activate';
import { description as checkHealth } from './operations/checkHealth';
import { description as deleteConnection } from './operations/delete';
import { description as get } from './operations/get';
import { description as getAll } from './operations/getAll';
import { description as getRuns } from './operations/getRuns';
import { description as listEnvironments } from './operations/listEnvironments';
import { description as pause } from './operations/pause';
import { description as update } from './operations/update';

/** The node's parameters, in the order in which a person meets them. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Connection', value: 'connection', description: 'An org, as this n8n knows it' },
			{ name: 'Run', value: 'run', description: 'What nodes did with a connection' },
		],
		default: 'connection',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['connection'] } },
		options: [
			{ name: 'Activate', value: 'activate', description: 'Let nodes use a paused connection again', action: 'Activate a connection' },
			{
				name: 'Check Health',
				value: 'checkHealth',
				description: 'Sign in, and report what is reached and what is wrong; a failing connection is a result, not an error',
				action: 'Check the health of a connection',
			},
			{ name: 'Delete', value: 'delete', description: 'Take a connection off the list; its history and settings are kept', action: 'Delete a connection' },
			{ name: 'Get', value: 'get', description: 'Get settings, sign-ins and status of the connection that a credential reaches', action: 'Get a connection' },
			{ name: 'Get Many', value: 'getAll', description: 'List the connections of this n8n, by name and status', action: 'Get many connections' },
			{
				name: 'List Environments',
				value: 'listEnvironments',
				description: 'List the Dynamics 365 environments that the signed-in person can enter, to copy the address from',
				action: 'List environments',
			},
			{ name: 'Pause', value: 'pause', description: 'Stop all calls to the org until the connection is activated again', action: 'Pause a connection' },
			{ name: 'Update', value: 'update', description: 'Change name, description and settings of a connection', action: 'Update a connection' },
		],
		default: 'checkHealth',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['run'] } },
		options: [{ name: 'Get Many', value: 'getRuns', description: 'List what nodes did with a connection, newest first', action: 'Get many runs' }],
		default: 'getRuns',
	},
	{ ...connectWithProperty, displayOptions: { hide: { operation: ['getAll'] } } },
	...activate,
	...checkHealth,
	...deleteConnection,
	...get,
	...getAll,
	...listEnvironments,
	...pause,
	...update,
	...getRuns,
];
