import type { ILoadOptionsFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { EntitySummary } from '../model/entity';
import { withAdapter } from './withAdapter';

/** The choice of an object, by one of the two lists below; `use` says in the person's words what the object is for. */
export function objectProperty(use: string, list: 'getObjects' | 'getReadableObjects', show: Record<string, string[]>): INodeProperties {
	return {
		displayName: 'Object Name or ID',
		name: 'object',
		type: 'options',
		typeOptions: { loadOptionsMethod: list },
		default: 'Lead',
		required: true,
		displayOptions: { show },
		description: `${use}. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.`,
	};
}

/** Lists the objects of the CRM that the signed-in user can write, by label, with the API name beside it. */
export async function getObjects(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await listObjects(this, ({ createable, updateable }) => createable || updateable);
}

/** Lists the objects of the CRM that the signed-in user can see. */
export async function getReadableObjects(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await listObjects(this, () => true);
}

async function listObjects(context: ILoadOptionsFunctions, isWanted: (entity: EntitySummary) => boolean): Promise<INodePropertyOptions[]> {
	return await withAdapter(context, async (adapter) => {
		const entities = await adapter.listEntities();
		return entities.filter(isWanted).map(({ name, label }) => ({ name: label === name ? label : `${label} (${name})`, value: name }));
	});
}
