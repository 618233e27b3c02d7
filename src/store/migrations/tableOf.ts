import { type ColumnDefinitionBuilder, type CompiledQuery, type CreateTableBuilder, type RawBuilder, sql } from 'kysely';
import type { Structure } from './migration';

/** What a column holds; `?` marks one that may be empty. A key is a text unless it says otherwise. */
export type ColumnKind = 'key' | 'bytesKey' | 'text' | 'text?' | 'whole' | 'number?' | 'bytes' | 'bytes?';

/** A table to be made: its columns in order, and which of them together must not occur twice. */
export interface TableDefinition {
	readonly name: string;
	readonly columns: Readonly<Record<string, ColumnKind>>;
	readonly unique?: readonly string[];
}

function typeOf(kind: ColumnKind, { text, bytes }: Structure): RawBuilder<unknown> {
	if (kind.startsWith('bytes')) return bytes;
	if (kind === 'whole') return sql`bigint`;
	return kind === 'number?' ? sql`double precision` : text;
}

function constraint(kind: ColumnKind) {
	return (column: ColumnDefinitionBuilder) => {
		if (kind === 'key' || kind === 'bytesKey') return column.notNull().primaryKey();
		return kind.endsWith('?') ? column : column.notNull();
	};
}

/** The statement that makes a table. */
export function tableOf(structure: Structure, { name, columns, unique }: TableDefinition): CompiledQuery {
	const empty: CreateTableBuilder<string, string> = structure.schema.createTable(name);
	const table = Object.entries(columns).reduce(
		(made, [column, kind]) => made.addColumn(column, typeOf(kind, structure), constraint(kind)),
		empty,
	);
	return (unique ? table.addUniqueConstraint(`${name}Unique`, [...unique]) : table).compile();
}
