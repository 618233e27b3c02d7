import type { GuardCount } from '../../model/syncState';
import type { SyncRequest } from '../run/syncRun';
import { allowedBy, GuardBook } from './GuardBook';

const DAY_MS = 24 * 60 * 60_000;

/** Where the review of a run stands that would have exceeded a guard. */
export const REVIEW = 'run';

/** What the last 24 hours changed, and what is let through, by the settings or by a person who has looked at the numbers. */
export async function openGuard({ state, settings, clock }: SyncRequest, syncId: string): Promise<GuardBook> {
	const { connectionId, entity } = settings.scope;
	const before = await countedNow({ state, settings, clock });
	const { open } = await state.links.count({ connectionId, entity });
	const allowed = { updates: allowedBy(settings.updateGuard, open), deletions: allowedBy(settings.deleteGuard, open) };
	const review = (await state.holdsOf(syncId, [REVIEW])).find(({ decision }) => decision === 'release');
	return new GuardBook(settings, before, allowed, clock, review);
}

/** What all syncs of the connection and entity have changed in the last 24 hours. */
export async function countedNow({ state, settings, clock }: Pick<SyncRequest, 'state' | 'settings' | 'clock'>): Promise<GuardCount> {
	const { connectionId, entity } = settings.scope;
	return await state.counted(connectionId, entity, new Date(clock().getTime() - DAY_MS).toISOString());
}
