import { NodeApiError, NodeOperationError, type IDataObject, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { createHealthCheck, type HealthQuestion } from './checkHealth';
import { htmlText } from './htmlText';
import { inNodeErrors } from './withAdapter';

/** As many problems as a hint bears; the report of each item has all of its own. */
const shownProblems = 10;

/** Answers each input item with the report it asks for, and tells in the editor when one is not well. */
export async function checkHealthOfItems(context: IExecuteFunctions, questionOf: (itemIndex: number) => HealthQuestion): Promise<INodeExecutionData[]> {
	const connectWith = String(context.getNodeParameter('connectWith', 0));
	const check = createHealthCheck(context, connectWith);
	const answers: INodeExecutionData[] = [];
	const found = new Set<string>();
	for (const itemIndex of context.getInputData().keys()) {
		try {
			const report = await inNodeErrors(context, { itemIndex, connectWith }, async () => await check(questionOf(itemIndex)));
			for (const { words, whatToDo } of report.problems) found.add(`${words} ${whatToDo}`);
			answers.push({ json: { ...report } as IDataObject, pairedItem: { item: itemIndex } });
		} catch (error) {
			if (!context.continueOnFail() || !(error instanceof NodeApiError || error instanceof NodeOperationError)) throw error;
			answers.push({ json: { error: error.message }, pairedItem: { item: itemIndex } });
		}
	}
	if (found.size > 0) context.addExecutionHints({ message: htmlText(hintOf([...found])), type: 'warning', location: 'outputPane' });
	return answers;
}

function hintOf(problems: readonly string[]): string {
	const more = problems.length - shownProblems;
	const rest = more > 0 ? [`There ${more === 1 ? 'is 1 more problem' : `are ${more} more problems`}: see the items.`] : [];
	return ['The connection is not healthy.', ...problems.slice(0, shownProblems), ...rest].join(' ');
}
