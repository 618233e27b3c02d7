import type { CrmError } from '../../../model/crmError';
import type { KnownFailure } from '../../errors/knownFailure';
import { worded } from '../../errors/worded';
import { entraFailures, oauthFailures, preciseEntraFailures } from './entraFailures';

const refused: KnownFailure = {
	kind: 'auth',
	reason: 'app-refused',
	words: 'Microsoft Entra ID refused the sign-in. It said: {said}',
	remedy: 'Compare the credential with the app registration in Microsoft Entra ID.',
};

/**
 * The failure of a sign-in, from OAuth's `error` and `error_description`, in which Microsoft Entra ID names its own code.
 * https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes#handling-error-codes-in-your-application
 */
export function entraError(error: string, description: string): CrmError {
	const number = /\bAADSTS(\d{4,8})\b/.exec(description)?.[1];
	const message = sentenceOf(description);
	const meaning = meaningOf(number === undefined ? undefined : Number(number), message) ?? oauthFailures.get(error) ?? refused;
	return worded({ code: number === undefined ? error : `AADSTS${number}`, message, fields: [], existing: [] }, meaning);
}

function meaningOf(number: number | undefined, message: string): KnownFailure | undefined {
	if (number === undefined) return undefined;
	return preciseEntraFailures.get(number)?.find(([sentence]) => sentence.test(message))?.[1] ?? entraFailures.get(number);
}

/** Without the code, which stands beside it, the ids of the request, which mean nothing to a person, and names of users. */
function sentenceOf(description: string): string {
	return description
		.split(/\s*Trace ID:/)[0]
		.replace(/^\s*AADSTS\d+:\s*/, '')
		.replace(/\S+@\S+/g, '…');
}
