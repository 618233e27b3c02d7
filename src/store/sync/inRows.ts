/** So many rows at most go into one statement: 15 columns of 1,000 rows stay below what SQLite takes (https://www.sqlite.org/limits.html). */
const MOST = 1_000;

/** The rows in pieces that fit into one statement each. */
export function inRows<T>(rows: readonly T[]): readonly (readonly T[])[] {
	return Array.from({ length: Math.ceil(rows.length / MOST) }, (_, index) => rows.slice(index * MOST, (index + 1) * MOST));
}
