import type { KnownFailure } from '../../errors/knownFailure';
import { notAdminApproved, signInFailures, verificationNeeded } from './signInFailures';

type Precise = readonly (readonly [sentence: RegExp, meaning: KnownFailure])[];

/** Of the app's own policies, which name no user. */
const ipRestricted: KnownFailure = {
	kind: 'auth',
	reason: 'ip-restricted',
	words: 'Salesforce refuses sign-ins from the IP address of n8n.',
	remedy: "Ask your Salesforce admin to relax the app's or the profile's IP range.",
};

/** One sentence for both. */
const addressOrHour: KnownFailure = {
	kind: 'auth',
	reason: 'hours-or-ip-restricted',
	words: 'Salesforce refuses the user from the IP address of n8n, or at this hour. It does not say which of the two.',
	remedy: "Ask your Salesforce admin to look at the login IP ranges and login hours of the user's profile.",
};

const wrongAudience: KnownFailure = {
	kind: 'auth',
	reason: 'audience-refused',
	words: 'Salesforce refused the signed request, because it names another environment than that of the user.',
	remedy: 'Check the environment and the audience in the credential: production and sandboxes have different ones.',
};

const invalidGrant: Precise = [
	[/inactive user/i, signInFailures.inactive_user],
	[/inactive organization/i, signInFailures.inactive_org],
	[/login hours/i, addressOrHour],
	[/ip restricted/i, ipRestricted],
	[
		/hasn't approved this consumer/i,
		{
			kind: 'auth',
			reason: 'user-not-approved',
			words: 'The Salesforce user is unknown to the app, or has not been allowed to use it.',
			remedy: 'Check the user name; ask your Salesforce admin to pre-authorize the user for the app with a profile or permission set.',
		},
	],
	[/not admin approved/i, notAdminApproved],
	[/password expired/i, signInFailures.INVALID_OPERATION_WITH_EXPIRED_PASSWORD],
	[/in maintenance/i, { kind: 'unavailable', reason: 'maintenance', words: 'Your Salesforce org is under maintenance.', remedy: 'Try again later.' }],
	[/user.* locked/i, signInFailures.PASSWORD_LOCKOUT],
	[/challenge required/i, verificationNeeded],
	[/audience/i, wrongAudience],
	[
		/login rate exceeded/i,
		{ kind: 'throttled', words: 'The Salesforce user has signed in too often within an hour.', remedy: 'Wait an hour; let fewer programs sign in as this user.' },
	],
	[
		/no client credentials user/i,
		{
			kind: 'auth',
			reason: 'no-run-as-user',
			words: 'The app in Salesforce names no user to act as.',
			remedy: 'Ask your Salesforce admin to enter a user under "Run As" in the client credentials flow of the app.',
		},
	],
	[
		/client credentials flow/i,
		{
			kind: 'auth',
			reason: 'flow-not-enabled',
			words: 'The app in Salesforce does not allow the client credentials flow.',
			remedy: "Ask your Salesforce admin to enable it in the app's OAuth settings and to name a user to run as.",
		},
	],
	[
		/not supported on this domain/i,
		{
			kind: 'auth',
			reason: 'wrong-address',
			words: 'Salesforce does not let an app sign in at this address.',
			remedy: "Enter the org's own My Domain in the credential.",
		},
	],
];

const failures: Readonly<Record<string, Precise>> = {
	invalid_grant: invalidGrant,
	invalid_client: [
		[
			/must be installed/i,
			{
				kind: 'auth',
				reason: 'app-not-installed',
				words: 'The app is not installed in the Salesforce org.',
				remedy: 'Ask your admin to install it (Setup, Connected Apps OAuth Usage).',
			},
		],
		[
			/invalid client/i,
			{
				kind: 'auth',
				reason: 'client-secret-wrong',
				words: 'Salesforce does not accept the consumer secret.',
				remedy: "Copy the consumer secret from the app's OAuth settings in Salesforce again.",
			},
		],
	],
	access_denied: [
		[
			/my domain/i,
			{
				kind: 'auth',
				reason: 'wrong-address',
				words: 'The Salesforce org does not let anybody sign in at the general login page.',
				remedy: 'Choose My Domain in the credential, and enter the address of the org.',
			},
		],
	],
};

/**
 * What OAuth's second half says more precisely than its code, by that code.
 * https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_flow_errors.htm
 */
export const preciseSignInFailures: ReadonlyMap<string, Precise> = new Map(Object.entries(failures));
