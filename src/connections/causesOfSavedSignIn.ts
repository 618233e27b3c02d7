import type { Cause, Evidence } from './diagnosis';
import { advisedOr, because, dayOf, said } from './wording';

const connectAgain = 'Open the credential and connect the account again, as the user of the integration.';

/** As long as some CRMs let a sign-in stay unused: https://help.salesforce.com/s/articleView?id=xcloud.connected_app_limit_idle_ttl.htm */
const idleDays = 30;

function lastWorked({ workedBefore }: Evidence): string {
	if (!workedBefore) return '';
	const { lastWellAt, daysAgo = 0 } = workedBefore;
	const idle = daysAgo >= idleDays ? `, ${daysAgo} days ago, which may be longer than it may stay unused` : '';
	return ` It last worked on ${dayOf(lastWellAt)}${idle}.`;
}

/** Everything that a refusal without a reason may mean. */
const possible = {
	salesforce:
		'the access was revoked, it expired (by policy, or because it was not used for too long), the user was deactivated or may no longer use the app, the same user signed in to the app too often since, a newer sign-in replaced it, or the sandbox was refreshed',
	dynamics: 'the access was revoked, it expired (by policy, or because it was not used for 90 days), the password was changed, or the user was disabled or may no longer use the app',
};

function endedWords(evidence: Evidence): string {
	const { crmName, reason, message } = evidence;
	const why = crmName === 'Dynamics 365' ? possible.dynamics : possible.salesforce;
	const words = reason === 'renewal-refused' ? message : `${crmName} no longer accepts the saved sign-in. It does not say why: ${why}.`;
	return `${words}${lastWorked(evidence)}`;
}

const checkPolicies = 'Ask the admin of the CRM to check the session settings of the profile, the policies of the app and API access control, and whether the user is frozen.';

/** Why a sign-in that was given is no longer taken, as far as n8n and the CRM let it be known. */
export const savedSignInCauses: readonly Cause[] = [
	{
		// One answer for all of them: https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_flow_errors.htm
		cause: 'sign-in-ended',
		certainty: 'proven',
		effect: 'inactive',
		fits: (evidence) => because('refresh-refused', 'renewal-refused')(evidence) && (evidence.signInKind ?? 'oauth2') === 'oauth2',
		words: endedWords,
		whatToDo: () => `${connectAgain} If that does not last, ask the admin of the CRM to look at the user's sign-ins and at how long the app may stay signed in.`,
	},
	{
		cause: 'sign-in-used-up',
		certainty: 'proven',
		effect: 'inactive',
		fits: because('refresh-used-up'),
		words: ({ crmName }) =>
			`${crmName} refused to renew the saved sign-in, and took it when asked once more, but gave a new one in exchange that n8n cannot store here. So what is saved in the credential no longer works.`,
		whatToDo: () => connectAgain,
	},
	{
		cause: 'refusal-passed',
		certainty: 'likely',
		effect: 'none',
		fits: because('refresh-taken-again'),
		words: ({ crmName }) => `${crmName} refused to renew the saved sign-in, but took it when asked once more: the refusal seems to have passed.`,
		whatToDo: () => 'Run it again. If it is refused again and again, connect the account again.',
	},
	{
		cause: 'replaced-meanwhile',
		certainty: 'proven',
		effect: 'none',
		fits: because('replaced-meanwhile'),
		words: ({ crmName }) => `${crmName} refused a saved sign-in that was replaced in the meantime: somebody connected the account again, or another run renewed it.`,
		whatToDo: () => 'Run it again.',
	},
	{
		cause: 'no-refresh-token',
		certainty: 'proven',
		effect: 'inactive',
		fits: because('no-refresh-token'),
		words: said,
		whatToDo: advisedOr(connectAgain),
	},
	{
		cause: 'session-policy',
		certainty: 'proven',
		effect: 'inactive',
		fits: because('session-policy'),
		words: said,
		whatToDo: advisedOr(checkPolicies),
	},
	{
		// The same code means an expired session, but then it is renewed, and this is asked with the new one.
		cause: 'session-refused',
		certainty: 'likely',
		effect: 'inactive',
		fits: because('session-refused'),
		words: ({ crmName }) =>
			`${crmName} renewed the sign-in but refuses it all the same. That fits a policy of the org: a session of higher assurance is asked for, the app is blocked by API access control, or the user is frozen.`,
		whatToDo: () => `${checkPolicies} Then connect the account again.`,
	},
];
