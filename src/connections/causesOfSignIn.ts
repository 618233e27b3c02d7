import type { Cause, Evidence } from './diagnosis';

const isAuth = (...codes: readonly string[]) => ({ kind, code }: Evidence): boolean => kind === 'auth' && code !== undefined && codes.includes(code);
const said = ({ message }: Evidence): string => message;
const advised = ({ remedy }: Evidence): string => remedy ?? 'Open the credential and connect the account again.';
const connectAgain = 'Open the credential and connect the account again, as the user of the integration.';

/** Why nobody is signed in any more, as far as n8n and the CRM let it be known. */
export const signInCauses: readonly Cause[] = [
	{ cause: 'never-connected', certainty: 'proven', fits: isAuth('NOT_CONNECTED'), words: said, whatToDo: advised },
	{ cause: 'no-credential', certainty: 'proven', fits: isAuth('NO_CREDENTIAL', 'CREDENTIAL_NOT_FOUND'), words: said, whatToDo: advised },
	{ cause: 'wrong-address', certainty: 'proven', fits: isAuth('INVALID_MY_DOMAIN', 'INVALID_INSTANCE_URL'), words: said, whatToDo: advised },
	{ cause: 'credential-unreadable', certainty: 'proven', fits: isAuth('CREDENTIAL_UNREADABLE'), words: said, whatToDo: advised },
	{
		// One answer for all of them, and n8n keeps even its text to itself: https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_flow_errors.htm
		cause: 'sign-in-ended',
		certainty: 'proven',
		fits: isAuth('invalid_grant'),
		words: ({ crmName }) =>
			`${crmName} no longer accepts the saved sign-in. It does not say why: the access was revoked, it expired (by policy, or because it was not used for too long), the user was deactivated or may no longer use the app, the same user signed in to the app too often since, a newer sign-in replaced it, or the sandbox was refreshed.`,
		whatToDo: () => `${connectAgain} If that does not last, ask the admin of the CRM to look at the user's sign-ins and at how long the app may stay signed in.`,
	},
	{ cause: 'no-refresh-token', certainty: 'proven', fits: isAuth('NO_REFRESH_TOKEN'), words: said, whatToDo: advised },
	{
		cause: 'app-refused',
		certainty: 'proven',
		fits: isAuth('invalid_client', 'invalid_client_id', 'unauthorized_client', 'unsupported_grant_type', 'invalid_scope', 'redirect_uri_mismatch'),
		words: said,
		whatToDo: advised,
	},
	{ cause: 'user-inactive', certainty: 'proven', fits: isAuth('inactive_user'), words: said, whatToDo: advised },
	{ cause: 'org-inactive', certainty: 'proven', fits: isAuth('inactive_org'), words: said, whatToDo: advised },
	{
		cause: 'login-restricted',
		certainty: 'proven',
		fits: isAuth('LOGIN_DURING_RESTRICTED_DOMAIN', 'LOGIN_DURING_RESTRICTED_TIME'),
		words: said,
		whatToDo: advised,
	},
	{
		// Salesforce's own words for a policy that no new token satisfies: https://github.com/jsforce/jsforce/pull/1774
		cause: 'session-policy',
		certainty: 'proven',
		fits: ({ kind, message }) => kind === 'auth' && /not valid for use with the REST API|Connected app is not attached to Agent/i.test(message),
		words: said,
		whatToDo: advised,
	},
	{
		// The same code means an expired session, but then n8n renews it, and this is asked with the new one.
		cause: 'session-refused',
		certainty: 'likely',
		fits: isAuth('INVALID_SESSION_ID'),
		words: ({ crmName }) =>
			`${crmName} renewed the sign-in but refuses it all the same. That fits a policy of the org: a session of higher assurance is asked for, the app is blocked by API access control, or the user is frozen.`,
		whatToDo: () => 'Ask the admin of the CRM to check the session settings of the profile, the policies of the app and API access control. Then connect the account again.',
	},
	{
		cause: 'sign-in-refused',
		certainty: 'unknown',
		fits: ({ kind }) => kind === 'auth',
		words: said,
		whatToDo: advised,
	},
];
