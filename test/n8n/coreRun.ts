import type {
	IConnections,
	IDataObject,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IPinData,
	IWorkflowSettings,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import type { CredentialStore } from './coreCredentials';
import type { NodeDraft } from './workflows';

/** What to run under n8n-core. */
export interface CoreRun {
	/** A chain in the order given, unless there are `connections`. */
	readonly nodes: readonly NodeDraft[];
	readonly connections?: IConnections;
	/** What the first node gets; one empty item unless given. */
	readonly input?: readonly INodeExecutionData[];
	/** Credential data by type, or by the id a node's `credentials` names. Changed as n8n changes what it stores. */
	readonly credentials?: CredentialStore;
	/** `manual` unless given: only then does n8n send messages to the browser. */
	readonly mode?: WorkflowExecuteMode;
	readonly settings?: IWorkflowSettings;
	/** The workflow's static data; changed in place. */
	readonly staticData?: IDataObject;
	/** Output that stands in for running a node, by the node's name. */
	readonly pinned?: IPinData;
	readonly executionId?: string;
	/** Cancels the execution, as the editor's stop button does. */
	readonly signal?: AbortSignal;
}

/** One call of a node by an AI agent. */
export interface ToolCall extends Pick<CoreRun, 'credentials' | 'mode' | 'settings' | 'executionId' | 'signal'> {
	/** The node under its ordinary type. */
	readonly node: NodeDraft;
	/** The values the agent chose, by the names in `$fromAI`. */
	readonly values?: IDataObject;
}

/** Which method of a node to ask, and with which form filled in. */
export interface CoreQuestion {
	readonly type: string;
	readonly typeVersion?: number;
	readonly kind: Exclude<keyof NonNullable<INodeType['methods']>, 'credentialTest'>;
	readonly method: string;
	readonly parameters?: INodeParameters;
	readonly credentials?: CredentialStore;
	/** What the method takes beside its context: filter and paging token of a searchable list. */
	readonly args?: readonly unknown[];
}
