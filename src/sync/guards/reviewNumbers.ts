import type { SyncHold } from '../../model/syncHold';
import type { GuardCount } from '../../model/syncState';

/** The numbers that a review is shown with. */
export function reviewed({ updates, deletions }: GuardCount): string {
	return `${updates} ${deletions}`;
}

/** And back. */
export function numbersOf({ shown }: Pick<SyncHold, 'shown'>): GuardCount {
	const [updates, deletions] = shown.split(' ').map(Number);
	return { updates, deletions };
}
