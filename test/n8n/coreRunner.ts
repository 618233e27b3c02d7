import './coreEnvironment';
import { resolve } from 'node:path';
import { LoadOptionsContext, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	Workflow,
	type IDataObject,
	type IRun,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { additionalData, type UiMessage } from './coreAdditionalData';
import { CoreCredentials } from './coreCredentials';
import { attachCredentials, coreTypes } from './coreNodes';
import { CorePackages, type ExtraNodeTypes } from './corePackages';
import { CoreResult } from './coreResult';
import type { CoreQuestion, CoreRun, ToolCall } from './coreRun';
import { agent, AGENT_TYPE } from './coreTool';
import { chain, completeNodes } from './workflows';

export { CoreResult };

/** What the runner knows beside the package under test. */
export interface CoreRunnerOptions {
	/** The built package; this checkout unless given. */
	readonly packageDir?: string;
	/** More packages, for instance n8n's own nodes in setup/n8n/node_modules/n8n-nodes-base. */
	readonly morePackages?: readonly string[];
	/** Node types made for a test, by their full name. */
	readonly extraNodeTypes?: ExtraNodeTypes;
}

/** Runs nodes of a built package under the real n8n-core, in this process: no server, no database. */
export class CoreRunner {
	constructor(readonly packages: CorePackages) {}

	/** Runs a workflow from its first node on, which gets `input`. */
	async run(given: CoreRun): Promise<CoreResult> {
		const { mode = 'manual', input = [{ json: {} }], credentials = {}, staticData = {}, pinned, signal } = given;
		const nodes = attachCredentials(completeNodes(given.nodes), credentials, this.packages);
		const connections = given.connections ?? chain(nodes);
		const settings = { executionOrder: 'v1' as const, ...given.settings };
		const workflow = new Workflow({
			id: 'core-run',
			name: 'Core run',
			nodes,
			connections,
			active: false,
			nodeTypes: this.packages,
			staticData,
			settings,
		});
		const messages: UiMessage[] = [];
		const data = additionalData({
			...given,
			nodes,
			connections,
			mode,
			messages,
			credentialsHelper: new CoreCredentials(this.packages, credentials),
		});
		const [start] = nodes;
		if (!start) throw new Error('a run needs a node');
		const stack = [{ node: start, data: { main: [[...input]] }, source: null }];
		const state = createRunExecutionData({ executionData: { nodeExecutionStack: stack }, resultData: { pinData: pinned } });
		// n8n stores what is reported first; a cancelled execution is reported before its node has noticed.
		let reported: IRun | undefined;
		data.hooks?.addHandler('workflowExecuteAfter', (run) => void (reported ??= run));
		const execution = new WorkflowExecute(data, mode, state).processRunExecutionData(workflow);
		const cancel = () => execution.cancel();
		signal?.addEventListener('abort', cancel);
		const run = await execution;
		signal?.removeEventListener('abort', cancel);
		return new CoreResult(reported ?? run, messages, credentials, staticData);
	}

	/** Calls a node the way an AI agent does: values for its `$fromAI` fields in, the items of its first output back. */
	async callAsTool({
		node,
		values = {},
		...rest
	}: ToolCall): Promise<{ readonly answer: readonly IDataObject[]; readonly result: CoreResult }> {
		const tool = { ...node, type: `${node.type}Tool` };
		const connections = { [tool.name]: { ai_tool: [[{ node: 'Agent', type: 'ai_tool' as const, index: 0 }]] } };
		const result = await this.run({ ...rest, nodes: [{ name: 'Agent', type: AGENT_TYPE }, tool], connections, input: [{ json: values }] });
		if (result.error) throw result.error;
		const [{ answer } = { answer: [] }] = result.outputs('Agent');
		return { answer: answer as IDataObject[], result };
	}

	/** Asks a node for a dynamic list, as the editor does while a person fills in the form. */
	async ask<T>({ type, typeVersion = 1, kind, method, parameters = {}, credentials = {}, args = [] }: CoreQuestion): Promise<T> {
		const drafts = completeNodes([{ name: 'Asked', type, typeVersion, parameters }]);
		const nodes = attachCredentials(drafts, credentials, this.packages);
		const [node] = nodes;
		const methods = this.packages.getByNameAndVersion(type, typeVersion).methods?.[kind] as
			| Record<string, (...values: unknown[]) => Promise<T>>
			| undefined;
		const ask = methods?.[method];
		if (!node || !ask) throw new Error(`${type} has no method ${kind}.${method}`);
		const workflow = new Workflow({ nodes, connections: {}, active: false, nodeTypes: this.packages });
		const credentialsHelper = new CoreCredentials(this.packages, credentials);
		const data: IWorkflowExecuteAdditionalData = additionalData({
			nodes,
			connections: {},
			mode: 'internal',
			messages: [],
			credentialsHelper,
		});
		data.currentNodeParameters = node.parameters;
		await workflow.expression.acquireIsolate();
		try {
			return await ask.call(new LoadOptionsContext(workflow, node, data, `parameters.${method}`), ...args);
		} finally {
			await workflow.expression.releaseIsolate();
		}
	}
}

/** Loads the built package (and others) once; each run starts with a fresh workflow. */
export async function createCoreRunner({
	packageDir,
	morePackages = [],
	extraNodeTypes = {},
}: CoreRunnerOptions = {}): Promise<CoreRunner> {
	const own = packageDir ?? resolve(__dirname, '..', '..');
	const types = { ...coreTypes, [AGENT_TYPE]: agent, ...extraNodeTypes };
	return new CoreRunner(await CorePackages.load([own, ...morePackages], types));
}
