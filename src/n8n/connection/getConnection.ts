import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { inRun, type OpenRun } from '../runs/inRun';
import { detailsItem, itemsOrError } from './connectionItems';
import { ownConnection } from './ownConnection';

/** The operation Get: one item about the connection that the node's credential reaches; no call, unless the credential is new. */
export async function getConnection(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const connectWith = String(context.getNodeParameter('connectWith', 0));
	const details = async (run: OpenRun) => await detailsItem(context, run.store, (await ownConnection(run)).value);
	return await itemsOrError(context, async () => await inRun(context, { operation: 'get', connectWith }, details));
}
