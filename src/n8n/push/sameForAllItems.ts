import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { quoted } from '../../sync/values/quoted';
import { takingTurns } from './turns';

/**
 * The value of a parameter that one run can have only once, because all items travel together. An expression may still give it.
 *
 * @throws NodeOperationError when an expression in it gives another value for a later item.
 */
export async function sameForAllItems(context: IExecuteFunctions, parameter: string, fallback: unknown): Promise<unknown> {
	const first = context.getNodeParameter(parameter, 0, fallback);
	if (!holdsExpression(context.getNode().parameters[parameter])) return first;
	const letOthers = takingTurns();
	const expected = JSON.stringify(first);
	for (let index = 1; index < context.getInputData().length; index++) {
		const value = context.getNodeParameter(parameter, index, fallback);
		if (JSON.stringify(value) !== expected) throw differs(context, parameter, index, [first, value]);
		await letOthers();
	}
	return first;
}

function holdsExpression(stored: unknown): boolean {
	if (typeof stored === 'string') return stored.startsWith('=');
	return typeof stored === 'object' && stored !== null && Object.values(stored).some(holdsExpression);
}

function differs(context: IExecuteFunctions, parameter: string, itemIndex: number, [first, value]: readonly [unknown, unknown]): NodeOperationError {
	return new NodeOperationError(context.getNode(), `The parameter ${parameter} must be the same for all items: it is ${quoted(first)} for the first and ${quoted(value)} for item ${itemIndex}.`, {
		description: 'All items are sent together. Part them before this node, and send each part with a node of its own.',
		itemIndex,
	});
}
