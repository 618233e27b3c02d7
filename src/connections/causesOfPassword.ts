import type { Cause, Evidence } from './diagnosis';
import { sayingNotSentAgain } from './notSentAgain';
import { advisedOr, andItWorked, because, becauseSince, said } from './wording';

/** One answer for all of them, so that nobody can guess passwords: https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_flow_errors.htm */
const notToldApart = ({ crmName }: Evidence): string =>
	`${crmName} refused the sign-in with user name and password. It does not say why: the user name, the password or the security token is wrong, the user is locked, or this way of signing in is not allowed for the app or the org.`;

/** Why a user name with its password is not taken. None of them is tried again by itself. */
export const passwordRows: readonly Cause[] = [
	{
		cause: 'password-changed',
		certainty: 'likely',
		effect: 'inactive',
		neverRepeat: true,
		fits: becauseSince('password-or-flow-refused'),
		words: (evidence) => andItWorked(notToldApart(evidence), evidence, 'the password or the security token was changed'),
		whatToDo: () => sayingNotSentAgain('Enter the present password and security token in the credential.'),
	},
	{
		cause: 'password-refused',
		certainty: 'unknown',
		effect: 'inactive',
		neverRepeat: true,
		fits: because('password-or-flow-refused'),
		words: notToldApart,
		whatToDo: (evidence) =>
			sayingNotSentAgain(advisedOr("Check user name, password and security token in the credential, then ask the admin of the CRM for the reason in the user's login history.")(evidence)),
	},
	{
		cause: 'security-token-needed',
		certainty: 'proven',
		effect: 'inactive',
		neverRepeat: true,
		fits: because('security-token-needed'),
		words: said,
		whatToDo: advisedOr('Enter the security token of the user in the credential, or have the address of this n8n trusted.'),
	},
	{
		cause: 'verification-needed',
		certainty: 'proven',
		effect: 'inactive',
		neverRepeat: true,
		fits: because('verification-needed'),
		words: said,
		whatToDo: advisedOr('Sign in through the browser instead (OAuth2), or ask the admin of the CRM to except this user.'),
	},
	{
		cause: 'password-expired',
		certainty: 'proven',
		effect: 'inactive',
		neverRepeat: true,
		fits: because('password-expired'),
		words: said,
		whatToDo: advisedOr('Change the password, then enter the new one in the credential.'),
	},
	{
		cause: 'user-locked',
		certainty: 'proven',
		effect: 'inactive',
		neverRepeat: true,
		fits: because('user-locked'),
		words: said,
		whatToDo: advisedOr('Ask the admin of the CRM to unlock the user.'),
	},
	{
		cause: 'password-login-off',
		certainty: 'proven',
		effect: 'inactive',
		fits: because('password-login-off'),
		words: said,
		whatToDo: advisedOr('Use another way to sign in: OAuth2, or a credential for servers.'),
	},
];

/** A refusal that nobody knows; as long as that is so, the password may be what was refused. */
export const unknownPasswordRefusal: Cause = {
	cause: 'password-sign-in-refused',
	certainty: 'unknown',
	effect: 'inactive',
	neverRepeat: true,
	fits: ({ kind, signInKind }) => kind === 'auth' && signInKind === 'password',
	words: said,
	whatToDo: (evidence) => sayingNotSentAgain(advisedOr('Check the fields of the credential.')(evidence)),
};
