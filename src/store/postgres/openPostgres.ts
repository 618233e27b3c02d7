import { createHash } from 'node:crypto';
import { Pool, types } from 'pg';
import { sharedHandle } from '../processHandles';
import { PostgresDatabase } from './PostgresDatabase';
import { toPostgresError } from './postgresErrors';

const INT8 = types.builtins.INT8;

function openPool(url: string): Pool {
	const pool = new Pool({
		connectionString: url,
		application_name: 'n8n-nodes-crm-sync',
		max: 4,
		allowExitOnIdle: true,
		connectionTimeoutMillis: 5_000,
		idleTimeoutMillis: 30_000,
		keepAlive: true,
		// Longer than the server's own limits: it is for a server or a network that has gone silent.
		query_timeout: 20_000,
		// Our numbers stay below 2^53; as texts, which is how they come by default, they would not compare.
		types: { getTypeParser: (id, format) => (id === INT8 ? Number : types.getTypeParser(id, format)) },
	});
	// An idle connection that the server closes is replaced with the next use; without a listener it would end n8n.
	return pool.on('error', () => undefined);
}

/** The store's schema in PostgreSQL. No connection is made before the first statement. */
export function openPostgres(url: string): PostgresDatabase {
	try {
		const { handle, release } = sharedHandle({
			name: `postgres ${createHash('sha256').update(url).digest('hex')}`,
			open: () => openPool(url),
			isUsable: (pool: Pool) => !pool.ending && !pool.ended,
			close: async (pool) => await pool.end(),
		});
		return new PostgresDatabase({ pool: handle, release });
	} catch (error) {
		throw toPostgresError(error);
	}
}
