import { CamelCasePlugin, type DatabaseIntrospector, type DialectAdapter, DummyDriver, Kysely, type QueryCompiler } from 'kysely';
import type { Tables } from './tables';

/** The parts of a Kysely dialect that make SQL; our own databases run it, because only they can keep a transaction in one go. */
export interface SqlFlavour {
	readonly createAdapter: () => DialectAdapter;
	readonly createQueryCompiler: () => QueryCompiler;
	readonly createIntrospector: (db: Kysely<unknown>) => DatabaseIntrospector;
}

/** Turns columns_like_this into propertiesLikeThis. */
class Names extends CamelCasePlugin {
	row(row: Record<string, unknown>): Record<string, unknown> {
		return this.mapRow(row);
	}
}

const names = new Names();

/** A builder of statements in the given flavour. */
export function statementBuilder(flavour: SqlFlavour): Kysely<Tables> {
	return new Kysely<Tables>({ dialect: { ...flavour, createDriver: () => new DummyDriver() }, plugins: [names] });
}

/** Rows as a database returned them, with the names that the statements were built with. */
export function namedRows(rows: readonly Record<string, unknown>[]): readonly Record<string, unknown>[] {
	return rows.map((row) => names.row(row));
}
