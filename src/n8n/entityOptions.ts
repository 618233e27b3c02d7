import type { ILoadOptionsFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { CrmKind } from '../model/crmAdapter';
import type { EntitySummary } from '../model/entity';
import { signInsTo } from './credentialKinds';
import { withAdapter } from './withAdapter';

/** How each CRM calls its leads. */
const leads: Readonly<Record<CrmKind, string>> = { salesforce: 'Lead', dynamics: 'lead' };

/**
 * The choice of an object, by one of the two lists below; `use` says in the person's words what the object is for. One property for each
 * CRM, all of the same name: a choice nobody changed follows the CRM, because n8n stores no defaults, and one that the CRM does not have
 * is marked in the editor and refused in a run.
 */
export function objectProperties(use: string, list: 'getObjects' | 'getReadableObjects', show: Record<string, string[]>): INodeProperties[] {
	return Object.entries(leads).map(([crm, lead]) => ({
		displayName: 'Object Name or ID',
		name: 'object',
		type: 'options',
		typeOptions: { loadOptionsMethod: list, loadOptionsDependsOn: ['connectWith'] },
		default: lead,
		required: true,
		displayOptions: { show: { ...show, connectWith: signInsTo(crm as CrmKind) } },
		description: `${use}. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.`,
	}));
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
