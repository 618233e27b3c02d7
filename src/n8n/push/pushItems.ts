import { NodeApiError, NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { withAdapter } from '../withAdapter';
import { pushToCrm } from './pushToCrm';
import { readPushParameters } from './readPushParameters';
import { refuseAll } from './refuseAll';

/**
 * The whole operation Push to CRM. A run that cannot begin fails with the reason, or, where the person asked n8n to continue on errors,
 * gives that reason to every item.
 *
 * @throws NodeApiError or NodeOperationError, worded.
 */
export async function pushItems(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	try {
		return await withAdapter(context, async (adapter) => await pushToCrm(context, adapter, await readPushParameters(context)));
	} catch (error) {
		if (context.continueOnFail() && (error instanceof NodeApiError || error instanceof NodeOperationError)) return refuseAll(context, error);
		throw error;
	}
}
