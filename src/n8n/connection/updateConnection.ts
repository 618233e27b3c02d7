import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import type { ConnectionSettings } from '../../connections/registry/registryTypes';
import { update } from '../../connections/registry/wishes';
import { changeConnection } from './changeConnection';
import { itemsOrError } from './connectionItems';

/** The operation Update: changes the settings that the person added, and only those. */
export async function updateConnection(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	return await itemsOrError(context, async () => {
		const settings = settingsOf(context);
		return await changeConnection(context, 'update', (connection) => update(connection, { ...settings, ...(settings.name === '' ? { name: connection.value.orgName } : {}) }));
	});
}

type Given = Readonly<Record<string, unknown>>;

/** What n8n hands over, in the words of the registry: a budget of 0 is none. */
function settingsOf(context: IExecuteFunctions): Partial<ConnectionSettings> {
	const { name, description, runAutomatically, apiBudgetPercent } = context.getNodeParameter('settings', 0) as Given;
	return {
		...(name === undefined ? {} : { name: checked(context, 'Name', name, 'string').trim() }),
		...(description === undefined ? {} : { description: checked(context, 'Description', description, 'string') }),
		...(runAutomatically === undefined ? {} : { runAutomatically: checked(context, 'Run Automatically', runAutomatically, 'boolean') }),
		...(apiBudgetPercent === undefined ? {} : { apiBudgetPercent: checked(context, 'API Budget (%)', apiBudgetPercent, 'number') || null }),
	};
}

interface Kinds {
	readonly string: string;
	readonly boolean: boolean;
	readonly number: number;
}

const kindWords: Readonly<Record<keyof Kinds, string>> = { string: 'a text', boolean: 'true or false', number: 'a number' };

/** An expression may give anything; what it does not mean must change nothing. */
function checked<K extends keyof Kinds>(context: IExecuteFunctions, label: string, value: unknown, kind: K): Kinds[K] {
	if (typeof value === kind) return value as Kinds[K];
	throw new NodeOperationError(context.getNode(), `${label} is not ${kindWords[kind]}.`, { description: 'Nothing was changed. Correct the expression of the setting.' });
}
