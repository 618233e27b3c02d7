import type { IExecuteFunctions } from 'n8n-workflow';

/** Whether an AI agent called the node: n8n then runs a variant of its type whose name ends in "Tool" and hands on the first output only. */
export function calledAsTool(context: IExecuteFunctions): boolean {
	return context.isToolExecution() || context.getNode().type.endsWith('Tool');
}
