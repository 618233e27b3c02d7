/**
 * A keyed fingerprint of one canonical field value, 48 bits, as a whole number. Compared only with other fingerprints of the same link and
 * row, never looked up.
 */
export type Fingerprint = number;

/** What was sent to the app and was not seen there yet. */
export interface PendingDelivery {
	readonly print: Fingerprint;
	/** How many runs have sent it, 1 to 63. */
	readonly tries: number;
	/** What was sent before it and was not seen either, latest first, at most three: should the app show one of them, it is no edit. */
	readonly earlier: readonly Fingerprint[];
}

/** What both sides showed when a field was last settled. */
export interface FieldBase {
	readonly app: Fingerprint;
	/** Absent as long as the first value sent to the app was not seen there: whatever the CRM shows counts as changed. */
	readonly crm: Fingerprint | undefined;
	readonly pending?: PendingDelivery;
}

/**
 * What is known about a field's base: the base itself, `none` (first match, or a new or changed row), or `lost` (there is one, but made
 * with another key, in another canonical form, or damaged), which never leads to a write by itself.
 */
export type KnownBase = FieldBase | 'none' | 'lost';
