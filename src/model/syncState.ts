import type { Lease, Page } from './stateStore';
import type { SyncDelivery } from './syncDelivery';
import type { HoldDecision, HoldReason, SyncHold } from './syncHold';
import type { SyncIntent } from './syncIntent';
import type { SyncLink } from './syncLink';
import type { SyncReport } from './syncReport';

/** Connection, entity and app name: what shares links, bases, mapping and watermark. */
export interface SyncScope {
	readonly connectionId: string;
	readonly entity: string;
	readonly appName: string;
}

/** One sync, as it is remembered. */
export interface StoredSync {
	/** Our own id; never changes. */
	readonly id: string;
	readonly scope: SyncScope;
	/** The mapping that was adopted; opaque to the store. */
	readonly mapping: string;
	/** Name of the key that its fingerprints were made with. */
	readonly keyId: string;
	/** The CRM's id of the user of the last run: another one may see other fields. */
	readonly userId: string;
	/** Where the next reading of changes begins; `null`: with everything. Opaque. */
	readonly cursor: string | null;
	/** How many two-way runs came to their end. */
	readonly runs: number;
	/** The state may be older than what we wrote: nothing is created and no conflict settled before a full compare. */
	readonly inDoubt: boolean;
	/** A run that was shown everything the app has did not come to all of it: what is new in the app, or edited, is not known. */
	readonly unread: boolean;
}

/** Changes and deletions that were made, for the guards. */
export interface GuardCount {
	readonly updates: number;
	readonly deletions: number;
}

/** A hold as a person saw it. */
export type SeenHold = HoldKey & Pick<SyncHold, 'shown' | 'rows'>;

export interface HoldQuery {
	readonly syncId: string;
	readonly reasons?: readonly HoldReason[];
	/** Only those that a person decided, or that are to be tried again by this time. */
	readonly dueAt?: string;
	/** At most so many, 1 to 1000. */
	readonly limit: number;
	readonly after?: string;
}

/** Which hold is meant. */
export type HoldKey = Pick<SyncHold, 'syncId' | 'subject' | 'field'>;

/**
 * What one step of a run changes. Records replace what is stored under their key, what ends goes first; all or nothing. A run gives no key
 * twice in one list; where one comes twice all the same, the last one counts.
 */
export interface SyncBatch {
	readonly sync?: StoredSync;
	readonly links?: readonly SyncLink[];
	readonly intents?: readonly SyncIntent[];
	readonly endedIntents?: readonly string[];
	readonly holds?: readonly SyncHold[];
	readonly endedHolds?: readonly HoldKey[];
	readonly deliveries?: readonly SyncDelivery[];
	/** Link ids. */
	readonly endedDeliveries?: readonly string[];
	readonly reports?: readonly SyncReport[];
	/** Added to what the connection and entity of the sync changed in the ten minutes that `at` lies in. */
	readonly counted?: GuardCount & { readonly connectionId: string; readonly entity: string; readonly at: string };
}

/** `leaseLost`: another run has taken over. `clash`: an id of a link stands in another link already. Nothing was stored then. */
export type CommitOutcome = 'stored' | 'leaseLost' | 'clash';

/** How many links there are. */
export interface LinkCount {
	readonly open: number;
	readonly closed: number;
}

/** The links of one sync. Every list takes at most 1,000 ids; what is unknown is left out. Order is free. */
export interface LinkReader {
	byIds(syncId: string, ids: readonly string[]): Promise<readonly SyncLink[]>;
	byAppIds(syncId: string, appIds: readonly string[]): Promise<readonly SyncLink[]>;
	byCrmIds(syncId: string, crmIds: readonly string[]): Promise<readonly SyncLink[]>;
	byKeyHashes(syncId: string, keyHashes: readonly string[]): Promise<readonly SyncLink[]>;
	/** Links of other entities of this connection and app whose record became one of these. */
	byAncestors(scope: SyncScope, of: { readonly appIds: readonly string[]; readonly crmIds: readonly string[] }): Promise<readonly SyncLink[]>;
	/** By id. */
	list(syncId: string, limit: number, after?: string): Promise<Page<SyncLink>>;
	/** Of all syncs of a connection and entity. */
	count(of: Pick<SyncScope, 'connectionId' | 'entity'>): Promise<LinkCount>;
}

/** What a run notes while it goes, so that its memory stays small: many values a key. A sync runs once at a time, so they are its run's. */
export interface RunNotes {
	add(syncId: string, kind: string, notes: readonly (readonly [key: string, value: string])[]): Promise<void>;
	/** All values noted under each key, each once; keys without any are left out. At most 1,000 keys. */
	find(syncId: string, kind: string, keys: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
	forget(syncId: string): Promise<void>;
}

/**
 * What the two-way sync remembers. Every implementation runs `test/conformance/stateStore/describeSyncState.ts`.
 *
 * Holds ids, keyed hashes and fingerprints, and no field value but those that reports seal. Each method is one transaction. All methods throw
 * `StateStoreError` only. Times are ISO 8601, UTC.
 */
export interface SyncState {
	readonly links: LinkReader;
	readonly notes: RunNotes;
	find(scope: SyncScope): Promise<StoredSync | undefined>;
	holdsOf(syncId: string, subjects: readonly string[]): Promise<readonly SyncHold[]>;
	holdsByKeyHashes(syncId: string, keyHashes: readonly string[]): Promise<readonly SyncHold[]>;
	/** By subject, then field. */
	listHolds(query: HoldQuery): Promise<Page<SyncHold>>;
	/** Notes what a person decided. `false`: the hold is gone or shows other values by now. Needs no lease. */
	decide(hold: SeenHold, decision: HoldDecision): Promise<boolean>;
	deliveriesOf(syncId: string, linkIds: readonly string[]): Promise<readonly SyncDelivery[]>;
	deliveriesByIds(syncId: string, ids: readonly string[]): Promise<readonly SyncDelivery[]>;
	/** By link id; only those that no finished run has sent as a whole where `unsent` says so. */
	listDeliveries(syncId: string, limit: number, more?: { readonly unsent?: boolean; readonly after?: string }): Promise<Page<SyncDelivery>>;
	/** By id. */
	listReports(syncId: string, limit: number, after?: string): Promise<Page<SyncReport>>;
	/** Forgets all reports, and marks all deliveries that were sent as handed over unless it says that none were; those of which something is withheld, as tried 0 times. */
	handOver(syncId: string, lease: Lease, what?: { readonly deliveries: boolean }): Promise<CommitOutcome>;
	/** Oldest first. */
	listIntents(syncId: string, limit: number, after?: string): Promise<Page<SyncIntent>>;
	/** What was counted at `since` or later, whole ten minutes. */
	counted(connectionId: string, entity: string, since: string): Promise<GuardCount>;
	/** Stores the batch if the lease is still the scope's latest and has not expired. */
	commit(batch: SyncBatch, lease: Lease): Promise<CommitOutcome>;
}
