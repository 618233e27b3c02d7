import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { createHealthCheck, type HealthQuestion } from './checkHealth';
import { htmlText } from './htmlText';
import { toNodeError } from './toNodeError';

/** As many problems as a hint bears; the report of each item has all of its own. */
const SHOWN_PROBLEMS = 10;

/** Answers each input item with the report it asks for, and tells in the editor when one is not well. */
export async function checkHealthOfItems(context: IExecuteFunctions, questionOf: (itemIndex: number) => HealthQuestion): Promise<INodeExecutionData[]> {
	const connectWith = String(context.getNodeParameter('connectWith', 0));
	const check = createHealthCheck(context, connectWith);
	const answers: INodeExecutionData[] = [];
	const found = new Set<string>();
	for (const itemIndex of context.getInputData().keys()) {
		try {
			const report = await check(questionOf(itemIndex));
			for (const { words, whatToDo } of report.problems) found.add(`${words} ${whatToDo}`);
			answers.push({ json: { ...report } as IDataObject, pairedItem: { item: itemIndex } });
		} catch (error) {
			const nodeError = toNodeError(context, error, { itemIndex, connectWith });
			if (!context.continueOnFail()) throw nodeError;
			answers.push({ json: { error: nodeError.message }, pairedItem: { item: itemIndex } });
		}
	}
	if (found.size > 0) {
		const shown = [...found].slice(0, SHOWN_PROBLEMS).join(' ');
		context.addExecutionHints({ message: htmlText(`The connection is not healthy. ${shown}`), type: 'warning', location: 'outputPane' });
	}
	return answers;
}
