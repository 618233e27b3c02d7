import type { FailureTable, KnownFailure } from '../../errors/knownFailure';

const signInAgain = 'Open the credential in n8n and sign in again.';

/** Under two codes: of the app's policy, and of OAuth. */
export const notAdminApproved: KnownFailure = {
	kind: 'auth',
	reason: 'not-admin-approved',
	words: 'The app admits only users whom an admin has approved for it, and the Salesforce user is not among them.',
	remedy: 'Ask your Salesforce admin to pre-authorize the user for the app with a profile or permission set.',
};

export const verificationNeeded: KnownFailure = {
	kind: 'auth',
	reason: 'verification-needed',
	words: 'Salesforce asks the user to prove who it is, with a code, which a workflow cannot do.',
	remedy: 'Ask your Salesforce admin to trust the IP address of n8n, or use a credential that signs in without a password.',
};

/**
 * Why the sign-in is refused, by the code that the API or the OAuth endpoints send.
 * https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_flow_errors.htm
 */
export const signInFailures: FailureTable = {
	INVALID_SESSION_ID: {
		kind: 'auth',
		reason: 'session-refused',
		words: 'The sign-in to Salesforce has expired or was revoked.',
		remedy: signInAgain,
	},
	MISSING_OAUTH_TOKEN: { kind: 'auth', words: 'Salesforce received no sign-in.', remedy: signInAgain },
	INVALID_AUTH_HEADER: { kind: 'auth', words: 'Salesforce did not understand the sign-in.', remedy: signInAgain },
	// The identity endpoints answer an expired session with 403: https://github.com/forcedotcom/SalesforceMobileSDK-iOS/issues/3398
	Bad_OAuth_Token: { kind: 'auth', reason: 'session-refused', words: 'The sign-in to Salesforce has expired or was revoked.', remedy: signInAgain },
	Missing_OAuth_Token: { kind: 'auth', words: 'Salesforce received no sign-in.', remedy: signInAgain },
	Bad_Id: { kind: 'auth', reason: 'session-refused', words: 'The sign-in to Salesforce has expired or was revoked.', remedy: signInAgain },
	Wrong_Org: { kind: 'auth', reason: 'other-org', words: 'The sign-in belongs to another Salesforce org.', remedy: signInAgain },
	INVALID_LOGIN: {
		kind: 'auth',
		reason: 'password-or-flow-refused',
		words: 'The user name, password or security token is wrong, or the user is locked.',
		remedy: 'Correct the credential (every change of the password makes a new security token), or ask your admin to unlock the user.',
	},
	LOGIN_MUST_USE_SECURITY_TOKEN: {
		kind: 'auth',
		reason: 'security-token-needed',
		words: 'Salesforce does not know the IP address of n8n and asks for the security token of the user.',
		remedy: 'Enter the security token in the credential, or ask your admin to trust the IP address of n8n.',
	},
	PASSWORD_LOCKOUT: {
		kind: 'auth',
		reason: 'user-locked',
		words: 'The Salesforce user is locked after too many wrong passwords.',
		remedy: 'Wait, or ask your admin to unlock the user.',
	},
	INVALID_OPERATION_WITH_EXPIRED_PASSWORD: {
		kind: 'auth',
		reason: 'password-expired',
		words: 'The password of the Salesforce user has expired.',
		remedy: 'Sign in to Salesforce in the browser and change it, then update the credential.',
	},
	LOGIN_CHALLENGE_ISSUED: verificationNeeded,
	LOGIN_CHALLENGE_PENDING: verificationNeeded,
	LOGIN_DURING_RESTRICTED_DOMAIN: {
		kind: 'auth',
		reason: 'ip-restricted',
		words: "The IP address of n8n is outside the range that the user's profile allows.",
		remedy: 'Ask your Salesforce admin to add the address to the login IP ranges of the profile.',
	},
	LOGIN_DURING_RESTRICTED_TIME: {
		kind: 'auth',
		reason: 'hours-restricted',
		words: "It is outside the login hours of the user's profile.",
		remedy: 'Run at another time, or ask your Salesforce admin to change the login hours.',
	},
	invalid_grant: {
		kind: 'auth',
		reason: 'refresh-refused',
		words: 'Salesforce no longer accepts the saved sign-in. Salesforce said: {said}',
		remedy: signInAgain,
	},
	invalid_client_id: {
		kind: 'auth',
		reason: 'client-unknown',
		words: 'Salesforce does not know the consumer key (client id) on this host.',
		remedy: 'Check the consumer key and the login host; a new app needs some minutes until it is known.',
	},
	invalid_client: {
		kind: 'auth',
		reason: 'client-refused',
		words: 'The consumer secret is wrong, or the app is not installed in the org. Salesforce said: {said}',
		remedy: 'Check the consumer secret; ask your admin to install the app (Setup, Connected Apps OAuth Usage).',
	},
	app_not_found: {
		kind: 'auth',
		reason: 'app-not-installed',
		words: 'The app is not installed in the Salesforce org of this user.',
		remedy: 'Use an app of that org, or ask your admin to install it there.',
	},
	invalid_app_access: notAdminApproved,
	OAUTH_APP_BLOCKED: {
		kind: 'auth',
		reason: 'app-refused',
		words: 'An admin of the Salesforce org has blocked the app.',
		remedy: 'Ask your Salesforce admin to unblock it (Setup, Connected Apps OAuth Usage).',
	},
	unsupported_grant_type: {
		kind: 'auth',
		reason: 'flow-not-enabled',
		words: 'The app in Salesforce does not allow this way of signing in.',
		remedy: "Enable the flow in the app's OAuth settings.",
	},
	invalid_scope: {
		kind: 'auth',
		reason: 'scope-refused',
		words: 'The app in Salesforce may not have the rights that this sign-in asks for.',
		remedy: 'Add the scopes api, refresh_token, openid and id to the app, then sign in again.',
	},
	unauthorized_client: {
		kind: 'auth',
		reason: 'app-refused',
		words: 'The app in Salesforce may not sign in in this way. Salesforce said: {said}',
		remedy: "Check the app's OAuth settings and policies.",
	},
	redirect_uri_mismatch: {
		kind: 'auth',
		reason: 'app-refused',
		words: 'The app in Salesforce does not know the redirect URL of this n8n.',
		remedy: "Enter the redirect URL that the credential shows as the app's callback URL.",
	},
	invalid_request: { kind: 'auth', reason: 'app-refused', words: 'Salesforce did not accept the sign-in request. Salesforce said: {said}', remedy: "Check the credential and the app's OAuth settings." },
	access_denied: { kind: 'auth', reason: 'app-refused', words: 'Access was denied during the sign-in. Salesforce said: {said}', remedy: signInAgain },
	inactive_user: { kind: 'auth', reason: 'user-inactive', words: 'The Salesforce user was deactivated.', remedy: 'Have the user activated, or sign in as another one.' },
	inactive_org: { kind: 'auth', reason: 'org-inactive', words: 'The Salesforce org is expired, locked or deleted.', remedy: 'Sign in to another org.' },
};
