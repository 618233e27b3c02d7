import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describeStateStore } from './describeStateStore';
import { storeWorld, TABLES, type StoreWorld } from './StoreWorld';

async function openSqliteWorld(): Promise<StoreWorld> {
	const folder = mkdtempSync(join(tmpdir(), 'crm-sync-store-'));
	return storeWorld(
		{ kind: 'sqlite', folder },
		{
			empty: async () => {
				const sqlite = new DatabaseSync(join(folder, 'state.sqlite'));
				for (const table of TABLES) sqlite.exec(`delete from ${table}`);
				sqlite.close();
			},
			remove: async () => rmSync(folder, { recursive: true }),
		},
	);
}

describeStateStore('SQLite', openSqliteWorld);
