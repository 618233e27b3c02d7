export interface HttpRequest {
	readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
	/** Path and query below the connection's host, beginning with `/`. Never a full URL: the host is the implementation's. */
	readonly path: string;
	readonly headers?: Readonly<Record<string, string>>;
	/** Sent as it is, in UTF-8. */
	readonly body?: string;
	readonly signal?: AbortSignal;
	/** How long to wait for the answer, in milliseconds; the implementation's own limit where it is left out. */
	readonly timeoutMs?: number;
}

export interface HttpResponse {
	readonly status: number;
	/** Names in lower case; repeated headers joined with `, `. */
	readonly headers: Readonly<Record<string, string>>;
	readonly text: string;
}

/**
 * How an adapter reaches its CRM: one host, already signed in.
 *
 * The implementation adds the credential, renews an expired sign-in at most once per request, and never retries otherwise.
 * Every HTTP answer is returned, whatever its status; only what is no answer throws a `CrmError`:
 * `auth` when the sign-in is missing or cannot be renewed, `cancelled` when `signal` was aborted, and `unavailable` when no answer
 * arrived, with `replyLost` unless the request surely never reached the CRM.
 */
export interface AuthorizedHttp {
	send(request: HttpRequest): Promise<HttpResponse>;
}
