/**
 * Why a CRM cannot be used with a credential: one vocabulary for all CRMs, set by whoever understands the failure. It says what the
 * CRM said and no more: what a CRM does not tell apart is one reason.
 *
 * Found by this package, before anything is sent:
 * - `never-connected`, `no-credential`, `credential-unreadable`, `wrong-address`: of the credential.
 * - `paused`: a person paused the connection. `other-org`: the credential reaches another org than the registered one.
 *
 * The saved sign-in:
 * - `no-refresh-token`: it has ended, and there is nothing to renew it with.
 * - `refresh-refused`: it may not be renewed: revoked, expired, replaced, or used too often elsewhere.
 * - `renewal-refused`: it may not be renewed, for a reason that the CRM gives in its own words, and that is none of the others.
 * - `refresh-taken-again`: refused, and taken when asked once more. `refresh-used-up`: that, but the answer replaced the token and could not be saved.
 * - `replaced-meanwhile`: the credential was renewed or connected again while the refused one was in use.
 * - `sign-in-unused`: it was not used for too long, or has come to its fixed end. `sign-in-revoked`: somebody ended it, or the password was changed.
 * - `session-refused`: a fresh session is refused all the same. `token-refused`: so is a fresh token, for whatever reason. `session-policy`: the CRM says that a policy does it.
 *
 * The user:
 * - `password-or-flow-refused`: user name, password, security token, a lock, or this way of signing in: not told apart.
 * - `security-token-needed`: the password is asked for together with a security token.
 * - `verification-needed`: the CRM asks for a second proof of identity, which a workflow cannot give.
 * - `password-expired`, `user-locked`, `user-inactive`.
 * - `hours-restricted`, `ip-restricted`: not at this time; not from this address. `hours-or-ip-restricted`: one of the two, not told apart.
 * - `person-needed`: the person must sign in again in a browser: a second proof, or a sign-in that has become too old. `access-policy`: a policy
 *   keeps the user, the device or the place out. `user-unknown`: there is no such user where it signs in.
 * - `user-not-approved`: the user has not yet let the app in. `not-admin-approved`: an admin has to let the user use the app.
 *
 * The app:
 * - `client-unknown`: its public key is unknown where it was sent.
 * - `client-secret-wrong`, `app-not-installed`; `client-refused`: one of the two, not told apart.
 * - `client-secret-expired`; `client-secret-id`: the secret is refused, and looks like the id of a secret instead of its value.
 * - `app-not-in-tenant`: the directory does not know the app. `consent-missing`: nobody has agreed yet to what the app may do.
 * - `flow-not-enabled`: the app does not allow this way of signing in. `password-login-off`: the org, or this version of its API, does not.
 * - `no-run-as-user`: the app is to act for itself, and no user is named for it.
 * - `audience-refused`: a signed request went to the wrong place. `assertion-refused`: its signature, certificate or times.
 *   `certificate-unknown`: the app has no such certificate. `certificate-expired`.
 *   `clock-off`: its times, because the clock of this computer is known to be wrong.
 * - `scope-refused`: the app may not have the rights it asks for. `app-refused`: anything else about the app.
 *
 * The org:
 * - `api-disabled`, `org-inactive`, `org-locked`, `trial-expired`, `maintenance`.
 * - `tenant-unknown`: the directory that is to sign in does not exist there. `wrong-cloud`: it, or the address, belongs to another cloud.
 * - `environment-unknown`: the directory knows nothing at the address. `environment-gone`: something else answers there.
 */
export type SignInReason =
	| 'never-connected'
	| 'no-credential'
	| 'credential-unreadable'
	| 'wrong-address'
	| 'paused'
	| 'other-org'
	| 'no-refresh-token'
	| 'refresh-refused'
	| 'renewal-refused'
	| 'refresh-taken-again'
	| 'refresh-used-up'
	| 'replaced-meanwhile'
	| 'sign-in-unused'
	| 'sign-in-revoked'
	| 'session-refused'
	| 'token-refused'
	| 'session-policy'
	| 'password-or-flow-refused'
	| 'security-token-needed'
	| 'verification-needed'
	| 'password-expired'
	| 'user-locked'
	| 'user-inactive'
	| 'hours-restricted'
	| 'ip-restricted'
	| 'hours-or-ip-restricted'
	| 'person-needed'
	| 'access-policy'
	| 'user-unknown'
	| 'user-not-approved'
	| 'not-admin-approved'
	| 'client-unknown'
	| 'client-secret-wrong'
	| 'client-secret-expired'
	| 'client-secret-id'
	| 'app-not-in-tenant'
	| 'consent-missing'
	| 'app-not-installed'
	| 'client-refused'
	| 'flow-not-enabled'
	| 'password-login-off'
	| 'no-run-as-user'
	| 'audience-refused'
	| 'assertion-refused'
	| 'certificate-unknown'
	| 'certificate-expired'
	| 'clock-off'
	| 'scope-refused'
	| 'app-refused'
	| 'api-disabled'
	| 'org-inactive'
	| 'org-locked'
	| 'trial-expired'
	| 'maintenance'
	| 'tenant-unknown'
	| 'wrong-cloud'
	| 'environment-unknown'
	| 'environment-gone';
