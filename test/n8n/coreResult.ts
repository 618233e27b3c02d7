import type { IDataObject, INodeExecutionData, IRun } from 'n8n-workflow';
import type { UiMessage } from './coreAdditionalData';
import type { CredentialStore } from './coreCredentials';
import { readNodeRun, type NodeRun } from './nodeRun';

/** How an execution ended. */
export class CoreResult {
	/** The runs of each node, by its name. */
	readonly nodes: Readonly<Record<string, readonly NodeRun[]>>;
	readonly status: IRun['status'];
	readonly error: IRun['data']['resultData']['error'];

	constructor(
		readonly run: IRun,
		/** What the node sent to the browser while it ran. */
		readonly messages: readonly UiMessage[],
		/** The credentials as stored after the run. */
		readonly credentials: CredentialStore,
		readonly staticData: IDataObject,
	) {
		const { runData, error } = run.data.resultData;
		this.nodes = Object.fromEntries(Object.entries(runData).map(([name, runs]) => [name, runs.map(readNodeRun)]));
		this.status = run.status;
		this.error = error;
	}

	/** The data of the items at one output of a node. */
	outputs(node: string, index = 0): readonly IDataObject[] {
		return this.items(node, index).map((item) => item.json);
	}

	/** The items at one output of a node, with their pairing. */
	items(node: string, index = 0): readonly INodeExecutionData[] {
		const last = this.nodes[node]?.at(-1);
		if (!last) throw new Error(`the node "${node}" did not run; the execution ended with ${this.status}: ${this.error?.message}`);
		return last.items[index] ?? [];
	}

	/** The hints a node gave. */
	hints(node: string): NodeRun['hints'] {
		return this.nodes[node]?.at(-1)?.hints ?? [];
	}
}
