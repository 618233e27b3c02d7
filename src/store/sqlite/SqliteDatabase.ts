import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Compilable, type CompiledQuery, type RawBuilder, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, sql } from 'kysely';
import type { SqlDatabase } from '../sql/sqlDatabase';
import { namedRows, statementBuilder } from '../sql/statementBuilder';
import { storable } from '../sql/storableText';
import type { Answer, Work } from '../sql/work';
import { ownNotes } from './ownNotes';
import { closedError, isBusy, replacedError, toSqliteError } from './sqliteErrors';

const RETRY_AFTER_MS = 40;

/** What a `SqliteDatabase` works on. */
export interface SqliteSource {
	readonly sqlite: DatabaseSync;
	/** For messages. */
	readonly file: string;
	/** How long it waits for another process that holds the file; in between, the rest of n8n gets its turns. */
	readonly patienceMs: number;
	/** Whether the file is still the one that was opened. */
	readonly isThere: () => boolean;
	readonly release: () => Promise<void>;
}

/** SQLite through node:sqlite. Transactions run in one go: no other code of this process, and no other process, comes between. */
export class SqliteDatabase implements SqlDatabase {
	readonly build = statementBuilder({
		createAdapter: () => new SqliteAdapter(),
		createQueryCompiler: () => new SqliteQueryCompiler(),
		createIntrospector: (db) => new SqliteIntrospector(db),
	});
	readonly text: RawBuilder<string> = sql`text`;
	readonly bytes: RawBuilder<Uint8Array> = sql`blob`;
	readonly structureLock: readonly CompiledQuery[] = [];
	private closing: Promise<void> | undefined;

	constructor(private readonly source: SqliteSource) {}

	async rows<O>(statement: Compilable<O>): Promise<readonly O[]> {
		const compiled = statement.compile();
		return (await this.patiently(() => this.run(compiled))).rows as readonly O[];
	}

	async affected(statement: Compilable): Promise<number> {
		const compiled = statement.compile();
		return (await this.patiently(() => this.run(compiled))).affected;
	}

	async transaction<T>(work: () => Work<T>): Promise<T> {
		return await this.patiently(() => this.inOneGo(work));
	}

	/** Settings that SQLite keeps for each handle; every handle must have them before its first use. */
	async prepare(): Promise<void> {
		await this.patiently(() => {
			this.source.sqlite.exec('pragma journal_mode = wal');
			// A commit must survive a power cut, because after it something is written into a CRM.
			this.source.sqlite.exec('pragma synchronous = full');
			this.source.sqlite.exec(ownNotes);
		});
	}

	async close(): Promise<void> {
		await (this.closing ??= this.source.release());
	}

	private inOneGo<T>(work: () => Work<T>): T {
		const { sqlite } = this.source;
		sqlite.exec('begin immediate');
		try {
			const steps = work();
			let step = steps.next();
			while (!step.done) step = steps.next(this.run(step.value));
			sqlite.exec('commit');
			return step.value;
		} finally {
			if (sqlite.isTransaction) sqlite.exec('rollback');
		}
	}

	private run({ sql: text, parameters }: CompiledQuery): Answer {
		const statement = this.source.sqlite.prepare(text);
		const values = storable(parameters) as SQLInputValue[];
		if (statement.columns().length > 0) return { rows: namedRows(statement.all(...values)), affected: 0 };
		return { rows: [], affected: Number(statement.run(...values).changes) };
	}

	/** Runs `action`, again and again while another process holds the file. */
	private async patiently<T>(action: () => T): Promise<T> {
		const { file, isThere, patienceMs } = this.source;
		const giveUpAt = performance.now() + patienceMs;
		for (;;) {
			if (this.closing) throw closedError(file);
			if (!isThere()) throw replacedError(file);
			try {
				return action();
			} catch (error) {
				if (!isBusy(error) || performance.now() >= giveUpAt) throw toSqliteError(error, file);
			}
			await sleep(RETRY_AFTER_MS);
		}
	}
}
