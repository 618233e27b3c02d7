import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IConnections, IDataObject, INode, INodeCredentials, INodeParameters, IWorkflowSettings } from 'n8n-workflow';
import type { StoredCredential } from './credentials';
import type { Session } from './session';

/** A node as a test writes it; the rest is filled in. */
export type NodeDraft = Pick<INode, 'name' | 'type'> & Partial<Omit<INode, 'parameters'>> & { parameters?: INodeParameters | IDataObject };

/** A workflow as a test writes it; without `connections` the nodes form a chain in the order given. */
export interface WorkflowDraft {
	readonly name?: string;
	readonly nodes: readonly NodeDraft[];
	readonly connections?: IConnections;
	readonly settings?: IWorkflowSettings;
	readonly pinData?: IDataObject;
	readonly staticData?: IDataObject;
}

/** A stored workflow. */
export interface StoredWorkflow {
	readonly id: string;
	readonly name: string;
	readonly versionId: string;
	readonly nodes: readonly INode[];
	readonly connections: IConnections;
	readonly settings?: IWorkflowSettings;
}

/** What to change in an imported workflow file. */
export interface ImportOptions {
	/** The credential to use for each credential type the file names. */
	readonly credentials?: readonly StoredCredential[];
	/** The workflow's name, instead of the file's. */
	readonly name?: string;
	/** Any other change, node by node. */
	readonly edit?: (node: NodeDraft) => NodeDraft;
}

/** The trigger behind the editor's button "Execute workflow". */
export const manualTrigger = (): NodeDraft => ({ name: 'Start', type: 'n8n-nodes-base.manualTrigger' });

/** Connects each node to the next one. */
export function chain(nodes: ReadonlyArray<Pick<INode, 'name'>>): IConnections {
	const pairs = nodes.slice(1).map((node, index) => [nodes[index]?.name, { main: [[{ node: node.name, type: 'main', index: 0 }]] }]);
	return Object.fromEntries(pairs) as IConnections;
}

/** Nodes that n8n gives an id of their own for their address. */
const LISTENING = /trigger$|webhook$|form$/i;

/** Fills in what the editor would: ids, positions, type versions, webhook ids. */
export function completeNodes(drafts: readonly NodeDraft[]): INode[] {
	return drafts.map((draft, index) => ({
		id: randomUUID(),
		typeVersion: 1,
		position: [index * 220, 0],
		...(LISTENING.test(draft.type) ? { webhookId: randomUUID() } : {}),
		...draft,
		parameters: (draft.parameters ?? {}) as INodeParameters,
	}));
}

function substitute(wanted: INodeCredentials | undefined, available: readonly StoredCredential[]): INodeCredentials | undefined {
	if (!wanted) return undefined;
	return Object.fromEntries(
		Object.keys(wanted).map((type) => {
			const credential = available.find((candidate) => candidate.type === type);
			if (!credential) throw new Error(`the workflow needs a credential of type ${type}`);
			return [type, { id: credential.id, name: credential.name }];
		}),
	);
}

/** The workflows of one n8n. */
export class Workflows {
	constructor(private readonly session: Session) {}

	/** Stores a workflow. */
	async create(draft: WorkflowDraft): Promise<StoredWorkflow> {
		const nodes = completeNodes(draft.nodes);
		return await this.session.rest<StoredWorkflow>('POST', '/workflows', {
			name: draft.name ?? `Workflow ${randomUUID().slice(0, 8)}`,
			nodes,
			connections: draft.connections ?? chain(nodes),
			settings: { executionOrder: 'v1', ...draft.settings },
			pinData: draft.pinData,
			staticData: draft.staticData,
		});
	}

	/** Stores a workflow from a file as n8n exports it, with this n8n's credentials put in. */
	async importFile(file: string, { credentials = [], name, edit = (node) => node }: ImportOptions = {}): Promise<StoredWorkflow> {
		const draft = JSON.parse(await readFile(file, 'utf8')) as WorkflowDraft;
		const nodes = draft.nodes.map((node) => edit({ ...node, credentials: substitute(node.credentials, credentials) }));
		return await this.create({ ...draft, nodes, name: name ?? draft.name });
	}

	/** A stored workflow. */
	async read(id: string): Promise<StoredWorkflow> {
		return await this.session.rest<StoredWorkflow>('GET', `/workflows/${id}`);
	}

	/** All workflows, without their nodes. */
	async list(): Promise<Array<Pick<StoredWorkflow, 'id' | 'name'>>> {
		return await this.session.rest('GET', '/workflows');
	}

	/** Changes a stored workflow; `nodes` and `connections` replace the old ones. */
	async update(id: string, changes: Partial<Pick<StoredWorkflow, 'name' | 'nodes' | 'connections' | 'settings'>>): Promise<StoredWorkflow> {
		const { versionId } = await this.read(id);
		return await this.session.rest<StoredWorkflow>('PATCH', `/workflows/${id}`, { versionId, ...changes });
	}
}
