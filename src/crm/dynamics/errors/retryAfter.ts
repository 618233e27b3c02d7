import type { CrmErrorDetails } from '../../../model/crmError';

/** As long as a run waits because it is asked to; whoever is to wait longer is told so instead. */
const longestWaitMs = 60_000;

/**
 * What `Retry-After` asks for: seconds, as the service protection limits send it.
 * https://learn.microsoft.com/en-us/power-apps/developer/data-platform/api-limits#retry-operations
 */
export function retryAfter(headers: Readonly<Record<string, string>>): Pick<CrmErrorDetails, 'retryAfterMs'> & { readonly transient?: false } {
	const seconds = /^\s*(\d{1,7}(?:\.\d{1,6})?)\s*$/.exec(headers['retry-after'] ?? '')?.[1];
	if (seconds === undefined) return {};
	const retryAfterMs = Number(seconds) * 1000;
	return retryAfterMs > longestWaitMs ? { retryAfterMs, transient: false } : { retryAfterMs };
}
