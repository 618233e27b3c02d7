import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { calledAsTool } from './calledAsTool';

/** Why nothing was written, and what to do about it. */
export interface WholeRefusal {
	readonly message: string;
	readonly description?: string | null;
}

/**
 * The outputs of a run that did not begin: every item is refused for the same reason and comes along, so that a later step can keep it.
 * Where the node has an error output, they leave by that.
 */
export function refuseAll(context: IExecuteFunctions, error: WholeRefusal): INodeExecutionData[][] {
	const problem: IDataObject = { field: null, reason: error.message, code: null, remedy: error.description ?? null };
	const message = `Not written: ${error.message}`;
	const toErrorOutput = context.getNode().onError === 'continueErrorOutput';
	const refused = context.getInputData().map(({ json }, item) => {
		const details: IDataObject = { result: 'refused', problems: [problem], input: json };
		// n8n moves an item to the error output only if it has no property beside these three.
		return { json: { error: error.message, message, ...(toErrorOutput ? { details } : details) }, pairedItem: { item } };
	});
	return calledAsTool(context) ? [refused, []] : [[], refused];
}
