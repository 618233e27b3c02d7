import type { AskRequest } from '../../../model/ask';
import type { HttpResponse } from '../../../model/authorizedHttp';
import { objectOf, textOf } from '../../json';
import { entraCode, entraError } from './entraError';
import { parsedJson } from './parsedJson';
import { unjudged } from './unjudged';

/** A person's saved sign-in. Full of secrets: it goes to `tokenUrl` and nowhere else. */
export interface SavedSignIn {
	readonly tokenUrl: string;
	readonly clientId: string;
	readonly clientSecret: string;
	readonly refreshToken: string;
}

/**
 * Asks for a token of another audience with a person's saved sign-in, which is bound to user and app and to no resource. What comes with
 * it in exchange is left unused, and the saved one stays good.
 * https://learn.microsoft.com/en-us/entra/identity-platform/refresh-tokens
 */
export function discoveryTokenRequest({ tokenUrl, clientId, clientSecret, refreshToken }: SavedSignIn, discovery: string): AskRequest {
	const form = new URLSearchParams({ grant_type: 'refresh_token', client_id: clientId, client_secret: clientSecret, refresh_token: refreshToken, scope: `${discovery}/user_impersonation` });
	return { method: 'POST', url: tokenUrl, headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' }, body: form.toString() };
}

/** The token in an answer; throws a `CrmError` where there is none. `redact` takes out of Microsoft's words what was sent. */
export function readDiscoveryToken({ status, text }: HttpResponse, redact: (text: string) => string): string {
	const body = objectOf(parsedJson(text));
	const token = textOf(body.access_token);
	if (status >= 200 && status <= 299 && token !== undefined) return token;
	const error = textOf(body.error);
	const description = textOf(body.error_description) ?? '';
	if (error === undefined || status >= 500 || status === 408 || status === 429) throw unjudged(status, entraCode(description));
	throw entraError(error, redact(description));
}
