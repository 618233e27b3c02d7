import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { pauseConnection } from '../../../src/n8n/connection/changeConnection';

/** Nothing is asked for beside the credential. */
export const description: INodeProperties[] = [];

/** One item: the connection, whose org no node of this package calls from now on. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return [await pauseConnection(context)];
}
