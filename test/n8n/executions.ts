import { parse as parseFlatted } from 'flatted';
import type { ExecutionError, ExecutionStatus, IRunExecutionData, WorkflowExecuteMode } from 'n8n-workflow';
import { readNodeRun, type NodeRun } from './nodeRun';
import { RestError, type Session } from './session';
import { waitFor, type Patience } from './waiting';
import type { StoredWorkflow } from './workflows';

/** An execution that has ended. */
export interface FinishedExecution {
	readonly id: string;
	readonly workflowId: string;
	readonly status: ExecutionStatus;
	readonly mode: WorkflowExecuteMode;
	readonly error?: ExecutionError;
	readonly lastNode?: string;
	/** The runs of each node, by its name. */
	readonly nodes: Readonly<Record<string, readonly NodeRun[]>>;
	readonly data: IRunExecutionData;
}

/** A line of n8n's list of executions. */
export interface ExecutionLine {
	readonly id: string;
	readonly status: ExecutionStatus;
	readonly mode: WorkflowExecuteMode;
}

interface ExecutionAnswer extends ExecutionLine {
	readonly workflowId: string;
	/** In the format of the package flatted. */
	readonly data: string;
}

const RUNNING: readonly ExecutionStatus[] = ['new', 'running'];
const hasEnded = ({ status }: ExecutionLine) => !RUNNING.includes(status);

function readExecution({ id, workflowId, status, mode, data: text }: ExecutionAnswer): FinishedExecution {
	const data = parseFlatted(text) as IRunExecutionData;
	const { runData = {}, error, lastNodeExecuted } = data.resultData ?? {};
	const nodes = Object.fromEntries(Object.entries(runData).map(([name, runs]) => [name, runs.map(readNodeRun)]));
	return { id, workflowId, status, mode, error, lastNode: lastNodeExecuted, nodes, data };
}

/** Runs workflows by hand and reads how they ended. */
export class Executions {
	constructor(private readonly session: Session) {}

	/** Starts a manual run, as the editor's button does, and waits for its end. */
	async run(workflow: StoredWorkflow, patience?: Patience): Promise<FinishedExecution> {
		return await this.ended(await this.start(workflow), patience);
	}

	/** Starts a manual run and returns the execution's id. */
	async start(workflow: StoredWorkflow): Promise<string> {
		const trigger = workflow.nodes.find((node) => /trigger$/i.test(node.type)) ?? workflow.nodes[0];
		const body = { triggerToStartFrom: { name: trigger?.name } };
		const { executionId } = await this.session.rest<{ executionId?: string }>('POST', `/workflows/${workflow.id}/run`, body);
		if (!executionId) throw new Error(`"${trigger?.name}" waits for a call from outside; activate the workflow and call it instead`);
		return executionId;
	}

	/** Stops a running execution. */
	async stop(id: string): Promise<void> {
		await this.session.rest('POST', `/executions/${id}/stop`);
	}

	/** Waits until an execution has ended. */
	async ended(id: string, patience: Patience = {}): Promise<FinishedExecution> {
		const answer = await waitFor(`end of execution ${id}`, async () => await this.readEnded(id), { everyMs: 100, ...patience });
		return readExecution(answer);
	}

	/** The newest executions of a workflow, newest first. */
	async list(workflowId: string, limit = 20): Promise<ExecutionLine[]> {
		const query = new URLSearchParams({ limit: String(limit), filter: JSON.stringify({ workflowId }) });
		const answer = await this.session.rest<{ results: ExecutionLine[] }>('GET', `/executions?${query.toString()}`);
		return answer.results;
	}

	/** Waits until a workflow has `count` ended executions beside those in `known`; newest first. */
	async waitForEnded(workflowId: string, count = 1, known: readonly string[] = [], patience: Patience = {}): Promise<FinishedExecution[]> {
		const ask = async () => {
			const lines = (await this.list(workflowId)).filter((line) => hasEnded(line) && !known.includes(line.id));
			return lines.length >= count ? lines : undefined;
		};
		const lines = await waitFor(`${count} ended executions of workflow ${workflowId}`, ask, { timeoutMs: 90_000, ...patience });
		return await Promise.all(lines.map(async ({ id }) => await this.ended(id)));
	}

	/** An execution that ended very early may not be stored yet. */
	private async readEnded(id: string): Promise<ExecutionAnswer | undefined> {
		try {
			const answer = await this.session.rest<ExecutionAnswer>('GET', `/executions/${id}`);
			return hasEnded(answer) ? answer : undefined;
		} catch (error) {
			if (error instanceof RestError && error.status === 404) return undefined;
			throw error;
		}
	}
}
