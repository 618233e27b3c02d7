/**
 * How a run ended.
 *
 * - `running`: it has not ended, or its process died.
 * - `succeeded`: all of it was done.
 * - `needsAttention`: done, but some records wait for a person.
 * - `notRun`: nothing was tried, on purpose (paused, not to run automatically, another org, sign-in inactive).
 * - `failed`: it ended with an error.
 */
export type RunOutcome = 'running' | 'succeeded' | 'needsAttention' | 'notRun' | 'failed';

/** One execution of one node, kept in the history. Holds no field value and no name of a person. */
export interface Run {
	readonly id: string;
	/** `null` when it failed before it was known which connection it is about. */
	readonly connectionId: string | null;
	readonly credentialId: string | null;
	/** n8n's type of the node without the package (`crmLeadSync`), and its name in the workflow. */
	readonly nodeType: string;
	readonly nodeName: string;
	/** What the node was asked to do (`push`). */
	readonly operation: string;
	readonly workflowId: string | null;
	readonly workflowName: string | null;
	readonly executionId: string | null;
	/** Where a person sees the execution in n8n. */
	readonly executionUrl: string | null;
	/** A person started it. */
	readonly manual: boolean;
	readonly startedAt: string;
	readonly finishedAt: string | null;
	readonly outcome: RunOutcome;
	/** The outcome in a sentence: "3 created, 1 refused." */
	readonly words: string;
	/** Results by name (`created`), how many of each. */
	readonly counts: Readonly<Record<string, number>>;
	/** API calls made, as the CRM bills them. */
	readonly calls: number;
}
