import { cancelled } from './errors/cancelled';

/** Waits for work that somebody else started, but no longer than until the signal is aborted. */
export async function orCancelled<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
	if (!signal) return await work;
	const { promise: stopped, reject } = Promise.withResolvers<never>();
	const stop = () => reject(cancelled());
	signal.addEventListener('abort', stop, { once: true });
	if (signal.aborted) stop();
	try {
		return await Promise.race([work, stopped]);
	} finally {
		signal.removeEventListener('abort', stop);
	}
}
