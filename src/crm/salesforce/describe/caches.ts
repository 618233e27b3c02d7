import type { OwnerCandidate } from '../../../model/crmAdapter';
import type { EntityDescription } from '../../../model/entity';
import { ExpiringCache } from '../../ExpiringCache';

/** What adapters of one process remember for each other; keys begin with the sign-in, so that nobody sees another's view. */
export interface SalesforceCaches {
	readonly descriptions: ExpiringCache<EntityDescription>;
	readonly owners: ExpiringCache<readonly OwnerCandidate[]>;
}

const tenMinutes = 10 * 60 * 1000;

/** Empty caches that measure time with the given clock. */
export function newCaches(now: () => number): SalesforceCaches {
	return {
		descriptions: new ExpiringCache({ now, maxAgeMs: tenMinutes, maxEntries: 200 }),
		owners: new ExpiringCache({ now, maxAgeMs: tenMinutes, maxEntries: 2_000 }),
	};
}

/** The caches of this process. */
export const processCaches: SalesforceCaches = newCaches(() => performance.now());
