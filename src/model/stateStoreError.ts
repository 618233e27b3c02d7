/**
 * Why the state store failed.
 *
 * - `full`: no space is left.
 * - `locked`: another process held it for too long.
 * - `corrupt`: the file is no database, or is damaged.
 * - `newer`: a later version of the package has written it.
 * - `unreachable`: the database gives no answer, or was lost during the work.
 * - `misconfigured`: a setting is missing or cannot be used.
 * - `failed`: anything else.
 */
export type StateStoreFailure = 'full' | 'locked' | 'corrupt' | 'newer' | 'unreachable' | 'misconfigured' | 'failed';

/** The only error that a state store throws: typed, worded, free of secrets. */
export class StateStoreError extends Error {
	constructor(
		readonly failure: StateStoreFailure,
		message: string,
		/** What to do about it, one sentence. */
		readonly remedy: string,
		cause?: unknown,
	) {
		super(message, { cause });
		this.name = 'StateStoreError';
	}
}
