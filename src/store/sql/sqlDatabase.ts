import type { Compilable, CompiledQuery, Kysely, RawBuilder } from 'kysely';
import type { Tables } from './tables';
import type { Work } from './work';

/** One database, SQLite or PostgreSQL. All methods throw `StateStoreError` only; what happens in `work` may throw anything. */
export interface SqlDatabase {
	/** Builds statements for this database; never runs one. */
	readonly build: Kysely<Tables>;
	/** The column type of a text, compared by code points and not by a language. */
	readonly text: RawBuilder<string>;
	/** The column type of bytes. */
	readonly bytes: RawBuilder<Uint8Array>;
	/** What a change of the structure begins with, so that no two processes make one at once. */
	readonly structureLock: readonly CompiledQuery[];
	/** Runs one statement; its rows. */
	rows<O>(statement: Compilable<O>): Promise<readonly O[]>;
	/** Runs one statement; how many rows it changed. */
	affected(statement: Compilable): Promise<number>;
	/** Runs everything or nothing: what `work` throws is thrown again after all of it was undone. */
	transaction<T>(work: () => Work<T>): Promise<T>;
	close(): Promise<void>;
}
