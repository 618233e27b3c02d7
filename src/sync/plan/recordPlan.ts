import type { CrmValue } from '../../model/record';
import type { DeliveryKind } from '../../model/syncDelivery';
import type { HeldRow, HoldReason } from '../../model/syncHold';
import type { SyncLink } from '../../model/syncLink';
import type { RecordMerge } from '../merge/recordMerge';
import type { Pair } from './pair';

/** A write to the CRM, and what the link's base is once it is done. */
export interface PlannedWrite {
	readonly kind: 'create' | 'update';
	readonly values: Readonly<Record<string, CrmValue>>;
	readonly baseAfter: (readBack?: Readonly<Record<string, CrmValue | undefined>>) => Uint8Array;
	/** Of that only the rows that are written. */
	readonly rowsWritten: () => Uint8Array;
}

/** What the app is to do. */
export interface PlannedDelivery {
	readonly kind: DeliveryKind;
	readonly values: Readonly<Record<string, unknown>>;
	/** The same was sent before, so that it keeps its id. */
	readonly again: boolean;
	/** It goes out only if the write is done. */
	readonly onceWritten?: boolean;
}

/** A change that is to wait. */
export interface PlannedHold {
	/** The mapping row; empty for the whole record. */
	readonly field: string;
	readonly appField: string;
	readonly reason: HoldReason;
	readonly words: string;
	readonly code?: string;
	readonly candidates: readonly string[];
	/** Keyed fingerprint of the values it is shown with. */
	readonly shown: string;
	/** Of a whole record: the rows that wait, unless any of them may. */
	readonly rows?: readonly HeldRow[];
	/** It is tried again by itself after so long, and longer each time. */
	readonly retryAfterMs?: number;
	/** It waits already, until then. */
	readonly nextTryAt?: string | null;
}

/** What is to be done with one record. Nothing of it was done yet. */
export interface RecordPlan {
	readonly pair: Pair;
	/** As it is to be stored if nothing is written to the CRM; `undefined`: nothing is stored. */
	readonly link?: SyncLink;
	readonly change?: 'link' | 'unlink' | 'revive';
	readonly write?: PlannedWrite;
	readonly delivery?: PlannedDelivery;
	/** Rows, by tag, that were not handed over to the app, and cannot be sent now; none: all of it. */
	readonly withheld?: readonly number[];
	/** Nothing sent to the app is waited for any more. */
	readonly arrived: boolean;
	readonly holds: readonly PlannedHold[];
	/** Holds of these rows were not looked at: a side does not show them, or nothing of the record was. */
	readonly unjudged: ReadonlySet<string>;
	/** How its fields were merged; absent where the record as a whole decides. */
	readonly merge?: RecordMerge;
	/** It counts for the guard: a record of either side changes, or a link ends. */
	readonly updates: number;
	readonly deletions: number;
}

/** A plan of nothing, to be filled in. Its fields were not looked at: as long as the link is open, what is held of them stays. */
export function restingPlan(pair: Pair): RecordPlan {
	const goesOn = pair.link.ended === null && pair.app.kind !== 'deleted';
	const unjudged = new Set(goesOn ? pair.holds.flatMap(({ field }) => (field === '' ? [] : [field])) : []);
	return { pair, arrived: false, holds: [], unjudged, updates: 0, deletions: 0 };
}
