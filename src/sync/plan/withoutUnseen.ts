import { lostBase } from '../base/lostBase';
import { openBase } from '../base/openBase';
import { isKnown } from '../merge/fieldFacts';
import type { SyncRun } from '../run/syncRun';
import type { Pair } from './pair';

/**
 * The app shows a record under the key of one that was on its way to it, and that the CRM has deleted. Whether it is that one or the app's own
 * nobody knows: both show the same. Nothing counts as settled, so that the app's record is held and not deleted. What a form made was settled.
 */
export function withoutUnseen(pair: Pair, { mapping, keyring }: SyncRun): Pair {
	const { moved, app, crm, link } = pair;
	const isDeleted = crm.kind === 'deleted' ? crm.mergedInto === undefined : link.ended === 'deletedInCrm' && crm.kind !== 'shown';
	if (moved !== true || app.kind !== 'shown' || !isDeleted) return pair;
	const isSettled = openBase(link.base, keyring).entries.every(({ base }) => isKnown(base) && base.pending === undefined);
	return isSettled ? pair : { ...pair, link: { ...link, base: lostBase(mapping, keyring) } };
}
