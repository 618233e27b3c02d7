import type { StateStore } from '../model/stateStore';
import { SqlConnectionStore } from './connectionsStore';
import { SqlKeyMemory } from './keyMemory';
import { SqlLeaseStore } from './leasesStore';
import { SqlRefusalStore } from './refusalsStore';
import { SqlRunStore } from './runsStore';
import type { SqlDatabase } from './sql/sqlDatabase';
import { SqlSyncState } from './sync/SqlSyncState';

/** The state store on a database that has its tables. */
export class SqlStateStore implements StateStore {
	readonly connections: SqlConnectionStore;
	readonly runs: SqlRunStore;
	readonly leases: SqlLeaseStore;
	readonly refusals: SqlRefusalStore;
	readonly keys: SqlKeyMemory;
	readonly syncs: SqlSyncState;

	constructor(
		private readonly database: SqlDatabase,
		clock: () => Date,
	) {
		this.connections = new SqlConnectionStore(database);
		this.runs = new SqlRunStore(database);
		this.leases = new SqlLeaseStore(database, clock);
		this.refusals = new SqlRefusalStore(database);
		this.keys = new SqlKeyMemory(database);
		this.syncs = new SqlSyncState(database, clock);
	}

	async close(): Promise<void> {
		await this.database.close();
	}
}
