/** What stands for a character that not every database takes. */
const REPLACEMENT = '\uFFFD';

/** The text without what PostgreSQL refuses and SQLite would take: NUL and halves of surrogate pairs. */
export function storableText(text: string): string {
	return text.toWellFormed().replaceAll('\0', REPLACEMENT);
}

/** The parameters of a statement, storable alike in every database. */
export function storable(parameters: readonly unknown[]): unknown[] {
	return parameters.map((value) => (typeof value === 'string' ? storableText(value) : value));
}
