/** A field value as JSON carries it. Datetimes are kept in their wire form, in UTC, so that they compare as text. */
export type Value = string | number | boolean | null | Readonly<Record<string, unknown>>;

/** One stored record, by field name; never changed in place. */
export type Row = Readonly<Record<string, Value>>;
