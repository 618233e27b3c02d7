/** A reference to a record, as lookups hold it. */
export interface Reference {
	readonly table: string;
	readonly id: string;
}

/** What a column holds: text, number, yes or no, a reference, or nothing. Dates are texts. */
export type Value = string | number | boolean | Reference | null;

/** A record by column name, `versionnumber` included. */
export type Row = Readonly<Record<string, Value>>;

/** Whether a value is a reference. */
export const isReference = (value: unknown): value is Reference => typeof value === 'object' && value !== null && 'table' in value && 'id' in value;
