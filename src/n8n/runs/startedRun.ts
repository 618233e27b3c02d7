import { randomUUID } from 'node:crypto';

import type { IExecuteFunctions } from 'n8n-workflow';

import type { Run } from '../../model/runHistory';
import { startedByPerson } from './startedByPerson';

/** What a node is about to do, for the history. */
export interface RunSubject {
	/** Name of the operation (`push`). */
	readonly operation: string;
	/** n8n's id of the credential, where the node has one. */
	readonly credentialId?: string;
}

/** The history row of a run that begins now. */
export function startedRun(context: IExecuteFunctions, { operation, credentialId }: RunSubject): Run {
	const { id: workflowId, name: workflowName } = context.getWorkflow();
	const { name: nodeName, type } = context.getNode();
	const executionId = context.getExecutionId() || null;
	return {
		id: randomUUID(),
		connectionId: null,
		credentialId: credentialId ?? null,
		nodeType: plainType(type),
		nodeName,
		operation,
		workflowId: workflowId ?? null,
		workflowName: workflowName ?? null,
		executionId,
		executionUrl: workflowId && executionId ? executionUrl(context, workflowId, executionId) : null,
		manual: startedByPerson(context.getMode()),
		startedAt: new Date().toISOString(),
		finishedAt: null,
		outcome: 'running',
		words: 'Running.',
		counts: {},
		calls: 0,
	};
}

/** `n8n-nodes-crm-sync.crmLeadSyncTool` is the node crmLeadSync, called by an AI agent. */
function plainType(type: string): string {
	return type.slice(type.lastIndexOf('.') + 1).replace(/Tool$/, '');
}

function executionUrl(context: IExecuteFunctions, workflowId: string, executionId: string): string {
	return `${context.getInstanceBaseUrl()}workflow/${encodeURIComponent(workflowId)}/executions/${encodeURIComponent(executionId)}`;
}
