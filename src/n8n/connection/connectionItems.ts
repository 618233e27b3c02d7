import { NodeApiError, NodeOperationError, type IDataObject, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { connectionDetails } from '../../connections/registry/connectionViews';
import type { Connection } from '../../model/connection';
import type { StateStore } from '../../model/stateStore';

/** Items that stand for all input items at once, because the operation ran once for all of them. */
export function itemsOfAll(context: IExecuteFunctions, outputs: readonly object[]): INodeExecutionData[] {
	const pairedItem = [...context.getInputData().keys()].map((item) => ({ item }));
	return outputs.map((json) => ({ json: { ...json } as IDataObject, pairedItem }));
}

/** Lets a failure be an item where the person asked n8n to go on; where the node has an error output, it leaves by that. */
export async function itemsOrError(context: IExecuteFunctions, work: () => Promise<INodeExecutionData[]>): Promise<INodeExecutionData[]> {
	try {
		return await work();
	} catch (error) {
		if (!context.continueOnFail() || !(error instanceof NodeApiError || error instanceof NodeOperationError)) throw error;
		return itemsOfAll(context, [{ error: error.message }]);
	}
}

/** Everything about one connection, with all credentials that reach it. */
export async function detailsItem(context: IExecuteFunctions, store: StateStore, connection: Connection): Promise<INodeExecutionData[]> {
	const signIns = await store.connections.listSignIns([connection.id]);
	const details = connectionDetails(connection, signIns);
	const links = details.signIns.map((signIn) => ({ ...signIn, credentialUrl: `${context.getInstanceBaseUrl()}home/credentials/${encodeURIComponent(signIn.credentialId)}` }));
	return itemsOfAll(context, [{ ...details, signIns: links }]);
}
