import type { Cause } from './diagnosis';
import { advisedOr, because, said } from './wording';
import type { SignInReason } from '../model/signInReason';

const connectAgain = 'Open the credential and connect the account again.';
const askAdmin = 'Ask the admin of the CRM.';

/** A refusal whose words and remedy are those of whoever understood it. */
function refusal(cause: string, reason: SignInReason, remedy: string, certainty: Cause['certainty'] = 'proven'): Cause {
	return { cause, certainty, effect: 'inactive', fits: because(reason), words: said, whatToDo: advisedOr(remedy) };
}

/** Why the directory in which people and apps of a whole organization are kept does not let one of them in. */
export const directoryCauses: readonly Cause[] = [
	refusal('client-secret-expired', 'client-secret-expired', 'Make a new secret for the app, and enter it in the credential.'),
	refusal('client-secret-id', 'client-secret-id', 'Enter the value of the secret, not its id.', 'likely'),
	refusal('certificate-unknown', 'certificate-unknown', 'Give the app the certificate of this credential.'),
	refusal('certificate-expired', 'certificate-expired', 'Make a new certificate, give it to the app, and enter it in the credential.'),
	refusal('app-not-in-tenant', 'app-not-in-tenant', 'Compare the ids of app and tenant in the credential with those of the app.'),
	refusal('tenant-unknown', 'tenant-unknown', 'Compare the id of the tenant in the credential with that of the app.'),
	refusal('wrong-cloud', 'wrong-cloud', 'Choose the cloud to which the address belongs.'),
	refusal('environment-unknown', 'environment-unknown', 'Copy the address of the environment again.'),
	refusal('consent-missing', 'consent-missing', 'Have an admin consent to what the app may do, then connect the account again.'),
	refusal('person-needed', 'person-needed', connectAgain),
	refusal('access-policy', 'access-policy', askAdmin),
	refusal('user-unknown', 'user-unknown', 'Sign in as a user of the right organization.'),
	refusal('sign-in-revoked', 'sign-in-revoked', connectAgain),
	refusal('token-refused', 'token-refused', 'Check the address in the credential, and connect or save it again.', 'unknown'),
	refusal('sign-in-unused', 'sign-in-unused', connectAgain),
];
