import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { checkMapping } from '../../sync/push/checkMapping';
import { runPush } from '../../sync/push/runPush';
import type { PushResult, PushSettings } from '../../sync/push/pushTypes';
import type { OpenRun } from '../runs/inRun';
import type { RunReport } from '../runs/RecordedRun';
import { calledAsTool } from './calledAsTool';
import { describeObject } from './describeObject';
import { matchFieldOf, readFieldMapping } from './fieldMapping';
import { inTurn } from './inTurn';
import { itemPages } from './itemPages';
import { mappedFields } from './mappedFields';
import { needsAttention, pushOutputItem, summary, type OutputContext } from './pushOutput';

/** What the operation's parameters say, apart from the mapping. */
export interface PushParameters {
	/** Name of the resource mapper parameter. */
	readonly mappingParameter: string;
	readonly settings: Omit<PushSettings, 'matchField'>;
	readonly failAfterwards: boolean;
}

const SHOWN_PROBLEMS = 10;

/**
 * Pushes the input items into the CRM and returns the two outputs, Done and Needs Attention, with one item per input item. Called as
 * an AI tool, everything is on the first, because a tool call returns no other.
 *
 * @throws CrmError or NotAdmittedError before anything was written; NodeOperationError for a mapping that cannot work, and afterwards when asked to fail.
 */
export async function pushToCrm(context: IExecuteFunctions, run: OpenRun, parameters: PushParameters): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	if (items.length === 0) return [[], []];
	const adapter = await run.open();
	const description = await describeObject(adapter, parameters.settings.entity);
	const mapping = readFieldMapping(context, parameters.mappingParameter);
	// A name in other letters than the CRM's finds the same object, and goes no further than here.
	const settings = { ...parameters.settings, entity: description.name, matchField: matchFieldOf(mapping, description) };
	const mapped = mappedFields(context, items, mapping, settings, description);
	checkMapping(description, mapped, mapping.kind === 'manual', settings);

	const pages = itemPages(context, items, mapping, mapped);
	const turns = settings.dryRun ? undefined : inTurn(adapter, description.name, context.getExecutionCancelSignal());
	const results = await collect(context, runPush({ adapter, settings, description, mapped, pages, inTurn: turns }), items.length);
	run.report(reportOf(results));
	tellSummary(context, results, parameters);
	return outputs(context, results, items, { adapter, entity: description.name, entityLabel: description.label, dryRun: settings.dryRun });
}

async function collect(context: IExecuteFunctions, pages: AsyncIterable<readonly PushResult[]>, total: number): Promise<PushResult[]> {
	const results: PushResult[] = [];
	for await (const page of pages) {
		for (const result of page) results.push(result);
		if (total > page.length) context.sendMessageToUI(`${results.length.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} items done`);
	}
	return results;
}

/** For the history: how many results of each status there are. */
function reportOf(results: readonly PushResult[]): RunReport {
	const counts: Record<string, number> = {};
	for (const { status } of results) counts[status] = (counts[status] ?? 0) + 1;
	return { outcome: results.some(needsAttention) ? 'needsAttention' : 'succeeded', counts };
}

function tellSummary(context: IExecuteFunctions, results: readonly PushResult[], { settings, failAfterwards }: PushParameters): void {
	const attention = results.filter(needsAttention);
	if (attention.length === 0) return;
	const counts = `${attention.length.toLocaleString('en-US')} of ${results.length.toLocaleString('en-US')} items need attention (${summary(results)})`;
	if (failAfterwards && !context.continueOnFail() && !settings.dryRun) {
		const reasons = attention.slice(0, SHOWN_PROBLEMS).map(({ index, problems }) => `Item ${index}: ${problems.map(({ reason }) => reason).join(' ')}`);
		throw new NodeOperationError(context.getNode(), `${counts}.`, { description: reasons.join('\n'), itemIndex: attention[0].index });
	}
	context.addExecutionHints({ message: `${counts}. See the output Needs Attention.`, type: 'warning', location: 'outputPane' });
}

function outputs(context: IExecuteFunctions, results: readonly PushResult[], items: readonly INodeExecutionData[], output: OutputContext): INodeExecutionData[][] {
	const done: INodeExecutionData[] = [];
	const attention: INodeExecutionData[] = calledAsTool(context) ? done : [];
	for (const result of results) (needsAttention(result) ? attention : done).push(pushOutputItem(result, items[result.index], output));
	return [done, attention === done ? [] : attention];
}
