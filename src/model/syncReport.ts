/**
 * What a run decided about two different values of a field, sealed: the value that did not count may stand nowhere else. It is kept until
 * a run that comes to its end has handed over the result that tells of it.
 */
export interface SyncReport {
	/** Keyed hash of link, row, both values and whose counts; the same decision made again takes its place. */
	readonly id: string;
	readonly syncId: string;
	readonly linkId: string;
	/** Name of the key that it was sealed with. */
	readonly keyId: string;
	/** The only place where the state holds field values: encrypted, as `src/sync/reports` does it. */
	readonly sealed: Uint8Array;
	/** When it was decided. */
	readonly at: string;
}
