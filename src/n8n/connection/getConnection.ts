import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { inRun } from '../runs/inRun';
import { detailsItem } from './connectionItems';
import { ownConnection } from './ownConnection';

/** The operation Get: one item about the connection that the node's credential reaches; no call, unless the credential is new. */
export async function getConnection(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const connectWith = String(context.getNodeParameter('connectWith', 0));
	return await inRun(context, { operation: 'get', connectWith }, async (run) => await detailsItem(context, run.store, (await ownConnection(run)).value));
}
