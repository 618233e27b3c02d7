import { lostBase } from '../base/lostBase';
import type { SyncRun } from '../run/syncRun';
import type { Pair } from './pair';
import { restingPlan, type PlannedHold, type RecordPlan } from './recordPlan';
import { shownWith } from './shownWith';
import { WORDS } from './words';

/**
 * A state that may be older than our own writes takes what it wrote for edits of others, and what it linked for new. As long as that is
 * so, nothing counts that it knows of fields or that was decided before: what both sides show alike is settled, what differs is held
 * field by field, and what would be written, sent, created or deleted is held as a whole.
 */
export function planInDoubt(pair: Pair, run: SyncRun, plan: (pair: Pair, run: SyncRun) => RecordPlan): RecordPlan {
	const link = { ...pair.link, base: lostBase(run.mapping, run.keyring) };
	const holds = pair.holds.map((hold) => ({ ...hold, decision: null }));
	const made = plan({ ...pair, link, holds }, run);
	if (made.write || made.delivery) return { ...restingPlan(pair), holds: [restored(pair, made, run)] };
	const isWaited = pair.delivery?.kind === 'create' && pair.app.kind !== 'shown';
	const forgets = pair.known && !sameBytes(link.base, pair.link.base);
	return { ...made, pair, link: made.link ?? (forgets ? link : undefined), arrived: made.arrived && !isWaited };
}

/** What only the CRM shows is looked at by itself once there is no doubt; what the app has, when the app shows it. */
function restored(pair: Pair, { delivery }: RecordPlan, run: SyncRun): PlannedHold {
	const nextTryAt = pair.link.appId === null || delivery?.kind === 'create' ? run.clock().toISOString() : null;
	return { field: '', appField: '', reason: 'restored', words: WORDS.restored, candidates: [], shown: shownWith(pair, run), nextTryAt };
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
	return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
