import type { CrmValue } from '../../model/record';
import type { Fingerprint } from '../base/fieldBase';
import type { Keyring } from '../base/keyring';
import type { CompiledMapping } from '../mapping/compiledMapping';
import type { FieldDecision, HoldReason, Side } from './fieldDecision';
import type { Recency } from './recency';

/** A record that does not exist yet on that side: every field of it is blank. */
export const NEW_RECORD = 'new';

/** What one side shows of a record: a field that is missing or `undefined` was not read, and counts as unchanged. */
export type ShownRecord<T> = Readonly<Record<string, T | undefined>> | typeof NEW_RECORD;

/** What a person decided about a held field; it counts only as long as both sides show what was shown with it. */
export interface FieldVerdict {
	readonly ruleId: string;
	/** `leave`: both sides keep what they have. */
	readonly winner: Side | 'leave';
	/** As the hold gave them. */
	readonly prints: ShownPrints;
}

/** What both sides showed, without showing it. */
export interface ShownPrints {
	readonly app: Fingerprint | undefined;
	readonly crm: Fingerprint | undefined;
}

/** Values by API name; a missing one was not read. */
export type ShownByCrm = Readonly<Record<string, CrmValue | undefined>>;

export interface RecordMergeInput {
	readonly mapping: CompiledMapping;
	readonly keyring: Keyring;
	/** Stable id of the link; it goes into every fingerprint. */
	readonly linkId: string;
	/** By the app's field names, as the app sent them. */
	readonly app: ShownRecord<unknown>;
	/** By API name, as the CRM shows them. */
	readonly crm: ShownRecord<CrmValue>;
	/** As stored with the link; `undefined` for a new one. */
	readonly base: Uint8Array | undefined;
	/** Which record was changed last; `unknown` where it is left out. */
	readonly recency?: Recency;
	readonly verdicts?: readonly FieldVerdict[];
	/** What is on its way to the app was sent just now: that the app shows what it showed before says nothing. */
	readonly sentNow?: boolean;
}

/** A field of which something has to be said: held, overruled, left different, or sent. */
export interface FieldNote {
	readonly ruleId: string;
	readonly appField: string;
	readonly crmField: string;
	readonly decision: FieldDecision;
	/** What each side shows, as it shows it; `undefined` where it does not. */
	readonly appValue: unknown;
	readonly crmValue: CrmValue | undefined;
	/** Why, in words. Holds no value. */
	readonly words: string;
	/** What the CRM made of the value that was sent, where that is more than another notation. */
	readonly readBack?: CrmValue;
	/** What exactly stands in the way, in words; may quote a value. */
	readonly detail?: string;
}

/** A field that waits, with both values. */
export interface FieldHold extends FieldNote {
	readonly held: HoldReason;
	readonly prints: ShownPrints;
}

/** What is to be done with one linked pair. Its functions may be called at any time, or never. */
export interface RecordMerge {
	/** To be written to the CRM, by API name, in canonical form. */
	readonly toCrm: Readonly<Record<string, CrmValue>>;
	/** To be sent to the app, by the app's field names; what was sent before and is not seen there is sent again. */
	readonly toApp: Readonly<Record<string, CrmValue>>;
	readonly holds: readonly FieldHold[];
	/** Fields that a person should see in the result: the loser's value of a conflict, edits against the direction. */
	readonly reports: readonly FieldNote[];
	/** Rows whose value was sent to the app in this run or before, and was not seen there yet. */
	readonly awaiting: readonly string[];
	/** Those of them that the CRM does not show. */
	readonly hidden: readonly string[];
	/** Nothing is to be written, sent, held, reported or stored. */
	readonly quiet: boolean;
	/** What to store if nothing goes to the CRM, or the CRM refused it; `undefined`: what is stored still holds. Deliveries count as made. */
	readonly base: Uint8Array | undefined;
	/**
	 * What to store once the CRM has taken `toCrm`. `readBack` is what the CRM made of it: of the fields that were written, it becomes the
	 * base even where it differs, so that the app keeps its own notation and nothing goes back and forth. Leave out what may be somebody
	 * else's later edit: it then counts as a change of the CRM's.
	 */
	baseAfterWrite(readBack?: ShownByCrm): Uint8Array;
	/** Of that only the rows of `toCrm`, as they were written: what the write alone proves. To be laid over what is stored by then. */
	rowsWritten(): Uint8Array;
	/** Fields of `toCrm` of which the CRM made something else than another notation. */
	altered(readBack: ShownByCrm): readonly FieldNote[];
	/** Every field, or those whose decision is wanted, each with its reason in words. */
	explain(wanted?: (decision: FieldDecision) => boolean): readonly FieldNote[];
}
