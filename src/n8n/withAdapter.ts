import type { CrmAdapter } from '../model/crmAdapter';
import type { CrmContext } from './crmContext';
import { openAdapter } from './openAdapter';
import { toNodeError, type ErrorPlace } from './toNodeError';

/**
 * Opens the CRM that the node is connected with, and turns whatever goes wrong into n8n's own error: the one frame around everything
 * that a node does with a CRM.
 *
 * @throws NodeApiError or NodeOperationError, worded.
 */
export async function withAdapter<T>(context: CrmContext, use: (adapter: CrmAdapter) => Promise<T>): Promise<T> {
	const connectWith = String('getCurrentNodeParameter' in context ? context.getCurrentNodeParameter('connectWith') : context.getNodeParameter('connectWith', 0));
	return await inNodeErrors(context, { connectWith }, async () => await use(await openAdapter(context, connectWith)));
}

/**
 * The same frame for work that opens the CRM itself, because a CRM that cannot be opened is no error to it.
 *
 * @throws NodeApiError or NodeOperationError, worded.
 */
export async function inNodeErrors<T>(context: CrmContext, place: ErrorPlace, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw toNodeError(context, error, place);
	}
}
