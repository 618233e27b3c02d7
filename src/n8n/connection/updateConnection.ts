import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { ConnectionSettings } from '../../connections/registry/registryTypes';
import { update } from '../../connections/registry/wishes';
import { changeConnection } from './changeConnection';

/** The operation Update: changes the settings that the person added, and only those. */
export async function updateConnection(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const settings = settingsOf(context.getNodeParameter('settings', 0) as Readonly<Record<string, unknown>>);
	return await changeConnection(context, 'update', (connection) => update(connection, { ...settings, ...(settings.name === '' ? { name: connection.value.orgName } : {}) }));
}

/** What n8n hands over, in the words of the registry: a budget of 0 is none. */
function settingsOf({ name, description, runAutomatically, apiBudgetPercent }: Readonly<Record<string, unknown>>): Partial<ConnectionSettings> {
	return {
		...(name === undefined ? {} : { name: String(name).trim() }),
		...(description === undefined ? {} : { description: String(description) }),
		...(runAutomatically === undefined ? {} : { runAutomatically: runAutomatically === true }),
		...(apiBudgetPercent === undefined ? {} : { apiBudgetPercent: Number(apiBudgetPercent) === 0 ? null : Number(apiBudgetPercent) }),
	};
}
