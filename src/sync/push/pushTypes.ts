import type { WriteOptions } from '../../model/record';

/** What a push may do with an item: find-or-create, only create, or only update. */
export type WriteMode = 'upsert' | 'create' | 'update';

/** What to do with a field whose mapped value is empty: leave what the CRM has, or remove it. */
export type EmptyValuePolicy = 'leave' | 'clear';

/** What to do when the match key belongs to a record that was converted: tell a person, or update what it became. */
export type ConvertedPolicy = 'needsAttention' | 'updateTarget';

/** What to do when no record has the match key but the conversion target (a contact) does. */
export type TargetPolicy = 'needsAttention' | 'create' | 'skip' | 'updateTarget';

export interface PushSettings {
	readonly entity: string;
	/** API name of the field that finds existing records. */
	readonly matchField: string;
	readonly mode: WriteMode;
	readonly emptyValues: EmptyValuePolicy;
	readonly converted: ConvertedPolicy;
	readonly target: TargetPolicy;
	readonly write: WriteOptions;
	/** IANA zone of dates and times that carry no offset. */
	readonly timeZone: string;
	/** Plan everything, write nothing. */
	readonly dryRun: boolean;
}

/** One input item: its place in the input and the raw value of each mapped field; a field the item does not have is absent. */
export interface PushItem {
	readonly index: number;
	readonly values: Readonly<Record<string, unknown>>;
}

/**
 * - `created`, `updated`: written (or, in a dry run, would be).
 * - `unchanged`: the CRM already shows these values.
 * - `skipped`: left out as the settings say.
 * - `refused`: not written; `problems` says why.
 * - `needsAttention`: not written, because a person must decide; `candidates` are the records in question.
 * - `uncertain`: the reply was lost and reading could not tell; nothing was repeated.
 */
export type PushStatus = 'created' | 'updated' | 'unchanged' | 'skipped' | 'refused' | 'needsAttention' | 'uncertain';

export interface PushProblem {
	/** API name of the field in question, where there is one. */
	readonly field?: string;
	readonly reason: string;
	readonly remedy?: string;
	/** The CRM's own code. */
	readonly code?: string;
}

export interface RecordRef {
	readonly entity: string;
	readonly id: string;
}

/** What became of one input item. */
export interface PushResult {
	readonly index: number;
	readonly status: PushStatus;
	/** The record that was written or found; absent when there is none, or in a dry run not yet. */
	readonly record?: RecordRef;
	/** API names of the fields whose values were written. */
	readonly changedFields: readonly string[];
	/** Fields whose value was not written: read-only where a record is created, or updated, or unknown on the conversion target that was updated instead. */
	readonly leftOutFields: readonly string[];
	readonly problems: readonly PushProblem[];
	readonly candidates: readonly RecordRef[];
}
