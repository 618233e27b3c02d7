import { apiCauses } from './causesOfApi';
import { reachCauses } from './causesOfReach';
import { signInCauses } from './causesOfSignIn';
import type { Cause } from './diagnosis';

const unexplained: Cause = {
	cause: 'unexplained',
	certainty: 'unknown',
	fits: () => true,
	words: ({ message }) => message,
	whatToDo: ({ remedy }) => remedy ?? 'Check again in a few minutes; if it stays, give the code to whoever looks after the CRM.',
};

/** All causes, the most specific first: the first row that fits the evidence decides. */
export const causes: readonly Cause[] = [...signInCauses, ...apiCauses, ...reachCauses, unexplained];
