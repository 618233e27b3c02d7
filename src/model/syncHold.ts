/**
 * Why a change waits.
 *
 * - `conflict`: both sides changed a field, and its policy asks a person.
 * - `value`: a value does not fit the other side.
 * - `ambiguous`: several records have the match key.
 * - `noKey`: there is no value to match by.
 * - `linkedElsewhere`: the only candidate belongs to another record.
 * - `deletedAndEdited`: deleted on one side, edited on the other.
 * - `merged`: the record was merged into one that is linked too.
 * - `converted`, `readOnly`: the CRM no longer takes changes of the record.
 * - `absent`: a full listing does not show the record, and nothing says that it was deleted.
 * - `refused`: the CRM refused the write.
 * - `uncertain`: a reply was lost, and reading could not tell yet.
 * - `unseen`: the app keeps showing the old state after several deliveries.
 * - `notRun`: the run ended before the record's turn.
 * - `restored`: the state is older than what we wrote; it waits for a full compare.
 * - `guard`: the run would change or delete more than the guard lets through.
 */
export type HoldReason =
	| 'conflict'
	| 'value'
	| 'ambiguous'
	| 'noKey'
	| 'linkedElsewhere'
	| 'deletedAndEdited'
	| 'merged'
	| 'converted'
	| 'readOnly'
	| 'absent'
	| 'refused'
	| 'uncertain'
	| 'unseen'
	| 'notRun'
	| 'restored'
	| 'guard';

/** What a person decided: which side counts, or to try again. For a guard, `release` lets the shown numbers through once. */
export type HoldDecision = 'useApp' | 'useCrm' | 'release';

/** A mapping row that waits in a hold of a whole record, by its number in bases, with fingerprints of what both sides showed of it; `null`: not known. */
export interface HeldRow {
	readonly tag: number;
	readonly app: number | null;
	readonly crm: number | null;
}

/** A change that waits for a person, or for its cause to go away. Holds no field value. */
export interface SyncHold {
	readonly syncId: string;
	/** What it is about: `link:…`, `app:…`, `crm:…`, `key:…` (a submission without an id) or `run…`. Together with `field` unique within the sync. */
	readonly subject: string;
	/** The mapping row; empty when it is about the whole record. */
	readonly field: string;
	readonly reason: HoldReason;
	readonly appId: string | null;
	readonly crmId: string | null;
	/** Keyed hash of the match key of a record that has no link: others with the key wait for it. */
	readonly keyHash: string | null;
	/** Ids of the records in question. */
	readonly candidates: readonly string[];
	/** Why, in words, and the CRM's code. */
	readonly words: string;
	readonly code: string | null;
	/** Keyed fingerprint of the values it was shown with: a decision counts only as long as these are the values. */
	readonly shown: string;
	/** The mapping rows that wait in a hold of a whole record; none: any of them may. */
	readonly rows: readonly HeldRow[];
	readonly heldAt: string;
	/** How often it was tried in vain, and when it is tried again by itself; `null`: only when a value changes or a person decides. */
	readonly tries: number;
	readonly nextTryAt: string | null;
	readonly decision: HoldDecision | null;
}
