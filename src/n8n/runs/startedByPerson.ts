import type { WorkflowExecuteMode } from 'n8n-workflow';

/** Runs that begin without anybody asking for them at that moment; `integrated` and `error` are workflows that another one calls. */
const byThemselves: readonly WorkflowExecuteMode[] = ['trigger', 'webhook', 'error', 'integrated', 'internal'];

/** Whether a person started the run: in the editor, from the command line, by trying a failed one again, or by talking to it. */
export function startedByPerson(mode: WorkflowExecuteMode): boolean {
	return !byThemselves.includes(mode);
}
