import type { CrmValue } from '../../model/record';

/** A value in the one form that is written and compared, or the reason, in words, why the field cannot take it. */
export type Canonical = { readonly ok: true; readonly value: CrmValue } | { readonly ok: false; readonly reason: string };

/** What the canonical form depends on beside the field. */
export interface ValueContext {
	/** IANA zone in which dates and times without an offset are read. */
	readonly timeZone: string;
}
