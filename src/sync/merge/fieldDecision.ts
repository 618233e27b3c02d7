import type { ConflictPolicy } from '../mapping/mapping';

/** One of the two sides of a sync. */
export type Side = 'app' | 'crm';

/** Which row of the table of changes decided. The words for each are in `explain.ts`. */
export type Reason =
	| 'nothingToCompare'
	| 'crmNotRead'
	| 'delivered'
	| 'takenBack'
	| 'unchanged'
	| 'adopted'
	| 'agreed'
	| 'personDecided'
	| 'baseLost'
	| 'filledApp'
	| 'filledCrm'
	| 'firstMatch'
	| 'cameFromApp'
	| 'cameFromCrm'
	| 'conflict';

/** What became of a value that should go over: the row of the table of ways. */
export type Travel =
	| 'againstDirection'
	| 'onlyOnCreate'
	| 'notOnCreate'
	| 'blankKept'
	| 'cannotBeEmpty'
	| 'doesNotFit'
	| 'noMapping'
	| 'awaited'
	| 'notShown'
	| 'sentAgain'
	| 'waits'
	| 'sent';

/** Why a field waits for a person, or for its cause to go away. */
export type HoldReason = 'conflict' | 'firstMatch' | 'baseLost' | 'cannotBeEmpty' | 'doesNotFit' | 'noMapping' | 'notShown';

/**
 * What happens to what is stored about the field.
 *
 * - `keep`: it stays as it is.
 * - `settle`: what both sides show now becomes the base.
 * - `settleWhenWritten`: the same, once the CRM has taken the value.
 * - `await`: the app's value becomes the base, and what was sent is waited for.
 */
export type BaseChange = 'keep' | 'settle' | 'settleWhenWritten' | 'await';

/** What is done with one field of one linked pair, and why. */
export interface FieldDecision {
	readonly action: 'none' | 'toCrm' | 'toApp' | 'hold';
	readonly reason: Reason;
	/** Whose value counts; absent where each side keeps its own. */
	readonly winner?: Side;
	/** What decided between two different values. */
	readonly policy?: ConflictPolicy;
	readonly travel?: Travel;
	readonly held?: HoldReason;
	readonly base: BaseChange;
	/** A person should see it in the result: a value was overruled, or two values stay different on purpose. */
	readonly reported: boolean;
	/** How many runs have sent this value to the app, this one included; 0 unless it goes to the app. */
	readonly tries: number;
}
