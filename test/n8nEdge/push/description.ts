import type { EntityDescription, FieldDescription } from '../../../src/model/entity';

/** A text field that anybody may write, unless told otherwise. */
export function field(name: string, more: Partial<FieldDescription> = {}): FieldDescription {
	const may = { clearable: true, createable: true, updateable: true, filterable: true };
	const is = { required: false, calculated: false, unique: false, externalId: false, caseSensitive: false, restricted: false };
	return { name, label: name, type: 'text', picklist: [], referenceTo: [], ...may, ...is, ...more };
}

/** An object with these fields. */
export function description(fields: readonly FieldDescription[]): EntityDescription {
	return { name: 'Lead', label: 'Lead', labelPlural: 'Leads', readable: true, createable: true, updateable: true, fields, recordTypes: [] };
}
