import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { SignInTokens } from '../../crm/signIn/signInTokens';
import type { Ask } from '../../model/ask';
import { CrmError } from '../../model/crmError';

/** A sign-in whose fields were checked and cleaned. */
export interface SignInPlan {
	/** Everything that is sent: equal content, equal sign-in. */
	readonly content: readonly string[];
	/** What may not appear in any text. */
	readonly secrets: readonly string[];
	/** It sends a password, so one that was refused is not sent again by itself. */
	readonly sendsPassword: boolean;
	/** Signs in with one request; `now` gives milliseconds since 1970. Throws `CrmError`. */
	readonly signIn: (ask: Ask, now: () => number) => Promise<SignInTokens>;
	/** Asks the API for something that every user may see; throws a `CrmError` when it is closed to this one. */
	readonly proveAccess: (tokens: SignInTokens, ask: Ask) => Promise<void>;
}

/** What a credential form that signs in without a browser is to the code behind it. */
export interface SignInForm {
	readonly crmName: string;
	/** The fields that a person fills in. */
	readonly fields: readonly string[];
	/** The origin of an API address that a sign-in named; `undefined` where no token of this credential may go. */
	readonly apiOrigin: (url: string, credential: ICredentialDataDecryptedObject) => string | undefined;
	/** The canonical id of the org that its tokens name; absent where tokens name none. */
	readonly orgOf?: (identityUrl: string) => string | undefined;
	/** Checks and cleans them; throws a `CrmError` that names the field at fault. Sends nothing. */
	plan(credential: ICredentialDataDecryptedObject): SignInPlan;
}

/** A field that may not be empty, cleaned. */
export function filledIn(text: string, displayName: string): string {
	if (text !== '') return text;
	throw new CrmError('auth', {
		message: `The field ${displayName} of this credential is empty, so nothing was sent.`,
		remedy: 'Open the credential and fill it in.',
		code: 'FIELD_EMPTY',
		reason: 'credential-unreadable',
	});
}
