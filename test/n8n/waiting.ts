import { setTimeout as sleep } from 'node:timers/promises';

/** How often and how long to ask. */
export interface Patience {
	/** Milliseconds between two questions. */
	readonly everyMs?: number;
	/** Milliseconds until it is an error. */
	readonly timeoutMs?: number;
}

/** Asks until there is an answer other than undefined; after the time an error that names `what` and `state()`. */
export async function waitFor<T>(
	what: string,
	ask: () => Promise<T | undefined>,
	{ everyMs = 150, timeoutMs = 60_000 }: Patience = {},
	state: () => string = () => '',
): Promise<T> {
	const end = Date.now() + timeoutMs;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined) return answer;
		if (Date.now() > end) throw new Error(`${what}: not within ${timeoutMs} ms ${state()}`.trim());
		await sleep(everyMs);
	}
}
