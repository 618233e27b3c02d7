import { Mutex } from 'async-mutex';
import type { CrmAdapter } from '../../model/crmAdapter';
import { CrmError } from '../../model/crmError';

/** One lock an org and object that somebody is pushing to now, for this process. */
const locks = new Map<string, Mutex>();

/**
 * Lets the pushes of this n8n process to one object of one org take turns, page by page. A form sent by a double click starts two runs
 * at once; each would look for the e-mail before the other has created it. Runs on other workers are not held back.
 *
 * What it returns throws a `CrmError` of kind `cancelled` when the signal ends the wait.
 */
export function inTurn({ host }: Pick<CrmAdapter, 'host'>, entity: string, signal?: AbortSignal): <T>(work: () => Promise<T>) => Promise<T> {
	const place = `${host} ${entity}`;
	return async (work) => {
		const lock = locks.get(place) ?? new Mutex();
		locks.set(place, lock);
		const release = await turn(lock, signal);
		try {
			return await work();
		} finally {
			release();
			if (!lock.isLocked()) locks.delete(place);
		}
	};
}

async function turn(lock: Mutex, signal: AbortSignal | undefined): Promise<() => void> {
	const acquired = lock.acquire();
	if (!signal) return await acquired;
	const stopped = Promise.withResolvers<never>();
	const stop = () => stopped.reject(new CrmError('cancelled', { message: 'The run was stopped.' }));
	signal.addEventListener('abort', stop, { once: true });
	if (signal.aborted) stop();
	try {
		return await Promise.race([acquired, stopped.promise]);
	} catch (error) {
		// The turn comes all the same, later, and has to be passed on.
		void acquired.then((release) => release());
		throw error;
	} finally {
		signal.removeEventListener('abort', stop);
	}
}
