import type { Connection, ConnectionStatus, SignIn } from './connection';
import type { CrmKind } from './crmAdapter';
import type { Run, RunOutcome } from './runHistory';
import type { SyncState } from './syncState';

/** A record as stored, with the number that tells whether somebody changed it since it was read. */
export interface Stored<T> {
	readonly value: T;
	/** Grows by one with every change. */
	readonly version: number;
}

/** A record to store: `basedOn` is the version that was read, 0 for one that must not exist yet. */
export interface Change<T> {
	readonly value: T;
	readonly basedOn: number;
}

export interface Page<T> {
	readonly items: readonly T[];
	/** Pass it on to get the next page; absent on the last one. Opaque. */
	readonly next?: string;
}

export interface ConnectionQuery {
	readonly status?: ConnectionStatus;
	readonly includeDeleted?: boolean;
	/** At most so many, 1 to 1000. */
	readonly limit: number;
	readonly after?: string;
}

/** Connections and sign-ins. */
export interface ConnectionStore {
	/** Also one that was deleted. */
	find(id: string): Promise<Stored<Connection> | undefined>;
	/** Also one that was deleted. */
	findByOrg(crm: CrmKind, orgId: string): Promise<Stored<Connection> | undefined>;
	/** By name whatever its case (its first 100 characters), then id. */
	list(query: ConnectionQuery): Promise<Page<Connection>>;
	findSignIn(credentialId: string): Promise<Stored<SignIn> | undefined>;
	/** Of all given connections in one query; by credential id. */
	listSignIns(connectionIds: readonly string[]): Promise<readonly SignIn[]>;
	/**
	 * Stores all or nothing. `false`: somebody changed one of them meanwhile or registered the same org, so nothing was stored; read again
	 * and decide anew. Each may be in it once; no org goes from one connection to another in one commit.
	 */
	commit(changes: { readonly connections?: readonly Change<Connection>[]; readonly signIns?: readonly Change<SignIn>[] }): Promise<boolean>;
}

export interface RunQuery {
	/** Runs of this connection, or by this credential before its connection was known. */
	readonly connectionId?: string;
	readonly credentialId?: string;
	/** One of these; an empty list finds nothing. */
	readonly outcomes?: readonly RunOutcome[];
	readonly nodeType?: string;
	readonly workflowId?: string;
	/** Started at or after, and before; ISO 8601, UTC. */
	readonly startedFrom?: string;
	readonly startedBefore?: string;
	/** At most so many, 1 to 1000. */
	readonly limit: number;
	readonly after?: string;
}

/** The history of runs. */
export interface RunStore {
	/** Stores the run, or replaces what is stored of it. */
	save(run: Run): Promise<void>;
	/** Newest first. `connectionId` and `credentialId` together find the runs of the connection, and those by the credential that ended before theirs was known. */
	list(query: RunQuery): Promise<Page<Run>>;
	/** Forgets runs that started before; returns how many. */
	forgetBefore(startedAt: string): Promise<number>;
}

/** The time-limited right to do something alone. */
export interface Lease {
	readonly scope: string;
	readonly owner: string;
	/** Grows with every holder of the scope, so that what a former holder still sends can be told apart. */
	readonly fence: number;
	readonly expiresAt: string;
}

/** Leases, across all processes that share the store. */
export interface LeaseStore {
	/** `undefined` while somebody else holds it. The holder itself gets it again, extended, with the same fence. */
	acquire(scope: string, owner: string, ttlMs: number): Promise<Lease | undefined>;
	/** Whether it still is the scope's latest and has not expired. */
	isHeld(lease: Lease): Promise<boolean>;
	/** Nothing happens if it was lost meanwhile. */
	release(lease: Lease): Promise<void>;
}

/** A sign-in that the CRM refused; sent again it could lock the user out. */
export interface SignInRefusal {
	/** Keyed fingerprint of everything that was sent. */
	readonly fingerprint: string;
	readonly refusedAt: string;
	/** Why, as whoever remembers it reads it again, and our words for it without personal data. */
	readonly code: string;
	readonly words: string;
}

/** What was refused and must not be sent again by itself, however long ago that was. */
export interface RefusalStore {
	find(fingerprint: string): Promise<SignInRefusal | undefined>;
	remember(refusal: SignInRefusal): Promise<void>;
	forget(fingerprint: string): Promise<void>;
}

/**
 * Which key the store's fingerprints were made with. Fingerprints of another key can be compared with nothing: a difference then does
 * not say that anything changed.
 */
export interface KeyMemory {
	/** Remembers the first key it is asked about; for any other one it says `changed` until that is adopted. */
	recognize(keyId: string): Promise<'same' | 'changed'>;
	/** From now on this is the key. To be called when everything that was made with the former one was made again or given up. */
	adopt(keyId: string): Promise<void>;
}

/**
 * What the package remembers between runs. Every implementation runs `test/conformance/stateStore/describeStateStore.ts`.
 *
 * Holds no tokens, no passwords, and no personal data but what reports of the sync seal. Each method is one transaction: after an error nothing of it is stored, or, where
 * the answer to its last step was lost with the database, all of it. All methods throw `StateStoreError` only.
 *
 * What is read is what was stored, but for three things: times are stored to the millisecond in UTC; NUL and halves of surrogate pairs
 * become U+FFFD; ids, fingerprints and scopes have 255 characters at most, and longer ones are refused.
 */
export interface StateStore {
	readonly connections: ConnectionStore;
	readonly runs: RunStore;
	readonly leases: LeaseStore;
	readonly refusals: RefusalStore;
	readonly keys: KeyMemory;
	/** Of the two-way sync. */
	readonly syncs: SyncState;
	/** To be called once; other stores on the same database go on. */
	close(): Promise<void>;
}
