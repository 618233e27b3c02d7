import type { CrmErrorKind } from '../model/crmError';
import { causes } from './causes';

/** What a check was doing when it failed. */
export type CheckStep = 'signIn' | 'identify' | 'describe';

/** What one failure shows; nothing else decides a diagnosis. */
export interface Evidence {
	readonly step: CheckStep;
	readonly kind: CrmErrorKind;
	/** The CRM's own code, or that of the network. */
	readonly code?: string;
	readonly httpStatus?: number;
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

/** Names the cause that the evidence shows, and no more than it shows: what the CRM does not tell apart stays one cause. */
export function diagnose(evidence: Evidence): Diagnosis {
	// The last row fits everything.
	const row = causes.find(({ fits }) => fits(evidence)) ?? causes[causes.length - 1];
	return {
		cause: row.cause,
		certainty: row.certainty,
		words: row.words(evidence),
		whatToDo: row.whatToDo(evidence),
		...(evidence.code === undefined ? {} : { code: evidence.code }),
	};
}
