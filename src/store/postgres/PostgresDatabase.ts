import {
	type Compilable,
	type CompiledQuery,
	PostgresAdapter,
	PostgresIntrospector,
	PostgresQueryCompiler,
	type RawBuilder,
	sql,
} from 'kysely';
import type { ClientBase, Pool, PoolClient } from 'pg';
import type { SqlDatabase } from '../sql/sqlDatabase';
import { namedRows, statementBuilder } from '../sql/statementBuilder';
import { storable } from '../sql/storableText';
import { Undo } from '../sql/undo';
import type { Answer, Work } from '../sql/work';
import { closedError, isFromServer, toPostgresError } from './postgresErrors';

/** Our own schema, so that the database may be one that others use. */
const SCHEMA = 'crm_sync';

/** Any number that no other program takes for its lock; ours alone, because the schema is. */
const STRUCTURE_LOCK = 7_243_392_318_165n;

/**
 * Nobody waits forever, neither we nor the server. Set in each transaction and not for the connection, because poolers such as
 * PgBouncer refuse these as settings of a connection.
 */
const BEGIN = `begin isolation level read committed;
	set local lock_timeout = '5s';
	set local statement_timeout = '15s';
	set local idle_in_transaction_session_timeout = '15s'`;

/** What a `PostgresDatabase` works on. */
export interface PostgresSource {
	readonly pool: Pool;
	readonly release: () => Promise<void>;
}

/** A lost connection is told by the statement that needed it; without a listener it would end n8n. */
function ignore(): void {}

/** PostgreSQL through node-postgres. */
export class PostgresDatabase implements SqlDatabase {
	readonly build = statementBuilder({
		createAdapter: () => new PostgresAdapter(),
		createQueryCompiler: () => new PostgresQueryCompiler(),
		createIntrospector: (db) => new PostgresIntrospector(db),
	}).withSchema(SCHEMA);
	readonly text: RawBuilder<string> = sql`text collate "C"`;
	readonly bytes: RawBuilder<Uint8Array> = sql`bytea`;
	readonly structureLock: readonly CompiledQuery[];
	private closing: Promise<void> | undefined;

	constructor(private readonly source: PostgresSource) {
		this.structureLock = [
			sql`select pg_advisory_xact_lock(${sql.lit(STRUCTURE_LOCK)})`.compile(this.build),
			// Somebody who may not create schemas may have been given this one.
			sql`do $$ begin
				if to_regnamespace(${sql.lit(SCHEMA)}) is null then create schema ${sql.id(SCHEMA)}; end if;
			end $$`.compile(this.build),
		];
	}

	async rows<O>(statement: Compilable<O>): Promise<readonly O[]> {
		return (await this.alone(statement)).rows as readonly O[];
	}

	async affected(statement: Compilable): Promise<number> {
		return (await this.alone(statement)).affected;
	}

	async transaction<T>(work: () => Work<T>): Promise<T> {
		const client = await this.connect();
		let isWhole = true;
		try {
			return await this.inTransaction(client, work);
		} catch (error) {
			isWhole = await this.rollBack(client, error);
			throw toPostgresError(error);
		} finally {
			client.off('error', ignore);
			client.release(!isWhole);
		}
	}

	async close(): Promise<void> {
		await (this.closing ??= this.source.release());
	}

	private async connect(): Promise<PoolClient> {
		if (this.closing) throw closedError();
		try {
			return (await this.source.pool.connect()).on('error', ignore);
		} catch (error) {
			throw toPostgresError(error);
		}
	}

	private async alone(statement: Compilable): Promise<Answer> {
		if (this.closing) throw closedError();
		try {
			return await this.run(this.source.pool, statement.compile());
		} catch (error) {
			throw toPostgresError(error);
		}
	}

	private async inTransaction<T>(client: ClientBase, work: () => Work<T>): Promise<T> {
		await client.query(BEGIN);
		const steps = work();
		let step = steps.next();
		while (!step.done) step = steps.next(await this.run(client, step.value));
		await client.query('commit');
		return step.value;
	}

	/** Whether the connection can be used again; a lost one is not asked to roll back, the server does it by itself. */
	private async rollBack(client: ClientBase, error: unknown): Promise<boolean> {
		if (!(error instanceof Undo) && !isFromServer(error)) return false;
		return await client.query('rollback').then(
			() => true,
			() => false,
		);
	}

	private async run(client: Pick<ClientBase, 'query'>, { sql: text, parameters }: CompiledQuery): Promise<Answer> {
		const { rows, rowCount } = await client.query<Record<string, unknown>>(text, storable(parameters));
		return { rows: namedRows(rows), affected: rowCount ?? 0 };
	}
}
