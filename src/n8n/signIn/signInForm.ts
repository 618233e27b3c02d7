import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { SalesforceSignIn } from '../../crm/salesforce/signIn/salesforceSignIn';
import { CrmError } from '../../model/crmError';

/** What a credential form that signs in without a browser is to the code behind it. */
export interface SignInForm {
	/** The fields that a person fills in. */
	readonly fields: readonly string[];
	/** Checks and cleans them; throws a `CrmError` that names the field at fault. Sends nothing. */
	read(credential: ICredentialDataDecryptedObject): SalesforceSignIn;
}

/** A field that may not be empty, cleaned. */
export function filledIn(text: string, displayName: string): string {
	if (text !== '') return text;
	throw new CrmError('auth', {
		message: `The field ${displayName} of this credential is empty, so nothing was sent to Salesforce.`,
		remedy: 'Open the credential and fill it in.',
		code: 'FIELD_EMPTY',
		reason: 'credential-unreadable',
	});
}
