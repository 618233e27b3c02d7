import { describeStateStore } from './describeStateStore';
import { type PostgresServer, startPostgres } from './startPostgres';
import { storeWorld, TABLES, type StoreWorld } from './StoreWorld';

let server: PostgresServer;
let databases = 0;

beforeAll(async () => {
	server = await startPostgres();
}, 60_000);

afterAll(async () => {
	await server.stop();
});

async function openPostgresWorld(): Promise<StoreWorld> {
	databases += 1;
	const name = `store_${databases}`;
	await server.query('postgres', `create database ${name}`);
	return storeWorld(
		{ kind: 'postgres', url: server.url(name), encryptionKey: 'a passphrase of the tests' },
		{
			empty: async () => {
				await server.query(name, `truncate ${TABLES.map((table) => `crm_sync.${table}`).join(', ')}`);
			},
			remove: async () => {
				await server.query('postgres', `drop database ${name} with (force)`);
			},
		},
	);
}

describeStateStore('PostgreSQL', openPostgresWorld);
