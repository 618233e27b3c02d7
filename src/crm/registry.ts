import type { AuthorizedHttp } from '../model/authorizedHttp';
import type { CrmAdapter, CrmKind } from '../model/crmAdapter';
import { openSalesforceAdapter } from './salesforce/openSalesforceAdapter';

export interface AdapterSettings {
	readonly http: AuthorizedHttp;
	/** Origin of the org's API host, without a trailing slash; records are linked below it. */
	readonly instanceUrl: string;
	/** Names one sign-in of one n8n, so that descriptions cached for one user are never shown to another. */
	readonly cacheKey: string;
	readonly signal?: AbortSignal;
	/** First wait of a retry in milliseconds, doubled each time; 500 unless a test shortens it. */
	readonly retryDelayMs?: number;
}

const adapters: Readonly<Partial<Record<CrmKind, (settings: AdapterSettings) => CrmAdapter>>> = {
	salesforce: openSalesforceAdapter,
};

/** Opens the adapter of one CRM; it holds no connection, so there is nothing to close. */
export function openCrmAdapter(kind: CrmKind, settings: AdapterSettings): CrmAdapter {
	const open = adapters[kind];
	if (!open) throw new Error(`No adapter for ${kind}`);
	return open(settings);
}
