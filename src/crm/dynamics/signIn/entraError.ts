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
	const code = entraCode(description);
	const message = sentenceOf(description);
	const meaning = meaningOf(code, message) ?? unknownMeaning(error, code);
	return worded({ code: code ?? error, message, fields: [], existing: [] }, meaning);
}

/** Microsoft's own code in a description, such as `AADSTS50173`. */
export function entraCode(description: string): string | undefined {
	return /\bAADSTS\d{4,8}\b/.exec(description)?.[0];
}

/** Where the number is unknown it stands in the words too: by it people find what Microsoft says of it. */
function unknownMeaning(error: string, code: string | undefined): KnownFailure {
	const meaning = oauthFailures.get(error) ?? refused;
	return code === undefined ? meaning : { ...meaning, words: `${meaning.words} (${code})` };
}

function meaningOf(code: string | undefined, message: string): KnownFailure | undefined {
	if (code === undefined) return undefined;
	const number = Number(code.slice('AADSTS'.length));
	return preciseEntraFailures.get(number)?.find(([sentence]) => sentence.test(message))?.[1] ?? entraFailures.get(number);
}

/** Without the code, which stands beside it, the ids of the request, which mean nothing to a person, and names of users. */
function sentenceOf(description: string): string {
	return description
		.split(/\s*Trace ID:/)[0]
		.replace(/^\s*AADSTS\d+:\s*/, '')
		.replace(/\S+@\S+/g, '…');
}
