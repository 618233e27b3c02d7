import type { CrmErrorKind } from '../model/crmError';
import type { SignInReason } from '../model/signInReason';

/** What a check was doing when it failed. */
export type CheckStep = 'signIn' | 'identify' | 'describe';

/** How a credential signs in: a saved approval of a person, a user name with its password, or the app itself, by its secret or a signed request. */
export type SignInKind = 'oauth2' | 'password' | 'clientCredentials';

/** What one failure shows, and what was known before it; nothing else decides a diagnosis. `evidenceOf` makes it. */
export interface Evidence {
	readonly step: CheckStep;
	readonly kind: CrmErrorKind;
	/** The CRM's own code, or that of the network; shown, never decided by. */
	readonly code?: string;
	readonly reason?: SignInReason;
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
	readonly signInKind?: SignInKind;
	/** The credential, exactly as it is now, has worked before; absent when it never did, or nobody knows. */
	readonly workedBefore?: {
		/** ISO 8601. */
		readonly lastWellAt: string;
		/** Whole days from then to the failure. */
		readonly daysAgo?: number;
	};
	/** Since when the CRM has given no answer; ISO 8601. */
	readonly unreachableSince?: string;
	/** Whether the address where the credential signs in is that of a sandbox; absent where it does not show. */
	readonly sandboxHost?: boolean;
}

/** How sure a cause is: the CRM said it, it fits what happened, or nobody can tell. */
export type Certainty = 'proven' | 'likely' | 'unknown';

/**
 * What a cause means for the sign-in: `inactive`: it is refused, and a person must act; `unreachable`: nothing is known about it, no
 * answer came; `none`: it is as it was.
 */
export type Effect = 'inactive' | 'unreachable' | 'none';

/** One cause of a failing connection, in words for the person who must act. */
export interface Diagnosis {
	readonly cause: string;
	readonly certainty: Certainty;
	readonly words: string;
	readonly whatToDo: string;
	readonly code?: string;
}

/** One row of the table of causes; docs/credentials.md has the same rows. */
export interface Cause {
	/** Stable name, for workflows that decide by it. */
	readonly cause: string;
	readonly certainty: Certainty;
	readonly effect: Effect;
	/** A password was refused, or may have been: sent again by itself it could lock the user out. */
	readonly neverRepeat?: true;
	readonly fits: (evidence: Evidence) => boolean;
	readonly words: (evidence: Evidence) => string;
	readonly whatToDo: (evidence: Evidence) => string;
}
