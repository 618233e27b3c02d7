import { Mutex } from 'async-mutex';
import type { CrmAdapter } from '../../model/crmAdapter';

/** One lock an org and object, for this process; as many as there are objects that anybody pushes to. */
const locks = new Map<string, Mutex>();

/**
 * Lets the pushes of this n8n process to one object of one org take turns, page by page. A form sent by a double click starts two runs
 * at once; each would look for the e-mail before the other has created it. Runs on other workers are not held back.
 */
export function inTurn({ host }: Pick<CrmAdapter, 'host'>, entity: string): <T>(work: () => Promise<T>) => Promise<T> {
	const place = `${host} ${entity}`;
	const lock = locks.get(place) ?? new Mutex();
	locks.set(place, lock);
	return async (work) => await lock.runExclusive(work);
}
