import type { SyncHold } from '../../model/syncHold';
import type { GuardCount } from '../../model/syncState';
import type { SyncRequest } from '../run/syncRun';
import { allowedBy, GuardBook } from './GuardBook';

const DAY_MS = 24 * 60 * 60_000;

/** Where the review of a run stands that would have exceeded a guard. */
export const REVIEW = 'run';

/** What the last 24 hours changed, and what is let through, by the settings or by a person who has looked at the numbers. */
export async function openGuard({ state, settings, clock }: SyncRequest, syncId: string): Promise<GuardBook> {
	const { connectionId, entity } = settings.scope;
	const before = await state.counted(connectionId, entity, new Date(clock().getTime() - DAY_MS).toISOString());
	const links = await state.links.count(syncId);
	const allowed = { updates: allowedBy(settings.updateGuard, links), deletions: allowedBy(settings.deleteGuard, links) };
	const approved = (await state.holdsOf(syncId, [REVIEW])).find(({ decision }) => decision === 'release');
	return new GuardBook(settings, approved ? NOTHING : before, approved ? numbersOf(approved) : allowed, clock, approved !== undefined);
}

const NOTHING: GuardCount = { updates: 0, deletions: 0 };

/** The numbers that a review was shown with, and back. */
export function reviewed({ updates, deletions }: GuardCount): string {
	return `${updates} ${deletions}`;
}

function numbersOf({ shown }: SyncHold): GuardCount {
	const [updates, deletions] = shown.split(' ').map(Number);
	return { updates, deletions };
}
