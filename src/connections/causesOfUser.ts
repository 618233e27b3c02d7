import type { Cause } from './diagnosis';
import { advisedOr, because, said } from './wording';

/** Why the user, or the whole org, is not let in. */
export const userCauses: readonly Cause[] = [
	{
		cause: 'user-inactive',
		certainty: 'proven',
		effect: 'inactive',
		fits: because('user-inactive'),
		words: said,
		whatToDo: advisedOr('Ask the admin of the CRM to activate the user, or sign in as another one.'),
	},
	{
		cause: 'login-hours',
		certainty: 'proven',
		effect: 'inactive',
		fits: because('hours-restricted'),
		words: said,
		whatToDo: advisedOr("Run at another time, or ask the admin of the CRM to change the user's login hours."),
	},
	{
		cause: 'login-ip',
		certainty: 'proven',
		effect: 'inactive',
		fits: because('ip-restricted'),
		words: said,
		whatToDo: advisedOr("Ask the admin of the CRM to allow sign-ins from the address of this n8n, for the app and for the user's profile."),
	},
	{
		cause: 'login-restricted',
		certainty: 'proven',
		effect: 'inactive',
		fits: because('hours-or-ip-restricted'),
		words: said,
		whatToDo: advisedOr('Ask the admin of the CRM to look at both: from where and at which hours the user may sign in.'),
	},
	{
		cause: 'user-not-approved',
		certainty: 'proven',
		effect: 'inactive',
		fits: because('user-not-approved'),
		words: said,
		whatToDo: advisedOr('Ask the admin of the CRM to let the user use the app without being asked.'),
	},
	{
		cause: 'not-admin-approved',
		certainty: 'proven',
		effect: 'inactive',
		fits: because('not-admin-approved'),
		words: said,
		whatToDo: advisedOr('Ask the admin of the CRM to let the user use the app.'),
	},
	{
		cause: 'org-inactive',
		certainty: 'proven',
		effect: 'inactive',
		fits: because('org-inactive'),
		words: said,
		whatToDo: advisedOr('Ask the admin of the CRM what became of the org, or connect to another one.'),
	},
	{
		cause: 'org-locked',
		certainty: 'proven',
		effect: 'inactive',
		fits: because('org-locked'),
		words: said,
		whatToDo: advisedOr('Ask the admin of the CRM to have it unlocked by its vendor.'),
	},
	{
		cause: 'trial-expired',
		certainty: 'proven',
		effect: 'inactive',
		fits: because('trial-expired'),
		words: said,
		whatToDo: advisedOr('Buy the edition, or connect to another org.'),
	},
];
