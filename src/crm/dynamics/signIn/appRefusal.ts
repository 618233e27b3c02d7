import type { HttpResponse } from '../../../model/authorizedHttp';
import { CrmError } from '../../../model/crmError';
import { objectOf, textOf } from '../../json';
import { redactor } from '../../redactor';
import { clockWords, minutesAhead } from '../../signIn/clock';
import type { AppSignIn } from './appSignIn';
import { entraCode, entraError } from './entraError';
import { parsedJson } from './parsedJson';
import { unjudged } from './unjudged';

/** Why an answer brings no token. https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-client-creds-grant-flow#error-response-1 */
export function refusalIn(answer: HttpResponse, given: AppSignIn, now: number): CrmError {
	const body = objectOf(parsedJson(answer.text));
	const error = textOf(body.error);
	// A server that fails, or is busy, has not judged the sign-in, whatever it says.
	if (error === undefined || answer.status >= 500 || answer.status === 408 || answer.status === 429) return unjudged(answer.status, entraCode(textOf(body.error_description) ?? ''));
	const secrets = given.proof.by === 'secret' ? [given.proof.secret] : [];
	const refusal = entraError(error, redactor(secrets)(textOf(body.error_description) ?? ''));
	if (refusal.reason === 'client-secret-wrong') return looksLikeId(given) ? secretId(refusal) : refusal;
	if (refusal.reason !== 'assertion-refused' && refusal.reason !== 'clock-off') return refusal;
	const clock = clockWords(minutesAhead(answer, now), 'Microsoft Entra ID');
	return clock === undefined ? refusal : clockOff(clock, refusal);
}

/** https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes says so of AADSTS7000215; a secret's value is no GUID. */
function looksLikeId({ proof }: AppSignIn): boolean {
	return proof.by === 'secret' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(proof.secret);
}

function secretId({ code }: CrmError): CrmError {
	return new CrmError('auth', {
		message: 'Microsoft Entra ID does not accept the client secret, which looks like the Secret ID and not like its value.',
		remedy: 'Copy the column Value of the secret into the credential. It is shown only right after the secret was made; afterwards make a new one (Certificates & secrets).',
		code,
		reason: 'client-secret-id',
	});
}

function clockOff(clock: string, { code }: CrmError): CrmError {
	return new CrmError('auth', {
		message: `${clock}, so Microsoft Entra ID refuses requests that it signs.`,
		remedy: 'Ask whoever runs this n8n to set the clock of that computer (time synchronization).',
		code,
		reason: 'clock-off',
	});
}

/** Found before anything is sent; `at` in milliseconds since 1970. */
export function certificateExpired(at: number): CrmError {
	return new CrmError('auth', {
		message: `The certificate of this credential has expired on ${new Date(at).toISOString().slice(0, 10)}, so nothing was sent.`,
		remedy: 'Make a new certificate, upload it to the app registration (Certificates & secrets), and enter it in the credential with its private key.',
		code: 'CERTIFICATE_EXPIRED',
		reason: 'certificate-expired',
	});
}
