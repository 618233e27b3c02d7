import { hash } from 'node:crypto';

/**
 * The number under which the many rows of a sync are stored: 47 bits, which SQLite keeps in 6 bytes. Made from its id, so that nobody has to
 * look it up. No two syncs can have the same one: whoever came second would be refused when it is first stored.
 */
export function syncNumber(syncId: string): number {
	return Math.floor(parseInt(hash('sha256', syncId).slice(0, 12), 16) / 2);
}
