/** One remote write that is about to happen, kept until its outcome is stored. Holds no field value. */
export interface SyncIntent {
	readonly id: string;
	readonly syncId: string;
	/** The link it is about; stored together with the outcome when the write makes it. */
	readonly linkId: string;
	readonly kind: 'create' | 'update';
	readonly appId: string | null;
	/** The record to update; `null` for a create. */
	readonly crmId: string | null;
	/** Keyed hash of the match key of a create, by which the record is found again, or of a record that has no link yet. */
	readonly keyHash: string | null;
	/** What it settles once it is done: the whole base of what it creates; of an update only the rows that it writes. */
	readonly after: Uint8Array;
	/** Of a create: when it was last sent, or its answer given up. */
	readonly startedAt: string;
}
