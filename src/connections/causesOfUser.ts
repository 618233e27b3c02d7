import type { Cause } from './diagnosis';
import { advisedOr, because, said } from './wording';

const askAdmin = advisedOr('Ask the admin of the CRM.');

/** Why the user, or the whole org, is not let in. */
export const userCauses: readonly Cause[] = [
	{ cause: 'user-inactive', certainty: 'proven', effect: 'inactive', fits: because('user-inactive'), words: said, whatToDo: askAdmin },
	{ cause: 'login-hours', certainty: 'proven', effect: 'inactive', fits: because('hours-restricted'), words: said, whatToDo: askAdmin },
	{ cause: 'login-ip', certainty: 'proven', effect: 'inactive', fits: because('ip-restricted'), words: said, whatToDo: askAdmin },
	{ cause: 'user-not-approved', certainty: 'proven', effect: 'inactive', fits: because('user-not-approved'), words: said, whatToDo: askAdmin },
	{ cause: 'not-admin-approved', certainty: 'proven', effect: 'inactive', fits: because('not-admin-approved'), words: said, whatToDo: askAdmin },
	{ cause: 'org-inactive', certainty: 'proven', effect: 'inactive', fits: because('org-inactive'), words: said, whatToDo: askAdmin },
	{ cause: 'org-locked', certainty: 'proven', effect: 'inactive', fits: because('org-locked'), words: said, whatToDo: askAdmin },
	{ cause: 'trial-expired', certainty: 'proven', effect: 'inactive', fits: because('trial-expired'), words: said, whatToDo: askAdmin },
];
