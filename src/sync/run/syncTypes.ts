import type { ChangeGap } from '../../model/crmAdapter';
import type { WriteOptions } from '../../model/record';
import type { DeliveryKind } from '../../model/syncDelivery';
import type { HoldReason } from '../../model/syncHold';
import type { SyncScope } from '../../model/syncState';
import type { FieldNote } from '../merge/recordMerge';
import type { Mapping } from '../mapping/mapping';

/** One record as the input gives it; whatever stands there is checked item by item. */
export interface RawItem {
	/** Its place in the input. */
	readonly index: number;
	/** The app's own id: text, or a number; left out for a form submission, which has none yet. */
	readonly id?: unknown;
	/** An object by the app's field names; a field the item does not have is absent. */
	readonly values: unknown;
	/** The app says that it deleted the record. Being missing in the input never says so. */
	readonly deleted?: unknown;
}

/** One record as the app shows it, after it was read. */
export interface AppItem {
	/** Its place in the input. */
	readonly index: number;
	readonly id?: string;
	/** Fields of the mapping alone, as plain data; without a prototype, so that no name means anything else. */
	readonly values: Readonly<Record<string, unknown>>;
	readonly deleted?: boolean;
}

/**
 * What the input holds: everything the app has, what changed since the last run, or single events. Only `all` shows by its silence that
 * a record delivered as new has not arrived.
 */
export type InputMode = 'all' | 'changed' | 'events';

export interface AppInput {
	readonly mode: InputMode;
	/** The items in their order, in pages of at most 1,000; may be asked for several times, and shows the same each time. */
	pages(): AsyncIterable<readonly RawItem[]>;
}

/** How much a rolling day may change before a person is asked. */
export interface Guard {
	/** So many records, and such a share of the open links (0 to 1), whichever is less; but `atLeast` in any case. */
	readonly most: number;
	readonly share: number;
	readonly atLeast: number;
}

export interface SyncSettings {
	readonly scope: SyncScope;
	readonly mapping: Mapping;
	/** Take the mapping although another one is stored. */
	readonly adoptMapping: boolean;
	/** Create records in the CRM that only the app has, and the other way round. */
	readonly createInCrm: boolean;
	readonly createInApp: boolean;
	/** Read what changed in the CRM and move the watermark; a push does not. */
	readonly readChanges: boolean;
	/** Look at every record of both sides, changed or not. */
	readonly fullCompare: boolean;
	readonly updateGuard: Guard;
	readonly deleteGuard: Guard;
	/** The CRM's id of the signed-in user. */
	readonly userId: string;
	/** The number of runs that the caller last heard of; more than are stored mean that the state is an old copy. */
	readonly runsKnown: number;
	/** How far the app's clock is ahead of the CRM's, in milliseconds. */
	readonly skewMs: number;
	readonly write: WriteOptions;
	/** Plan everything, write nothing. */
	readonly dryRun: boolean;
}

/** A change for the app to carry out. */
export interface AppDelivery {
	readonly id: string;
	readonly kind: DeliveryKind;
	/** `null` for a record that the app is to create. */
	readonly appId: string | null;
	readonly crmId: string;
	/** By the app's field names; empty for a deletion. */
	readonly values: Readonly<Record<string, unknown>>;
	/** It was sent before. */
	readonly again: boolean;
}

/** Something that waits, as a result shows it. */
export interface HoldView {
	readonly reason: HoldReason;
	/** The app's field; empty for the whole record. */
	readonly field: string;
	readonly words: string;
	readonly code?: string;
	readonly candidates: readonly string[];
}

/**
 * What was done with a record, or would be.
 *
 * - `link`: two records found each other. `unlink`: the link is closed. `revive`: a closed one is open again.
 * - `report`: a run that was cut off decided about a field, at that time, and may not have told.
 * - `refused`, `uncertain`: the CRM said no, or nothing that could be understood. `notRun`: it was not its turn any more.
 */
export type SyncStep =
	| { readonly do: 'create' | 'update'; readonly fields: readonly string[] }
	| { readonly do: 'deliver'; readonly delivery: AppDelivery }
	| { readonly do: 'hold'; readonly hold: HoldView }
	| { readonly do: 'link' | 'unlink' | 'revive' }
	| { readonly do: 'report'; readonly at: string; readonly words: string }
	| { readonly do: 'refused' | 'uncertain' | 'notRun'; readonly words: string; readonly code?: string };

/** What became of one record. Nothing in `steps`: both sides agree. */
export interface SyncResult {
	/** Places of the items that stand for it; empty for a record that only the CRM showed. */
	readonly items: readonly number[];
	readonly appId: string | null;
	readonly crmId: string | null;
	readonly steps: readonly SyncStep[];
	/** Fields that a person should see, each with its reason in words: sent, overruled, held, left different. Of a preview, every field that was compared. */
	readonly notes: readonly FieldNote[];
}

/** How a run ended. */
export interface SyncSummary {
	/** How many runs came to their end; the caller keeps it for `runsKnown`. */
	readonly runs: number;
	/** Why it stopped before its end; it goes on with the next run. */
	readonly stopped?: { readonly words: string; readonly remedy?: string; readonly code?: string };
	/** Another run has the lease: nothing was looked at. */
	readonly busy: boolean;
	/** Why what changes in the CRM was not looked at, and what a person can do. */
	readonly crmWaits?: { readonly words: string; readonly remedy: string };
	/** What the CRM does not tell this sign-in of its changes, each with a remedy: deletions, say. */
	readonly gaps: readonly ChangeGap[];
}
