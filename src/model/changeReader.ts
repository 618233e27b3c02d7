import type { CrmRecord } from './record';

/** A record together with what tells whether somebody changed it since. */
export interface VersionedRecord extends CrmRecord {
	/** Opaque; every change of the record gives it another one. Compare for equality only. */
	readonly stamp: string;
	/** The CRM's id of the user who changed it last; absent where the CRM does not say. */
	readonly changedBy?: string;
	/** When it was last changed, by the CRM's clock; ISO 8601, UTC. */
	readonly changedAt?: string;
}

/** Evidence that a record was deleted. */
export interface Tombstone {
	readonly id: string;
	/** By the CRM's clock; ISO 8601, UTC. */
	readonly deletedAt: string;
	/** The record that it was merged into, where the CRM says so. */
	readonly mergedInto?: string;
}

/** What one sync wants to know about an entity. */
export interface ChangeQuery {
	readonly entity: string;
	/** API names to return; the id comes always. */
	readonly select: readonly string[];
	/** Where the last reading ended, as it was given then; absent: everything there is. */
	readonly since?: string;
	/** The end of this reading, as `upperBound` gave it, so that two readings of one run show the same. */
	readonly until: string;
}

export interface ChangePage {
	/** At most 2,000. Order is free, and a record may come again with the next page or the next reading. */
	readonly records: readonly VersionedRecord[];
	readonly deleted: readonly Tombstone[];
	/**
	 * The page belongs to a listing of everything: there was no `since`, or it was too old to tell what was deleted. What is missing
	 * in such a listing is absent, not deleted.
	 */
	readonly full: boolean;
	/** Where the next reading begins; on the last page only. A reading without it did not come to its end. */
	readonly cursor?: string;
}

/**
 * How a sync learns what changed in a CRM. Part of an adapter that can tell; throws as the adapter does.
 *
 * A change is seen at the latest by the reading that begins after it became visible, if it became visible within the reader's own
 * lookback; a record may therefore come several times. A failed reading throws; it never ends as if it were complete.
 */
export interface ChangeReader {
	/** Whether deletions are told. Where not, only a full listing shows that a record is absent. */
	readonly tellsDeletions: boolean;
	/** The present moment by the CRM's clock, as a bound for `readChanges`. Opaque. */
	upperBound(): Promise<string>;
	readChanges(query: ChangeQuery): AsyncIterable<ChangePage>;
	/** Records by id, with stamps; those that are gone or hidden are left out. As many ids as one likes; order is free. */
	readByIds(query: { readonly entity: string; readonly ids: readonly string[]; readonly select: readonly string[] }): AsyncIterable<readonly VersionedRecord[]>;
}
