import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { createHealthCheck, type HealthQuestion } from './checkHealth';
import { toNodeError } from './toNodeError';

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
	if (found.size > 0) context.addExecutionHints({ message: `The connection is not healthy. ${[...found].join(' ')}`, type: 'warning', location: 'outputPane' });
	return answers;
}
