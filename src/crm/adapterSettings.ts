import type { AuthorizedHttp } from '../model/authorizedHttp';
import type { Patience } from './retrying';

/** What an adapter is opened with. */
export interface AdapterSettings {
	readonly http: AuthorizedHttp;
	/** Origin of the org's API host, without a trailing slash; records are linked below it. */
	readonly instanceUrl: string;
	/** Names one sign-in of one n8n, so that descriptions cached for one user are never shown to another. */
	readonly cacheKey: string;
	readonly signal?: AbortSignal;
	/** First wait of a retry in milliseconds, doubled each time; 500 unless a test shortens it. */
	readonly retryDelayMs?: number;
	/** Lets the milliseconds of a retry pass; a clock's own unless a test counts them. */
	readonly wait?: Patience['wait'];
}
