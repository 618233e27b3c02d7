import type { HttpResponse } from './authorizedHttp';

export interface AskRequest {
	readonly method: 'GET' | 'POST';
	/** The full address. */
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	/** Sent as it is, in UTF-8. */
	readonly body?: string;
}

/**
 * One request without n8n's credentials: how somebody signs in before there is a sign-in. Follows no redirect and repeats nothing.
 * Every HTTP answer is returned, whatever its status; a `CrmError` of kind `unavailable` is thrown when none arrived.
 */
export type Ask = (request: AskRequest) => Promise<HttpResponse>;
