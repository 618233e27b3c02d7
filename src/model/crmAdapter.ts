import type { ChangeReader } from './changeReader';
import type { ApiUsage, ConnectionIdentity } from './connectionIdentity';
import type { EntityDescription, EntityRights, EntitySummary } from './entity';
import type { MutationOutcome } from './mutationOutcome';
import type { CrmRecord, CrmValue, MutationBatch } from './record';

export type CrmKind = 'salesforce' | 'dynamics';

/** Records of one entity whose `field` equals one of `values` (compared as the CRM compares, without case unless the field has it). */
export interface MatchQuery {
	readonly entity: string;
	readonly field: string;
	readonly values: readonly CrmValue[];
	/** API names to return; unknown ones are refused as `validation`. The id comes always, `field` too. */
	readonly select: readonly string[];
}

/** Some of the records that one of the queries found. */
export interface RecordPage {
	/** Index into the queries that were asked. */
	readonly query: number;
	readonly records: readonly CrmRecord[];
}

/** Somebody or something that can own records. */
export interface OwnerCandidate {
	readonly id: string;
	readonly name: string;
	readonly kind: 'user' | 'queue' | 'team';
}

/** What one CRM can and another cannot; asked instead of `kind`. */
export interface CrmCapabilities {
	/** `UpdateMutation.expectedStamp` is compared in the same moment as the record is written. */
	readonly compareAndSet: boolean;
	/** New records can be left to assignment rules: `WriteOptions.runAssignmentRules` has an effect. */
	readonly assignmentRules: boolean;
	/** `usage` tells what was used of a day's allowance. */
	readonly dailyUsage: boolean;
	readonly changes?: ChangeCapabilities;
}

/** How an adapter learns what changed; only with `CrmAdapter.changes`. */
export interface ChangeCapabilities {
	/** Deletions are told of every entity, or only where the CRM tracks changes for this sign-in: `CrmAdapter.changeGaps` says where not. */
	readonly deletions: 'always' | 'whereTracked';
	/** A reading ends at its bound. Where not, it may show what changes meanwhile too; its cursor then stands behind that. */
	readonly bounded: boolean;
	/** How long before its cursor a reading begins, in milliseconds: a change that becomes visible later than so long after its time stamp is missed. */
	readonly lookbackMs: number;
}

/** What the changes of one entity do not tell to this sign-in, for a person to read. */
export interface ChangeGap {
	readonly entity: string;
	readonly words: string;
	readonly remedy: string;
}

/**
 * A CRM, seen through one sign-in. Every implementation runs `test/conformance/describeCrmAdapter.ts`.
 *
 * All methods throw `CrmError` only. Reads are retried with backoff where the failure is transient; writes only where the CRM said
 * that nothing was done. Aborting the signal given at opening ends every method with a `cancelled` error.
 */
export interface CrmAdapter {
	readonly kind: CrmKind;
	/** Origin of the host that answers for the org. Adapters with the same one reach the same org. */
	readonly host: string;
	/** Absent: none of them. */
	readonly capabilities?: CrmCapabilities;
	/** How to learn what changed; absent where the adapter cannot tell yet. */
	readonly changes?: ChangeReader;
	/** What the readings so far turned out not to tell, each entity once; empty where nothing is missing. */
	readonly changeGaps?: () => readonly ChangeGap[];
	/** How far the clock of this machine is ahead of the CRM's, in milliseconds, exact to about a second; `undefined` before the CRM told the time. */
	readonly clockAheadMs?: () => number | undefined;
	/** Who and where; always asks the CRM. */
	identify(): Promise<ConnectionIdentity>;
	/** All entities the user may see, by label. */
	listEntities(): Promise<readonly EntitySummary[]>;
	/** May answer from a cache of a few minutes, unless `fresh`. `notFound` when the entity does not exist or is hidden. */
	describe(entity: string, fresh?: boolean): Promise<EntityDescription>;
	/**
	 * How far the rights of the signed-in user reach; always asks the CRM. `undefined` where it does not tell this user: then `describe` says
	 * what the entity allows at all. Absent where `describe` says all there is to know.
	 */
	readonly rights?: (entity: string) => Promise<EntityRights | undefined>;
	/**
	 * Finds records, as many queries and values in one call as the CRM takes. Order is free, a record may come for several queries,
	 * and pages end when everything was found: no silent limit.
	 */
	match(queries: readonly MatchQuery[]): AsyncIterable<RecordPage>;
	/** Active users, queues and teams by name, user name, e-mail or queue name, for the given entity; a name nobody has is left out. */
	findOwners(entity: string, names: readonly string[]): Promise<ReadonlyMap<string, readonly OwnerCandidate[]>>;
	/**
	 * Writes in the largest batches the CRM takes; one record's failure stops no other. Outcomes stand in the order of the mutations,
	 * one each. Never throws for a failed batch: a refused or lost request is the outcome of each mutation in it.
	 */
	write(batch: MutationBatch): Promise<readonly MutationOutcome[]>;
	/**
	 * The id in its one canonical form, or `undefined` when the text is no id of this CRM. With `entities`, an id that can be told to
	 * belong to none of them counts as no id: a name that merely looks like one. An empty list stands for any entity.
	 */
	canonicalId(text: string, entities?: readonly string[]): string | undefined;
	/** Where a person sees the record. */
	recordUrl(entity: string, id: string): string;
	usage(): ApiUsage;
}
