import { SalesforceError } from '../http/SalesforceError';
import type { OrgContext } from '../org/OrgContext';

/** One authenticated request to the REST API, from the network or from inside a composite request. */
export interface ApiRequest {
	readonly org: OrgContext;
	readonly userId: string;
	readonly method: string;
	/** As in the path: `v67.0`. */
	readonly version: string;
	/** The path below `/services/data/vXX.X`. */
	readonly path: string;
	readonly params: Readonly<Record<string, string>>;
	readonly query: Readonly<Record<string, string>>;
	readonly headers: Readonly<Record<string, unknown>>;
	readonly body: unknown;
	/** The body as it was sent, to point at an unreadable value. */
	readonly rawBody: string;
	readonly kind: string;
}

/** What to answer; a missing body is no content at all. */
export interface ApiAnswer {
	readonly status: number;
	readonly body?: unknown;
	readonly headers?: Readonly<Record<string, string>>;
	/** What it takes of the daily allocation; 1 unless told otherwise. */
	readonly apiCalls?: number;
}

/** One resource of the REST API. Handlers are synchronous, so that a composite request is one piece of work. */
export interface ApiResource {
	readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT';
	/** Below `/services/data/vXX.X`, with `:name` for a variable part. */
	readonly path: string;
	/** The name calls are counted under. */
	readonly kind: string;
	readonly handle: (request: ApiRequest) => ApiAnswer;
}

/** 200 with a JSON body. */
export const ok = (body: unknown): ApiAnswer => ({ status: 200, body });

/** The answer for a body that is not what the resource reads. */
export const unreadable = (message: string): SalesforceError => new SalesforceError(400, 'JSON_PARSER_ERROR', message);

/** The body as a JSON object; anything else is refused. */
export function objectBody({ body }: ApiRequest): Record<string, unknown> {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) throw unreadable('The HTTP entity body is required, but this request has no entity body.');
	return body as Record<string, unknown>;
}
