/** Why a link is closed. Its ids stay, so that no stale copy brings a record back. */
export type LinkEnd = 'deletedInCrm' | 'deletedInApp' | 'merged' | 'converted';

/**
 * The stored pair of record ids. One of the ids may be missing: the record is known on one side only until the other shows it.
 * Within a sync no id stands in two links, closed ones included.
 */
export interface SyncLink {
	/** Our own id; never changes. */
	readonly id: string;
	readonly syncId: string;
	readonly appId: string | null;
	readonly crmId: string | null;
	/** Keyed hash of the match key, while an id is missing: by it the other side is found. */
	readonly keyHash: string | null;
	/** What each side last showed, as `src/sync/base` packs it. */
	readonly base: Uint8Array;
	readonly ended: LinkEnd | null;
	readonly endedAt: string | null;
	/** What a converted record became. */
	readonly successor: { readonly entity: string; readonly crmId: string } | null;
}
