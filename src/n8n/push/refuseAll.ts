import type { IDataObject, IExecuteFunctions, INodeExecutionData, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { calledAsTool } from './calledAsTool';

/**
 * The outputs of a run that could not begin, for a person who asked n8n to continue on errors: every item is refused for the same
 * reason and comes along, so that a later step can keep it.
 */
export function refuseAll(context: IExecuteFunctions, error: NodeApiError | NodeOperationError): INodeExecutionData[][] {
	const problem: IDataObject = { field: null, reason: error.message, code: null, remedy: error.description ?? null };
	const refused = context.getInputData().map(({ json }, item) => ({
		json: { result: 'refused', message: `Not written: ${error.message}`, problems: [problem], input: json, error: error.message },
		pairedItem: { item },
	}));
	return calledAsTool(context) ? [refused, []] : [[], refused];
}
