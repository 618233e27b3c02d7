import { NodeApiError, NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { NotAdmittedError } from '../connection/NotAdmittedError';
import { htmlText } from '../htmlText';
import { inRun, type OpenRun } from '../runs/inRun';
import { pushToCrm } from './pushToCrm';
import { readPushParameters } from './readPushParameters';
import { refuseAll } from './refuseAll';

/**
 * The whole operation Push to CRM. A run that cannot begin fails with the reason, or, where the person asked n8n to continue on errors,
 * gives that reason to every item. Where a person paused the connection, or keeps it from running by itself, no item is lost: all of
 * them need attention.
 *
 * @throws NodeApiError or NodeOperationError, worded.
 */
export async function pushItems(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const connectWith = String(context.getNodeParameter('connectWith', 0));
	try {
		return await inRun(context, { operation: 'push', connectWith }, async (run) => await push(context, run));
	} catch (error) {
		if (context.continueOnFail() && (error instanceof NodeApiError || error instanceof NodeOperationError)) return refuseAll(context, error);
		throw error;
	}
}

async function push(context: IExecuteFunctions, run: OpenRun): Promise<INodeExecutionData[][]> {
	const parameters = await readPushParameters(context);
	try {
		return await pushToCrm(context, run, parameters);
	} catch (error) {
		const nothingSent = error instanceof NotAdmittedError && error.byChoice && !parameters.failAfterwards;
		if (!nothingSent) throw error;
		run.report({ outcome: 'notRun', words: error.message, counts: { refused: context.getInputData().length } });
		context.addExecutionHints({ message: htmlText(`${error.message} ${error.remedy} See the output Needs Attention.`), type: 'warning', location: 'outputPane' });
		return refuseAll(context, { message: error.message, description: error.remedy });
	}
}
