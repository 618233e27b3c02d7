import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { getConnection } from '../../../src/n8n/connection/getConnection';

/** Nothing is asked for beside the credential. */
export const description: INodeProperties[] = [];

/** One item: the connection that the credential reaches, with its settings and sign-ins. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return [await getConnection(context)];
}
