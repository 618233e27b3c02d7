import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { withAdapter } from './withAdapter';

/** Lists the objects of the CRM that the signed-in user can write, by label, with the API name beside it. */
export async function getObjects(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await withAdapter(this, async (adapter) => {
		const entities = await adapter.listEntities();
		return entities
			.filter(({ createable, updateable }) => createable || updateable)
			.map(({ name, label }) => ({ name: label === name ? label : `${label} (${name})`, value: name }));
	});
}
