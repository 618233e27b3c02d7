import type { Compilable, CompiledQuery } from 'kysely';

/** What the database said to one statement. */
export interface Answer {
	readonly rows: readonly unknown[];
	/** How many rows were changed, where it changed any. */
	readonly affected: number;
}

/**
 * What happens in one transaction: statements that depend on each other's answers. A generator, so that the same code runs in one go
 * on SQLite, where nothing else may get a turn meanwhile, and from answer to answer on PostgreSQL. May be started again from the
 * beginning, so it keeps nothing outside itself.
 */
export type Work<T> = Generator<CompiledQuery, T, Answer>;

/** The rows that a statement returns. */
export function* rowsOf<O>(statement: Compilable<O>): Work<readonly O[]> {
	return (yield statement.compile()).rows as readonly O[];
}

/** How many rows a statement changed. */
export function* affectedBy(statement: Compilable): Work<number> {
	return (yield statement.compile()).affected;
}
