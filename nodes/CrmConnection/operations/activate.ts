import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { activateConnection } from '../../../src/n8n/connection/changeConnection';

/** Nothing is asked for beside the credential. */
export const description: INodeProperties[] = [];

/** One item: the connection, which works again. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return [await activateConnection(context)];
}
