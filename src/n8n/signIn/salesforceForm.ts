import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { instanceOrigin } from '../../crm/salesforce/instanceOrigin';
import { identityIds } from '../../crm/salesforce/signIn/identityIds';
import { proveApiAccess } from '../../crm/salesforce/signIn/proveApiAccess';
import { secretsOf, type SalesforceSignIn } from '../../crm/salesforce/signIn/salesforceSignIn';
import { signIn } from '../../crm/salesforce/signIn/signIn';
import type { SignInForm } from './signInForm';

/** A form that signs in to Salesforce. */
export interface SalesforceForm extends SignInForm {
	/** Checks and cleans the fields; throws as `plan` does. */
	read(credential: ICredentialDataDecryptedObject): SalesforceSignIn;
}

/** The form with these fields, whose meaning `read` knows, and `originOf` that of those that tell where it signs in. */
export function salesforceForm(fields: readonly string[], originOf: (credential: ICredentialDataDecryptedObject) => string, read: SalesforceForm['read']): SalesforceForm {
	return {
		crmName: 'Salesforce',
		fields,
		apiOrigin: (url, credential) => instanceOrigin(url, originOf(credential)),
		orgOf: (identityUrl) => identityIds(identityUrl).orgId,
		read,
		plan(credential) {
			const given = read(credential);
			return {
				content: contentOf(given),
				secrets: secretsOf(given),
				sendsPassword: given.way === 'password' || given.way === 'soap',
				signIn: async (ask, now) => await signIn(given, ask, now),
				proveAccess: proveApiAccess,
			};
		},
	};
}

/** Everything that is sent, in the order of its names. */
function contentOf(given: SalesforceSignIn): string[] {
	return Object.entries(given)
		.toSorted(([a], [b]) => (a < b ? -1 : 1))
		.map(([name, value]) => `${name} ${typeof value === 'string' ? value : value.export({ type: 'pkcs8', format: 'pem' })}`);
}
