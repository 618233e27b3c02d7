import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';
import { withAdapter } from '../withAdapter';
import { describeObject } from './describeObject';
import { mappingFields } from './mappingFields';

/** Lists the fields of the chosen object for the resource mapper, read afresh, so that a field just added in the CRM is there. */
export async function getMappingFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const object = String(this.getCurrentNodeParameter('object') ?? 'Lead');
	return await withAdapter(this, async (adapter) => mappingFields(await describeObject(adapter, object, true)));
}
