import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';

import type { Page } from '../model/stateStore';

/** As many as the store gives at once. */
const pageSize = 500;

/** The usual two parameters of a list: all of it, or so many. */
export function returnAllOrLimit(show: Record<string, string[]>): INodeProperties[] {
	return [
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			displayOptions: { show },
			description: 'Whether to return all results or only up to a given limit',
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			displayOptions: { show: { ...show, returnAll: [false] } },
			description: 'Max number of results to return',
		},
	];
}

/**
 * Reads pages until the list ends or holds as many as the person wants.
 *
 * @throws NodeOperationError for a limit that is none.
 */
export async function readPages<T>(context: IExecuteFunctions, read: (page: { limit: number; after?: string }) => Promise<Page<T>>): Promise<T[]> {
	const wanted = context.getNodeParameter('returnAll', 0) === true ? Infinity : limitOf(context);
	const found: T[] = [];
	for (let after: string | undefined; found.length < wanted; ) {
		const page = await read({ limit: Math.min(pageSize, wanted - found.length), after });
		found.push(...page.items);
		after = page.next;
		if (after === undefined) break;
	}
	return found;
}

function limitOf(context: IExecuteFunctions): number {
	const limit = Number(context.getNodeParameter('limit', 0));
	if (Number.isInteger(limit) && limit >= 1) return limit;
	throw new NodeOperationError(context.getNode(), 'Limit is not a whole number of at least 1.', { description: 'Correct the number or its expression, or choose Return All.' });
}
