import type { ExecutionError, ExecutionStatus, IDataObject, INodeExecutionData, ITaskData, NodeExecutionHint } from 'n8n-workflow';

/** One run of one node. */
export interface NodeRun {
	readonly status?: ExecutionStatus;
	readonly milliseconds: number;
	readonly error?: ExecutionError;
	readonly hints: readonly NodeExecutionHint[];
	/** The items' data, by output. */
	readonly outputs: ReadonlyArray<readonly IDataObject[]>;
	/** The items with binary data and pairing, by output. */
	readonly items: ReadonlyArray<readonly INodeExecutionData[]>;
}

/** What happened in one run of one node, in the words of these tests. */
export function readNodeRun(run: ITaskData): NodeRun {
	const items = (run.data?.main ?? []).map((output) => output ?? []);
	return {
		status: run.executionStatus,
		milliseconds: run.executionTime,
		error: run.error,
		hints: run.hints ?? [],
		outputs: items.map((output) => output.map((item) => item.json)),
		items,
	};
}
