import type { CompiledQuery, RawBuilder, SchemaModule } from 'kysely';

/** What a migration builds its statements with. */
export interface Structure {
	readonly schema: SchemaModule;
	/** The database's type for a text. */
	readonly text: RawBuilder<string>;
	/** The database's type for bytes. */
	readonly bytes: RawBuilder<Uint8Array>;
}

/** One step of the database's structure, made once in each store and never undone; a published one never changes. */
export interface Migration {
	readonly name: string;
	readonly statements: (structure: Structure) => readonly CompiledQuery[];
}
