import type { StateStore } from '../model/stateStore';
import { migrate } from './migrations/migrate';
import type { StateStoreSettings } from './settings';
import type { SqlDatabase } from './sql/sqlDatabase';
import { SqlStateStore } from './SqlStateStore';
import { openSqlite } from './sqlite/openSqlite';

/** PostgreSQL's client is loaded only where it is used. */
async function openDatabase(settings: StateStoreSettings): Promise<SqlDatabase> {
	if (settings.kind === 'sqlite') return await openSqlite(settings.folder);
	const { openPostgres } = await import('./postgres/openPostgres');
	return openPostgres(settings.url);
}

/**
 * Opens the state store and brings it to this version's structure. Stores of one process share one handle; each is to be closed. The
 * clock gives the times of leases. Throws `StateStoreError` only.
 */
export async function openStateStore(settings: StateStoreSettings, clock: () => Date): Promise<StateStore> {
	const database = await openDatabase(settings);
	try {
		await migrate(database, clock);
	} catch (error) {
		await database.close();
		throw error;
	}
	return new SqlStateStore(database, clock);
}
