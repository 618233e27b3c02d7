import { NodeApiError, NodeOperationError, type IDataObject, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import type { HealthReport } from '../connections/health';
import { createHealthCheck, type HealthCheck, type HealthQuestion } from './checkHealth';
import { htmlText } from './htmlText';
import { credentialLink } from './openAdapter';
import { inRun } from './runs/inRun';
import { startedByPerson } from './runs/startedByPerson';
import { askedByNode, askedByPerson } from './signIn/asking';
import { inNodeErrors } from './withAdapter';

/** As many problems as a hint bears; the report of each item has all of its own. */
const shownProblems = 10;

/** Answers each input item with the report it asks for, and tells in the editor when one is not well. */
export async function checkHealthOfItems(context: IExecuteFunctions, questionOf: (itemIndex: number) => HealthQuestion): Promise<INodeExecutionData[]> {
	const connectWith = String(context.getNodeParameter('connectWith', 0));
	// A person who checks on purpose may have a refused password tried once more.
	const asked = startedByPerson(context.getMode()) ? askedByPerson : askedByNode;
	return await inRun(context, { operation: 'checkHealth', connectWith }, async (run) => await asked(async () => {
		const { answers, reports } = await answer(context, createHealthCheck(await run.use(), credentialLink(context, connectWith)), questionOf);
		tell(context, reports);
		const healthy = reports.filter((report) => report.healthy).length;
		run.report({ outcome: healthy === answers.length ? 'succeeded' : 'needsAttention', words: wordsOf(reports), counts: { healthy, unhealthy: answers.length - healthy } });
		return answers;
	}));
}

async function answer(context: IExecuteFunctions, check: HealthCheck, questionOf: (itemIndex: number) => HealthQuestion): Promise<{ answers: INodeExecutionData[]; reports: HealthReport[] }> {
	const reports: HealthReport[] = [];
	const answers: INodeExecutionData[] = [];
	for (const itemIndex of context.getInputData().keys()) {
		try {
			const report = await inNodeErrors(context, { itemIndex }, async () => await check(questionOf(itemIndex)));
			reports.push(report);
			answers.push({ json: { ...report } as IDataObject, pairedItem: { item: itemIndex } });
		} catch (error) {
			if (!context.continueOnFail() || !(error instanceof NodeApiError || error instanceof NodeOperationError)) throw error;
			answers.push({ json: { error: error.message }, pairedItem: { item: itemIndex } });
		}
	}
	return { answers, reports };
}

/** For the history, by the names of the causes: their words may repeat what the CRM said. */
function wordsOf(reports: readonly HealthReport[]): string {
	const causes = [...new Set(reports.flatMap(({ problems }) => problems.map(({ cause }) => cause)))];
	return causes.length === 0 ? 'The connection is healthy.' : `The connection is not healthy: ${causes.join(', ')}.`;
}

function tell(context: IExecuteFunctions, reports: readonly HealthReport[]): void {
	const problems = problemsOf(reports);
	const warnings = [...new Set(reports.flatMap((report) => report.warnings.map(({ words, whatToDo }) => `${words} ${whatToDo}`)))];
	if (warnings.length > 0) context.addExecutionHints({ message: htmlText(warnings.join(' ')), type: 'warning', location: 'outputPane' });
	if (problems.length > 0) context.addExecutionHints({ message: htmlText(hintOf(problems)), type: 'warning', location: 'outputPane' });
}

function problemsOf(reports: readonly HealthReport[]): string[] {
	return [...new Set(reports.flatMap(({ problems }) => problems.map(({ words, whatToDo }) => `${words} ${whatToDo}`)))];
}

function hintOf(problems: readonly string[]): string {
	const more = problems.length - shownProblems;
	const rest = more > 0 ? [`There ${more === 1 ? 'is 1 more problem' : `are ${more} more problems`}: see the items.`] : [];
	return ['The connection is not healthy.', ...problems.slice(0, shownProblems), ...rest].join(' ');
}
