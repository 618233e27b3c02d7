import type { IHttpRequestOptions } from 'n8n-workflow';

import type { CrmError } from '../../model/crmError';
import { executionSignal } from '../authorizedHttp';
import type { CredentialKind } from '../credentialKinds';
import type { CrmContext } from '../crmContext';
import type { SavedRefresh } from './savedRefresh';

/** What the token endpoint said to the refused refresh token. */
export type TokenAnswer =
	| { readonly said: 'refused'; readonly error: CrmError }
	/** `replaced`: the answer brought another refresh token, so that the old one is spent. */
	| { readonly said: 'taken'; readonly replaced: boolean }
	/** No answer, or none that proves anything. */
	| { readonly said: 'nothing' };

const answerWithinMs = 30_000;
const nothing: TokenAnswer = { said: 'nothing' };

/** Statuses with which a token endpoint refuses: https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
const refusing = [400, 401, 403];
const temporary = ['server_error', 'temporarily_unavailable', 'rate_limit_exceeded'];

/** Sends one plain token request, as n8n would, and follows no redirect. Never throws, and nothing of what was sent is in the answer. */
export async function askOnce(context: CrmContext, kind: CredentialKind, saved: SavedRefresh): Promise<TokenAnswer> {
	try {
		const { statusCode, body } = (await context.helpers.httpRequest(tokenRequest(context, saved))) as { statusCode: number; body?: unknown };
		return readAnswer(kind, saved, { statusCode, body: parsed(body) });
	} catch {
		return nothing;
	}
}

/** https://www.rfc-editor.org/rfc/rfc6749#section-6 */
function tokenRequest(context: CrmContext, { tokenUrl, clientId, clientSecret, refreshToken }: SavedRefresh): IHttpRequestOptions {
	const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken, client_id: clientId });
	if (clientSecret) form.set('client_secret', clientSecret);
	return {
		method: 'POST',
		url: tokenUrl,
		headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
		body: form.toString(),
		json: false,
		encoding: 'text',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: answerWithinMs,
		abortSignal: executionSignal(context),
	};
}

function readAnswer(kind: CredentialKind, saved: SavedRefresh, { statusCode, body }: { statusCode: number; body: Readonly<Record<string, unknown>> }): TokenAnswer {
	const { error, error_description: description, access_token: access, refresh_token: refresh } = body;
	if (statusCode === 200 && typeof access === 'string') return { said: 'taken', replaced: typeof refresh === 'string' && refresh !== saved.refreshToken };
	if (!refusing.includes(statusCode) || typeof error !== 'string' || temporary.includes(error)) return nothing;
	return { said: 'refused', error: kind.signInError(withoutSecrets(error, saved), withoutSecrets(typeof description === 'string' ? description : '', saved)) };
}

function withoutSecrets(text: string, { clientSecret, refreshToken }: SavedRefresh): string {
	return [refreshToken, clientSecret].filter((secret) => secret.length > 3).reduce((clean, secret) => clean.replaceAll(secret, '[secret]'), text);
}

function parsed(body: unknown): Readonly<Record<string, unknown>> {
	const value: unknown = typeof body === 'string' ? JSON.parse(body) : body;
	return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
