import type { Transform } from './transform';

/** Where a field's changes may go. */
export type Direction = 'toCrm' | 'toApp' | 'both';

/** Which side's value stays when both changed a field since it was last settled, and differ. */
export type ConflictPolicy = 'preferCrm' | 'preferApp' | 'mostRecent' | 'fillBlanks' | 'hold';

/** Whether a value that somebody removed is removed on the other side too. */
export type BlankRule = 'keep' | 'clear';

/** One row of the field mapping. */
export interface FieldRule {
	/** Stable over edits of the row, unique in the mapping. */
	readonly id: string;
	/** Name of the app's field, as the app's records carry it. */
	readonly appField: string;
	/** API name of the CRM's field. */
	readonly crmField: string;
	readonly direction: Direction;
	readonly conflict: ConflictPolicy;
	readonly blank: BlankRule;
	/** A row that is off is neither read nor written; what was settled before stays known, for when it is on again. */
	readonly enabled: boolean;
	readonly transform: Transform;
}

/** What a sync does with fields: one for each sync, shared by all its nodes. */
export interface Mapping {
	readonly rules: readonly FieldRule[];
	/** The fields that find the partner of an unlinked record. */
	readonly matchKey: { readonly appField: string; readonly crmField: string };
	/** Which side's value stays where two records meet for the first time, or a row is new, and both have different values. */
	readonly firstMatch: ConflictPolicy;
	/** The app's column that says when a record was last changed; *most recent* falls back to the CRM without it. */
	readonly appModifiedField?: string;
	/** IANA zone in which the app's dates and times without an offset are read. */
	readonly timeZone: string;
}

/** What a row is unless somebody chooses otherwise. */
export const DEFAULT_RULE = { direction: 'both', conflict: 'preferCrm', blank: 'keep', enabled: true, transform: { kind: 'none' } } as const;

/** What a mapping is unless somebody chooses otherwise. */
export const DEFAULT_MATCH = { matchKey: 'Email', firstMatch: 'preferCrm' } as const;
