import type { VersionedRecord } from '../../model/changeReader';
import type { SyncDelivery } from '../../model/syncDelivery';
import type { SyncHold } from '../../model/syncHold';
import type { SyncLink } from '../../model/syncLink';

/** What the app shows of a record: its values, that it deleted it, nothing in this input, or that it does not have it yet (`new`). */
export type AppSide = { readonly kind: 'shown'; readonly values: Readonly<Record<string, unknown>> } | { readonly kind: 'deleted' | 'absent' | 'new' };

/**
 * What the CRM shows of a record: its values, evidence that it was deleted, that it is not there although nothing says so (`missing`),
 * nothing because it was not asked (`absent`), or that it does not have it yet (`new`).
 */
export type CrmSide =
	| { readonly kind: 'shown'; readonly record: VersionedRecord }
	| { readonly kind: 'deleted'; readonly mergedInto?: string }
	| { readonly kind: 'missing' | 'absent' | 'new' };

/** One record with both its sides, and all that is remembered about it: what a plan is made of. */
export interface Pair {
	/** Places of the items that stand for it. */
	readonly items: readonly number[];
	/** As stored, or as it will be. */
	readonly link: SyncLink;
	/** The link was stored before: its ids were not found just now. */
	readonly known: boolean;
	/** The link goes on with another record of the CRM, or with its app id found, and is stored even if nothing else is to be done. */
	readonly moved?: boolean;
	/** The record of the CRM that was merged: into the one it goes on with, or into one that is gone. */
	readonly mergedFrom?: string;
	readonly app: AppSide;
	/** What a form sent of a record that the app has itself, and does not show here. */
	readonly submitted?: Readonly<Record<string, unknown>>;
	readonly crm: CrmSide;
	/** Where its holds stand as long as it has no link. */
	readonly subject: string;
	/** Of its match key, where it was looked at. */
	readonly keyHash?: string;
	/** All that is held about it, under whichever subject. */
	readonly holds: readonly SyncHold[];
	readonly delivery?: SyncDelivery;
	/** What the delivery contains was sent by this run, so that the app cannot show it yet. */
	readonly sentNow?: boolean;
}

/** A pair of which a form sent something, as long as the CRM shows its record. */
export interface SubmittedPair extends Pair {
	readonly submitted: NonNullable<Pair['submitted']>;
	readonly crm: Extract<CrmSide, { readonly kind: 'shown' }>;
}

/** Where the holds of a linked record stand. */
export function linkSubject(linkId: string): string {
	return `link:${linkId}`;
}
