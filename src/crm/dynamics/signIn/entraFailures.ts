import type { KnownFailure } from '../../errors/knownFailure';

const connectAgain = 'Open the credential in n8n and connect the account again.';
const askEntraAdmin = 'Ask your Microsoft Entra ID administrator.';

const secretWrong: KnownFailure = {
	kind: 'auth',
	reason: 'client-secret-wrong',
	words: 'Microsoft Entra ID does not accept the client secret.',
	remedy: 'Make a new secret in the app registration (Certificates & secrets) and copy its value, not the Secret ID, into the credential.',
};
const certificateUnknown: KnownFailure = {
	kind: 'auth',
	reason: 'certificate-unknown',
	words: 'The app registration does not have the certificate of this credential.',
	remedy: 'Upload the certificate to the app registration (Certificates & secrets), or enter the one that is there, with its private key.',
};
const certificateExpired: KnownFailure = {
	kind: 'auth',
	reason: 'certificate-expired',
	words: 'The certificate of this credential has expired.',
	remedy: 'Make a new certificate, upload it to the app registration (Certificates & secrets), and enter it in the credential with its private key.',
};
const assertionRefused: KnownFailure = {
	kind: 'auth',
	reason: 'assertion-refused',
	words: 'Microsoft Entra ID refused the request that was signed with the certificate. It said: {said}',
	remedy: 'Check that certificate and private key in the credential belong together, and that the certificate is in the app registration.',
};
const timesRefused: KnownFailure = {
	kind: 'auth',
	reason: 'clock-off',
	words: 'Microsoft Entra ID refused the times in the request that was signed with the certificate.',
	remedy: 'Ask whoever runs this n8n to set the clock of that computer by the network.',
};
const appUnknown: KnownFailure = {
	kind: 'auth',
	reason: 'app-not-in-tenant',
	words: 'There is no app with this Application (Client) ID in the directory (tenant): the app was deleted, the ID is mistyped, or the app belongs to another tenant and was never admitted to this one.',
	remedy: 'Compare the Application (Client) ID and the Directory (Tenant) ID with the overview of the app registration; an app of another organization needs the consent of an administrator first.',
};
const appDisabled: KnownFailure = {
	kind: 'auth',
	reason: 'app-refused',
	words: 'The app is disabled in Microsoft Entra ID.',
	remedy: `${askEntraAdmin.slice(0, -1)} to enable it (Enterprise applications, the app, Properties).`,
};
const resourceUnknown: KnownFailure = {
	kind: 'auth',
	reason: 'environment-unknown',
	words: 'The directory (tenant) knows no environment at this address: the address is mistyped, the environment was deleted or renamed, it belongs to another tenant or cloud, or the tenant has no Dataverse.',
	remedy: 'Copy the address of the environment from the browser again, and check that the Directory (Tenant) ID is the one that it belongs to.',
};
const permissionMissing: KnownFailure = {
	kind: 'auth',
	reason: 'scope-refused',
	words: 'The app registration has no permission for Dynamics 365.',
	remedy: 'Add the delegated permission Dynamics CRM > user_impersonation to it (API permissions), have an administrator consent, and connect again.',
};
const consentMissing: KnownFailure = {
	kind: 'auth',
	reason: 'consent-missing',
	words: 'Nobody has agreed yet that the app may use Dynamics 365 for this user.',
	remedy: 'Ask your Microsoft Entra ID administrator to grant admin consent (App registrations, the app, API permissions), then connect the account again.',
};
const secondProof: KnownFailure = {
	kind: 'auth',
	reason: 'person-needed',
	words: 'Microsoft Entra ID asks the user for a second proof (multi-factor authentication), which a workflow cannot give.',
	remedy: `${connectAgain} If that does not last, use an app credential, or ask your Microsoft Entra ID administrator to except the user of the integration.`,
};
const policyBlocked: KnownFailure = {
	kind: 'auth',
	reason: 'access-policy',
	words: 'A Conditional Access policy of your organization does not let the user, the app or this computer in.',
	remedy: 'Ask your Microsoft Entra ID administrator for the entry in the sign-in log, which names the policy, and to except the integration from it.',
};
const userUnknown: KnownFailure = {
	kind: 'auth',
	reason: 'user-unknown',
	words: 'The directory (tenant) does not know the user.',
	remedy: 'Sign in as a user of the tenant that the environment belongs to, or have the user invited to it as a guest.',
};
const revoked: KnownFailure = {
	kind: 'auth',
	reason: 'sign-in-revoked',
	words: 'The saved sign-in was ended: the password was changed, or somebody revoked it.',
	remedy: connectAgain,
};
const unused: KnownFailure = {
	kind: 'auth',
	reason: 'sign-in-unused',
	words: 'The saved sign-in has expired, because it was not used for too long (90 days).',
	remedy: `${connectAgain} A Check Health on a schedule keeps it in use.`,
};
const passwordExpired: KnownFailure = {
	kind: 'auth',
	reason: 'password-expired',
	words: 'The password of the user has expired.',
	remedy: 'Sign in to Microsoft 365 in the browser and change it, then connect the account again.',
};
const passwordWrong: KnownFailure = {
	kind: 'auth',
	reason: 'renewal-refused',
	words: 'Microsoft Entra ID does not accept the user name or the password of the user.',
	remedy: connectAgain,
};
const tenantUnknown: KnownFailure = {
	kind: 'auth',
	reason: 'tenant-unknown',
	words: 'There is no such directory (tenant) in this cloud: the Directory (Tenant) ID is mistyped, or the tenant belongs to another cloud.',
	remedy: 'Compare the ID with the overview of the app registration, and check the Environment Type.',
};
const wrongCloud: KnownFailure = {
	kind: 'auth',
	reason: 'wrong-cloud',
	words: 'The directory (tenant) belongs to another cloud than the chosen Environment Type.',
	remedy: 'Choose the type that fits the address of the environment: dynamics.com is Public Cloud (or GCC), microsoftdynamics.us GCC High, appsplatform.us DoD, dynamics.cn China.',
};
const tenantNeeded: KnownFailure = {
	kind: 'auth',
	reason: 'tenant-unknown',
	words: 'The app belongs to one directory (tenant), and the credential does not say to which.',
	remedy: 'Enter the Directory (Tenant) ID from the overview of the app registration in the credential.',
};
const publicClient: KnownFailure = {
	kind: 'auth',
	reason: 'app-refused',
	words: 'The redirect URI of n8n is registered under the wrong platform in the app registration, so that Microsoft Entra ID takes no secret, or gives a sign-in for one day only.',
	remedy: 'Delete it there under Authentication, add it again under the platform Web (not single-page or mobile application), and connect again.',
};
const busy: KnownFailure = {
	kind: 'unavailable',
	words: 'Microsoft Entra ID is busy or failing at the moment.',
	remedy: 'Try again in a few minutes.',
	transient: true,
};

const rows: ReadonlyArray<readonly [codes: readonly number[], meaning: KnownFailure]> = [
	[[7000215, 70002], secretWrong],
	[[7000222], { kind: 'auth', reason: 'client-secret-expired', words: 'The client secret of the app has expired.', remedy: 'Make a new secret in the app registration (Certificates & secrets) and copy its value into the credential.' }],
	[[700027, 50012], assertionRefused],
	[[700030, 7000214], certificateUnknown],
	[[1000502], certificateExpired],
	[[500133, 700024], timesRefused],
	[[7000218, 700025, 700084], publicClient],
	[[700016, 700011], appUnknown],
	[[7000112, 70001], appDisabled],
	[[500011, 50001, 650052], resourceUnknown],
	[[650057], permissionMissing],
	[[65001, 90094, 90095], consentMissing],
	[[65004], { ...consentMissing, words: 'The person who signed in declined to let the app use Dynamics 365.', remedy: 'Connect again and accept, or ask your Microsoft Entra ID administrator to grant admin consent.' }],
	[[50076, 50078, 50079, 50072, 50074, 50158, 16000], secondProof],
	[[70043], { ...secondProof, words: 'A policy of your organization asks the user to sign in anew from time to time, and the time is up.' }],
	[[53003, 53000, 53001, 53002, 530032, 50131], policyBlocked],
	[[50053], { ...policyBlocked, words: 'The user is locked after too many wrong passwords, or the address of this n8n is blocked. Microsoft Entra ID does not say which.', remedy: 'Wait a while; ask your Microsoft Entra ID administrator for the entry in the sign-in log.' }],
	[[50057], { kind: 'auth', reason: 'user-inactive', words: 'The user is disabled in Microsoft Entra ID.', remedy: 'Have the user enabled, or sign in as another one.' }],
	[[50034, 50020, 51004], userUnknown],
	[[50105], { kind: 'auth', reason: 'not-admin-approved', words: 'The app admits only users who are assigned to it, and this user is not.', remedy: 'Ask your Microsoft Entra ID administrator to assign the user (Enterprise applications, the app, Users and groups).' }],
	[[50173, 50132, 50133], revoked],
	[[70008, 700082], unused],
	[[50055, 50144], passwordExpired],
	[[50126], passwordWrong],
	[[90002], tenantUnknown],
	[[900382, 90038, 900432, 700023], wrongCloud],
	[[50194, 9001023], tenantNeeded],
	[[50196], { kind: 'throttled', words: 'Microsoft Entra ID received too many equal sign-ins in a short time.', remedy: 'Wait some minutes, and let fewer workflows start at the same time.' }],
	[[90033, 90006, 90012, 90024, 50033, 50087, 90055], busy],
];

/**
 * What the codes of Microsoft Entra ID mean to a person, by the number after AADSTS.
 * https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes#aadsts-error-codes
 */
export const entraFailures: ReadonlyMap<number, KnownFailure> = new Map(rows.flatMap(([codes, meaning]) => codes.map((code) => [code, meaning] as const)));

/** Codes that mean something more precise with these words in their sentence. */
export const preciseEntraFailures: ReadonlyMap<number, ReadonlyArray<readonly [sentence: RegExp, meaning: KnownFailure]>> = new Map([
	[700027, [[/key was not found|not found for/i, certificateUnknown], [/expired/i, certificateExpired]] as const],
	[70002, [[/assertion/i, assertionRefused]] as const],
]);

/**
 * What OAuth's own `error` means, where the number is unknown: numbers come and go, these stay.
 * https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes#handling-error-codes-in-your-application
 */
export const oauthFailures: ReadonlyMap<string, KnownFailure> = new Map([
	['invalid_grant', { kind: 'auth', reason: 'renewal-refused', words: 'Microsoft Entra ID refused the sign-in. It said: {said}', remedy: connectAgain }],
	['interaction_required', { ...secondProof, words: 'Microsoft Entra ID wants the person to sign in again. It said: {said}' }],
	['login_required', { ...secondProof, words: 'Microsoft Entra ID wants the person to sign in again. It said: {said}' }],
	['consent_required', consentMissing],
	['invalid_client', { kind: 'auth', reason: 'client-refused', words: 'Microsoft Entra ID refused the client secret or certificate of the app. It said: {said}', remedy: secretWrong.remedy }],
	['invalid_resource', resourceUnknown],
	['temporarily_unavailable', busy],
	['server_error', busy],
]);
