import type { Side } from './fieldDecision';

/** Which of two records was changed last. */
export type Recency = Side | 'unknown';

/**
 * Judges by two stamps, in milliseconds since 1970. `skewMs` is how far the app's clock is ahead of the CRM's. A missing stamp or a tie is
 * `unknown`, and *most recent* then prefers the CRM.
 */
export function recordRecency(appModified: number | undefined, crmModified: number | undefined, skewMs: number): Recency {
	const lead = (appModified ?? Number.NaN) - skewMs - (crmModified ?? Number.NaN);
	if (lead > 0) return 'app';
	return lead < 0 ? 'crm' : 'unknown';
}
