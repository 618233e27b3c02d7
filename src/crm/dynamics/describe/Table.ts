import type { EntityDescription, FieldDescription, Right } from '../../../model/entity';
import type { Json } from '../../json';

/** How the values of a column travel: as they are, as the number or numbers of choices, or as the address of a record. */
export type ColumnForm = 'plain' | 'choice' | 'choices' | 'lookup';

/** A column as requests need it. */
export interface Column {
	readonly field: FieldDescription;
	readonly form: ColumnForm;
	/** The name under which rows show it: lookups are `_name_value`. */
	readonly readName: string;
	/** For a lookup: the navigation property that leads to each table it may point to. */
	readonly navigation: ReadonlyMap<string, string>;
	/** Empty may mean hidden. https://learn.microsoft.com/en-us/power-platform/admin/field-level-security */
	readonly secured: boolean;
}

/** A value that is worked out from columns; it is read as if it were a column, and never written. */
export interface DerivedColumn {
	readonly readNames: readonly string[];
	readonly valueIn: (row: Json) => string | boolean | null;
}

/** Where records of a table lie. */
export interface TableAddress {
	readonly setName: string;
	readonly primaryId: string;
}

/** The addresses of all tables, by logical name. */
export type Catalogue = ReadonlyMap<string, TableAddress>;

/** A table as the signed-in user sees it. */
export interface Table extends TableAddress {
	readonly name: string;
	readonly description: EntityDescription;
	/** Names of the privileges that stand for the rights; one that is missing nobody can have. Several tables may share them. */
	readonly privileges: Readonly<Partial<Record<Right, string>>>;
	/** By logical name. */
	readonly columns: ReadonlyMap<string, Column>;
	readonly derived: ReadonlyMap<string, DerivedColumn>;
	readonly catalogue: Catalogue;
	/** Bulk messages that the table supports and that write all or nothing. */
	readonly multiples: ReadonlySet<'CreateMultiple' | 'UpdateMultiple'>;
	/** Rules may find that a record is a duplicate. */
	readonly detectsDuplicates: boolean;
}
