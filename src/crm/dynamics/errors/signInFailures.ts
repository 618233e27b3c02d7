import type { FailureTable } from '../../errors/knownFailure';

/**
 * Why an environment does not let a token in, by code in lower case.
 * https://learn.microsoft.com/en-us/power-apps/developer/data-platform/reference/web-service-error-codes
 */
export const signInFailures: FailureTable = {
	// https://learn.microsoft.com/en-us/power-platform/admin/manage-application-users
	'0x80072560': {
		kind: 'auth',
		reason: 'no-run-as-user',
		words: 'The sign-in is good, but this environment knows no such user: an app has no application user here, or a person no licence or is not in the security group.',
		remedy: 'An administrator has to add the app under Power Platform admin center > Environments > Settings > Users > Application users, with a security role.',
	},
	'0x80040225': {
		kind: 'auth',
		reason: 'user-inactive',
		words: 'The user is disabled in this environment. Dynamics 365 said: {said}',
		remedy: 'An administrator has to enable the user in Power Platform admin center, or sign in as another one.',
	},
	'0x8004d24b': {
		kind: 'auth',
		reason: 'user-inactive',
		words: 'The user is not enabled in this environment. Dynamics 365 said: {said}',
		remedy: 'An administrator has to enable the user in Power Platform admin center, or sign in as another one.',
	},
	// https://learn.microsoft.com/en-us/power-platform/admin/admin-mode
	'0x8004a104': {
		kind: 'unavailable',
		reason: 'maintenance',
		words: 'The environment is disabled or in administration mode.',
		remedy: 'Wait until your administrator has switched administration mode off.',
	},
	// https://learn.microsoft.com/en-us/power-platform/admin/ip-firewall
	'0x80095ffe': {
		kind: 'auth',
		reason: 'ip-restricted',
		words: 'The IP firewall of the environment does not let the address of this n8n in. Dynamics 365 said: {said}',
		remedy: 'Ask your administrator to allow the address in Power Platform admin center > Settings > Privacy + Security.',
	},
	'0x8005f101': { kind: 'auth', reason: 'token-refused', words: 'Dynamics 365 says that the sign-in has expired.', remedy: 'Open the credential in n8n and sign in again.' },
	'0x80072559': { kind: 'auth', reason: 'token-refused', words: 'Microsoft Entra ID refused the sign-in. Dynamics 365 said: {said}', remedy: 'Open the credential in n8n and sign in again.' },
};
