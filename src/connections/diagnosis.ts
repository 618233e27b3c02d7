import type { CrmErrorKind } from '../model/crmError';

/** What a check was doing when it failed. */
export type CheckStep = 'signIn' | 'identify' | 'describe';

/** What one failure shows; nothing else decides a diagnosis. */
export interface Evidence {
	readonly step: CheckStep;
	readonly kind: CrmErrorKind;
	/** The CRM's own code, or that of the network. */
	readonly code?: string;
	readonly httpStatus?: number;
	/** Whether the same request may succeed within seconds. */
	readonly transient: boolean;
	/** The failure in words, as the adapter worded it. */
	readonly message: string;
	readonly remedy?: string;
	/** Name of the CRM, as people say it. */
	readonly crmName: string;
	/** Object that was asked for, in the step `describe`. */
	readonly entity?: string;
}

/** How sure a cause is: the CRM said it, it fits what happened, or nobody can tell. */
export type Certainty = 'proven' | 'likely' | 'unknown';

/** One cause of a failing connection, in words for the person who must act. */
export interface Diagnosis {
	readonly cause: string;
	readonly certainty: Certainty;
	readonly words: string;
	readonly whatToDo: string;
	readonly code?: string;
}

/** One row of the table of causes. */
export interface Cause {
	/** Stable name, for workflows that decide by it. */
	readonly cause: string;
	readonly certainty: Certainty;
	readonly fits: (evidence: Evidence) => boolean;
	readonly words: (evidence: Evidence) => string;
	readonly whatToDo: (evidence: Evidence) => string;
}
