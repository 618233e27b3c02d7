import './coreEnvironment';
import { ExecutionLifecycleHooks } from 'n8n-core';
import type {
	IConnections,
	ICredentialsHelper,
	IDataObject,
	INode,
	IWorkflowExecuteAdditionalData,
	IWorkflowSettings,
	WorkflowExecuteMode,
} from 'n8n-workflow';

/** Something a node sent to the browser. */
export interface UiMessage {
	readonly type: string;
	readonly data: IDataObject | IDataObject[];
}

interface Given {
	readonly nodes: INode[];
	readonly connections: IConnections;
	readonly mode: WorkflowExecuteMode;
	readonly settings?: IWorkflowSettings;
	readonly executionId?: string;
	readonly messages: UiMessage[];
	readonly credentialsHelper: ICredentialsHelper;
}

const BASE = 'http://localhost:5678';

function notHere(what: string): () => never {
	return () => {
		throw new Error(`${what} needs a real n8n`);
	};
}

/** What n8n's server hands to its execution engine. */
export function additionalData(given: Given): IWorkflowExecuteAdditionalData {
	const { nodes, connections, settings = {}, mode, executionId = '1', messages, credentialsHelper } = given;
	const now = new Date(0);
	const workflow = {
		id: 'core-run',
		name: 'Core run',
		nodes,
		connections,
		settings,
		active: false,
		isArchived: false,
		activeVersionId: null,
	};
	const hooks = new ExecutionLifecycleHooks(mode, executionId, { ...workflow, createdAt: now, updatedAt: now });
	return {
		credentialsHelper,
		hooks,
		executionId,
		workflowId: workflow.id,
		currentNodeExecutionIndex: 0,
		variables: {},
		externalSecretsProxy: {} as IWorkflowExecuteAdditionalData['externalSecretsProxy'],
		restApiUrl: `${BASE}/rest`,
		instanceBaseUrl: `${BASE}/`,
		formBaseUrl: `${BASE}/form`,
		formWaitingBaseUrl: `${BASE}/form-waiting`,
		formTestBaseUrl: `${BASE}/form-test`,
		webhookBaseUrl: `${BASE}/webhook`,
		webhookWaitingBaseUrl: `${BASE}/webhook-waiting`,
		webhookTestBaseUrl: `${BASE}/webhook-test`,
		mcpBaseUrl: `${BASE}/mcp`,
		mcpTestBaseUrl: `${BASE}/mcp-test`,
		sendDataToUI: (type, data) => messages.push({ type, data }),
		setExecutionStatus: () => undefined,
		logAiEvent: () => undefined,
		executeWorkflow: notHere('calling another workflow'),
		getRunExecutionData: notHere('reading another execution'),
		getRuntimeCredential: notHere('a credential made at run time'),
		startRunnerTask: notHere('the Code node'),
	};
}
