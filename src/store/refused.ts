import { StateStoreError } from '../model/stateStoreError';

/** More would not fit into an index of PostgreSQL (https://www.postgresql.org/docs/current/btree.html: a third of a page). */
const MAX_KEY_LENGTH = 255;

const MAX_LIMIT = 1000;

/** The error of a request that the store cannot serve, whatever its database. */
export function refused(what: string, remedy: string): StateStoreError {
	return new StateStoreError('failed', what, remedy);
}

/** Ids and other texts by which something is found. */
export function checkKeys(keys: Readonly<Record<string, string | null | undefined>>): void {
	for (const [name, key] of Object.entries(keys)) {
		if (key && key.length > MAX_KEY_LENGTH)
			throw refused(
				`The state store keeps no ${name} of ${key.length} characters; ${MAX_KEY_LENGTH} is the most.`,
				`Check where the ${name} comes from.`,
			);
	}
}

/** How many entries a page may have. */
export function checkLimit(limit: number): void {
	if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
		throw refused(
			`A page of the state store has 1 to ${MAX_LIMIT} entries, not ${limit}.`,
			'Ask for fewer, and for the next page after it.',
		);
}

/** A time in the one form in which times are compared. */
export function storedTime(time: string, name: string): string {
	const parsed = new Date(time);
	if (Number.isNaN(parsed.getTime()))
		throw refused(`"${time.slice(0, 60)}" is no time (${name}).`, 'Give a date and time such as 2026-01-31T12:00:00Z.');
	return parsed.toISOString();
}
