import type { CrmAdapter } from '../model/crmAdapter';
import { openAdapter } from './openAdapter';
import type { CrmContext } from './crmContext';
import { toNodeError } from './toNodeError';

/**
 * Opens the CRM that the node is connected with, and turns whatever goes wrong into n8n's own error: the one frame around everything
 * that a node does with a CRM.
 *
 * @throws NodeApiError or NodeOperationError, worded.
 */
export async function withAdapter<T>(context: CrmContext, use: (adapter: CrmAdapter) => Promise<T>): Promise<T> {
	const connectWith = String('getCurrentNodeParameter' in context ? context.getCurrentNodeParameter('connectWith') : context.getNodeParameter('connectWith', 0));
	try {
		return await use(await openAdapter(context, connectWith));
	} catch (error) {
		throw toNodeError(context, error, { connectWith });
	}
}
