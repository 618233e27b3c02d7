import { setTimeout as wait } from 'node:timers/promises';
import { ExponentialBackoff } from 'cockatiel';
import { CrmError } from '../../../model/crmError';
import { cancelled } from '../errors/localErrors';

/** How often and how patiently something is tried. */
export interface Patience {
	readonly tries: number;
	/** First wait in milliseconds, about doubled each time, with jitter. */
	readonly delayMs: number;
	readonly signal?: AbortSignal;
	/** Whether a further try makes sense after this failure. */
	readonly worthAnother: (error: CrmError) => boolean;
}

const longestWaitMs = 30_000;

/** Runs `attempt` until it succeeds, the tries are used up, or the failure is final; aborting ends a wait at once. */
export async function retrying<T>(attempt: () => Promise<T>, patience: Patience): Promise<T> {
	let backoff = new ExponentialBackoff({ initialDelay: patience.delayMs, maxDelay: longestWaitMs }).next();
	for (let tried = 1; ; tried += 1) {
		try {
			return await attempt();
		} catch (error) {
			if (!(error instanceof CrmError) || tried >= patience.tries || !patience.worthAnother(error)) throw error;
		}
		await waitOrCancel(backoff.duration, patience.signal);
		backoff = backoff.next(undefined);
	}
}

/** Whether a read may succeed within seconds. */
export function worthReadingAgain(error: CrmError): boolean {
	return error.transient || (error.kind === 'unavailable' && error.httpStatus === undefined);
}

/** Whether a write was surely not carried out and may be within seconds. */
export function worthWritingAgain(error: CrmError): boolean {
	if (error.replyLost) return false;
	return (error.kind === 'unavailable' && error.httpStatus === undefined) || (error.kind === 'throttled' && error.transient);
}

async function waitOrCancel(delayMs: number, signal?: AbortSignal): Promise<void> {
	try {
		await wait(delayMs, undefined, { signal });
	} catch {
		throw cancelled();
	}
}
