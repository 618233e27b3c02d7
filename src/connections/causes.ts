import type { Certainty, Evidence } from './diagnose';
import { apiCauses } from './causesOfApi';
import { reachCauses } from './causesOfReach';
import { signInCauses } from './causesOfSignIn';

/** One row of the table of causes. */
export interface Cause {
	/** Stable name, for workflows that decide by it. */
	readonly cause: string;
	readonly certainty: Certainty;
	readonly fits: (evidence: Evidence) => boolean;
	readonly words: (evidence: Evidence) => string;
	readonly whatToDo: (evidence: Evidence) => string;
}

const unexplained: Cause = {
	cause: 'unexplained',
	certainty: 'unknown',
	fits: () => true,
	words: ({ message }) => message,
	whatToDo: ({ remedy }) => remedy ?? 'Check again in a few minutes; if it stays, give the code to whoever looks after the CRM.',
};

/** All causes, the most specific first: the first row that fits the evidence decides. */
export const causes: readonly Cause[] = [...signInCauses, ...apiCauses, ...reachCauses, unexplained];
