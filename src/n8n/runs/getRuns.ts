import { DateTime } from 'luxon';
import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import type { Connection } from '../../model/connection';
import type { Run, RunOutcome } from '../../model/runHistory';
import type { RunQuery } from '../../model/stateStore';
import { itemsOfAll, itemsOrError } from '../connection/connectionItems';
import { ownConnection } from '../connection/ownConnection';
import { readPages } from '../pageParameters';
import { inRun } from './inRun';

interface Filters {
	readonly nodeType?: string;
	readonly outcomes?: readonly RunOutcome[];
	readonly startedFrom?: unknown;
	readonly startedBefore?: unknown;
	readonly workflowId?: string;
}

/** The operation Get Many of runs: what nodes did with the connection that the node's credential reaches, newest first. */
export async function getRuns(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const connectWith = String(context.getNodeParameter('connectWith', 0));
	return await itemsOrError(context, async () => await inRun(context, { operation: 'getRuns', connectWith }, async (run) => {
		const query = queryOf(context);
		const connection = (await ownConnection(run)).value;
		const { credentialId } = (await run.use()).trying;
		const runs = await readPages(context, (page) => run.store.runs.list({ ...query, connectionId: connection.id, credentialId, ...page }));
		run.report({ outcome: 'succeeded', counts: { listed: runs.length } });
		return itemsOfAll(context, runs.map((found) => runView(found, connection)));
	}));
}

function queryOf(context: IExecuteFunctions): Omit<RunQuery, 'limit'> {
	const { nodeType = 'any', outcomes: chosen = [], startedFrom, startedBefore, workflowId = '' } = context.getNodeParameter('filters', 0) as Filters;
	// An expression may give one outcome as a text.
	const outcomes = [chosen].flat() as RunOutcome[];
	return {
		...(nodeType === 'any' ? {} : { nodeType }),
		...(outcomes.length === 0 ? {} : { outcomes }),
		...(String(workflowId).trim() === '' ? {} : { workflowId: String(workflowId).trim() }),
		startedFrom: moment(context, 'Started After', startedFrom),
		startedBefore: moment(context, 'Started Before', startedBefore),
	};
}

/** A time without an offset is one of the workflow's zone, as everywhere in n8n. */
function moment(context: IExecuteFunctions, name: string, given: unknown): string | undefined {
	if (given === undefined || given === null || given === '') return undefined;
	const zone = context.getTimezone();
	const time = given instanceof Date ? DateTime.fromJSDate(given) : DateTime.fromISO(String(given), { zone });
	if (time.isValid) return time.toUTC().toISO();
	throw new NodeOperationError(context.getNode(), `${name} is not a time.`, { description: 'Choose a day and a time, or give one as 2026-01-31T08:00.' });
}

/** A run as a person reads it: the same keys in every case, `null` for what is not known. */
function runView(run: Run, connection: Connection): object {
	const { id, nodeType, nodeName, operation, manual, startedAt, finishedAt, outcome, words, counts, calls } = run;
	return {
		startedAt,
		outcome,
		message: words,
		node: nodeName,
		operation,
		workflow: { id: run.workflowId, name: run.workflowName },
		execution: { id: run.executionId, url: run.executionUrl },
		counts,
		apiCalls: calls,
		durationSeconds: finishedAt === null ? null : (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000,
		startedBy: manual ? 'person' : 'workflow',
		connection: connection.name,
		nodeType,
		finishedAt,
		id,
	};
}
