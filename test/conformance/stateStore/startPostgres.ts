import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Client } from 'pg';

const PASSWORD = 'p@ss/word:1';

/** A PostgreSQL server of the tests. */
export interface PostgresServer {
	readonly port: number;
	/** The address of one of its databases, as the user that owns everything. */
	url(database: string): string;
	/** Runs one statement as that user. */
	query(database: string, sql: string): Promise<readonly Record<string, unknown>[]>;
	stop(): Promise<void>;
}

/** Starts an empty one in a process that ends with this one. */
export async function startPostgres(): Promise<PostgresServer> {
	const child = spawn(process.execPath, [join(__dirname, 'postgresServer.mjs'), PASSWORD], { stdio: ['pipe', 'pipe', 'inherit'] });
	const ended = once(child, 'exit');
	const [said] = (await Promise.race([once(child.stdout, 'data'), ended])) as [unknown];
	const port = Number(String(said));
	if (!(port > 1)) throw new Error('PostgreSQL did not start; its reason stands above.');
	const url = (database: string) => `postgres://postgres:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/${database}`;
	return {
		port,
		url,
		query: async (database, sql) => {
			const client = new Client({ connectionString: url(database) });
			await client.connect();
			try {
				return (await client.query<Record<string, unknown>>(sql)).rows;
			} finally {
				await client.end();
			}
		},
		stop: async () => {
			child.stdin.end();
			await ended;
		},
	};
}
