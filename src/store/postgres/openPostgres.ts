import { StateStoreError } from '../../model/stateStoreError';
import type { SqlDatabase } from '../sql/sqlDatabase';

/** Opens the store's schema in PostgreSQL. */
export function openPostgres(url: string): SqlDatabase {
	throw new StateStoreError('misconfigured', `PostgreSQL is not supported yet (${url.length}).`, 'Use the embedded store.');
}
