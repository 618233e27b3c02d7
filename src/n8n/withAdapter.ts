import type { ILoadOptionsFunctions } from 'n8n-workflow';

import type { CrmAdapter } from '../model/crmAdapter';
import { ConnectionUse } from './connection/ConnectionUse';
import type { CrmContext } from './crmContext';
import { toNodeError, type ErrorPlace } from './toNodeError';

/**
 * Opens the CRM for a list that a person looks at in the editor. A connection that is paused, or that the credential does not belong to,
 * is not called, and the list says so.
 *
 * @throws NodeApiError or NodeOperationError, worded.
 */
export async function withAdapter<T>(context: ILoadOptionsFunctions, use: (adapter: CrmAdapter) => Promise<T>): Promise<T> {
	const connectWith = String(context.getCurrentNodeParameter('connectWith'));
	return await inNodeErrors(context, { connectWith }, async () => {
		const connection = await ConnectionUse.begin(context, connectWith, true);
		return await use(await connection.openForList());
	});
}

/**
 * The one frame around everything that a node does with a CRM or the state store: whatever goes wrong becomes n8n's own error.
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
