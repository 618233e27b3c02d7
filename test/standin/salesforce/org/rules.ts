import type { Row } from '../records/row';

/** A validation rule: when `fails` says so, the row is refused with the admin's own words. https://help.salesforce.com/s/articleView?id=sf.fields_defining_field_validation_rules.htm */
export interface ValidationRule {
	readonly object: string;
	readonly message: string;
	/** The field the message is shown at; none for the whole record. */
	readonly field?: string;
	readonly fails: (row: Row, before: Row | undefined) => boolean;
}

/** A duplicate rule. https://help.salesforce.com/s/articleView?id=sf.duplicate_rules_map_of_tasks.htm */
export interface DuplicateRule {
	readonly object: string;
	readonly name?: string;
	/** Alert can be overridden with allowSave, Block never. */
	readonly action: 'Alert' | 'Block';
	/** Another record is a duplicate when all these fields are equal, in any case, and not empty. */
	readonly matchOn: readonly string[];
	readonly message?: string;
	readonly onUpdate?: boolean;
}

/** The automation of one org that acts when records are saved. */
export interface Rules {
	readonly validation: ValidationRule[];
	readonly duplicates: DuplicateRule[];
	/** The owner an active assignment rule gives to records that are created or updated, by object. */
	readonly assignment: Map<string, string>;
}
