import type { OwnerCandidate } from '../../../model/crmAdapter';
import { ExpiringCache } from '../../ExpiringCache';
import type { Catalogue, Table } from './Table';

/** What adapters of one process remember for each other; keys begin with the sign-in, so that nobody sees another's view. */
export interface DynamicsCaches {
	readonly tables: ExpiringCache<Table>;
	readonly catalogues: ExpiringCache<Catalogue>;
	readonly owners: ExpiringCache<readonly OwnerCandidate[]>;
	/** To which table a record belongs, by its id: an id alone does not tell. */
	readonly homes: ExpiringCache<string>;
}

const tenMinutes = 10 * 60 * 1000;

/** Empty caches that measure time with the given clock. */
export function newCaches(now: () => number): DynamicsCaches {
	return {
		tables: new ExpiringCache({ now, maxAgeMs: tenMinutes, maxEntries: 200 }),
		catalogues: new ExpiringCache({ now, maxAgeMs: tenMinutes, maxEntries: 20 }),
		owners: new ExpiringCache({ now, maxAgeMs: tenMinutes, maxEntries: 2_000 }),
		homes: new ExpiringCache({ now, maxAgeMs: tenMinutes, maxEntries: 10_000 }),
	};
}

/** The caches of this process. */
export const processCaches: DynamicsCaches = newCaches(() => performance.now());
