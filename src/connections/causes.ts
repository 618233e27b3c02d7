import { apiCauses } from './causesOfApi';
import { appCauses } from './causesOfApp';
import { credentialCauses } from './causesOfCredential';
import { directoryCauses } from './causesOfDirectory';
import { passwordRows, unknownPasswordRefusal } from './causesOfPassword';
import { reachCauses } from './causesOfReach';
import { savedSignInCauses } from './causesOfSavedSignIn';
import { signedRequestCauses } from './causesOfSignedRequest';
import { userCauses } from './causesOfUser';
import type { Cause } from './diagnosis';
import { advisedOr, said } from './wording';

const unknownRefusal: Cause = {
	cause: 'sign-in-refused',
	certainty: 'unknown',
	effect: 'inactive',
	fits: ({ kind }) => kind === 'auth',
	words: said,
	whatToDo: advisedOr('Open the credential, check its fields and connect or save it again.'),
};

const unexplained: Cause = {
	cause: 'unexplained',
	certainty: 'unknown',
	effect: 'none',
	fits: () => true,
	words: said,
	whatToDo: advisedOr('Check again in a few minutes; if it stays, give the code to whoever looks after the CRM.'),
};

/** All causes, the most specific first: the first row that fits the evidence decides. */
export const causes: readonly Cause[] = [
	...reachCauses,
	...credentialCauses,
	...savedSignInCauses,
	...passwordRows,
	...userCauses,
	...signedRequestCauses,
	...appCauses,
	...directoryCauses,
	...apiCauses,
	unknownPasswordRefusal,
	unknownRefusal,
	unexplained,
];
