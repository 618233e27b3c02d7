import { setTimeout as pause } from 'node:timers/promises';
import { ExponentialBackoff } from 'cockatiel';
import { CrmError } from '../model/crmError';
import { cancelled } from './errors/cancelled';

/** How often and how patiently something is tried. */
export interface Patience {
	readonly tries: number;
	/** First wait in milliseconds, about doubled each time, with jitter; never less than the CRM asks for. */
	readonly delayMs: number;
	readonly signal?: AbortSignal;
	/** Whether a further try makes sense after this failure. */
	readonly worthAnother: (error: CrmError) => boolean;
	/** Lets milliseconds pass; a clock's own unless a test counts them. */
	readonly wait?: (delayMs: number, signal?: AbortSignal) => Promise<void>;
}

const longestWaitMs = 30_000;

/** Runs `attempt` until it succeeds, the tries are used up, or the failure is final; aborting ends a wait at once. */
export async function retrying<T>(attempt: () => Promise<T>, patience: Patience): Promise<T> {
	const { delayMs, tries, worthAnother, signal, wait = waitOrCancel } = patience;
	let backoff = new ExponentialBackoff({ initialDelay: delayMs, maxDelay: longestWaitMs }).next();
	for (let tried = 1; ; tried += 1) {
		let asked = 0;
		try {
			return await attempt();
		} catch (error) {
			if (!(error instanceof CrmError) || tried >= tries || !worthAnother(error)) throw error;
			asked = error.retryAfterMs ?? 0;
		}
		await wait(Math.max(backoff.duration, asked), signal);
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

/** Lets milliseconds pass; aborting ends it with `cancelled`. */
export async function waitOrCancel(delayMs: number, signal?: AbortSignal): Promise<void> {
	try {
		await pause(delayMs, undefined, { signal });
	} catch {
		throw cancelled();
	}
}
