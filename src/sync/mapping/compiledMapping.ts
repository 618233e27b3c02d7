import type { FieldDescription } from '../../model/entity';
import type { CrmValue } from '../../model/record';
import type { FieldRule, Mapping } from './mapping';

/** What one side shows of a field, in the one form in which both sides are compared. */
export type ShownValue =
	| { readonly kind: 'absent' }
	| { readonly kind: 'blank' }
	| {
			readonly kind: 'value';
			/** Two values are the same if these texts are. */
			readonly text: string;
			/** As it would be sent, before the checks of the receiving side. */
			readonly value: CrmValue;
			/** Why it cannot be read as a value of this field, in words; it can still be compared, but not sent. */
			readonly unfit?: Unsendable;
	  };

/** Why a value cannot go over. */
export interface Unsendable {
	readonly held: 'doesNotFit' | 'noMapping' | 'cannotBeEmpty';
	readonly words: string;
}

/** A value that can go over, or why it cannot. */
export type Sendable = { readonly ok: true; readonly value: CrmValue } | { readonly ok: false; readonly why: Unsendable };

/** A row of the mapping, ready for many records. */
export interface CompiledRule {
	readonly rule: FieldRule;
	readonly field: FieldDescription;
	/** Names the row and its version in packed bases; 28 bits. */
	readonly tag: number;
	readApp(raw: unknown): ShownValue;
	readCrm(raw: CrmValue | undefined): ShownValue;
	/** What of the app's value is written to the CRM. Throws a RangeError for what is absent: it must never become a clear. */
	forCrm(shown: ShownValue): Sendable;
	/** What of the CRM's value is sent to the app. Throws like `forCrm`. */
	forApp(shown: ShownValue): Sendable;
}

/** A checked mapping, ready for many records. */
export interface CompiledMapping {
	readonly mapping: Mapping;
	/** The rows that are on. */
	readonly rules: readonly CompiledRule[];
	/** Tags of the rows that are off, whose bases are kept. */
	readonly restingTags: ReadonlySet<number>;
	/** Fields to read, without doubles. */
	readonly appFields: readonly string[];
	readonly crmFields: readonly string[];
}
