import type { Row, Value } from '../records/row';

/** The field types of describe. https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/field_types.htm */
export type FieldType =
	| 'id' | 'string' | 'textarea' | 'email' | 'phone' | 'url' | 'picklist' | 'multipicklist' | 'combobox' | 'reference'
	| 'boolean' | 'int' | 'double' | 'currency' | 'percent' | 'date' | 'datetime' | 'address';

/** One entry of a picklist as describe gives it. */
export interface PicklistValue {
	readonly active: boolean;
	readonly defaultValue: boolean;
	readonly label: string;
	readonly validFor: string | null;
	readonly value: string;
}

/** What sets one field apart; everything else has the usual value of its type. */
export interface FieldOptions {
	readonly label?: string;
	readonly length?: number;
	readonly precision?: number;
	readonly scale?: number;
	/** Must have a value on create. */
	readonly required?: boolean;
	/** Neither createable nor updateable. */
	readonly readOnly?: boolean;
	readonly createable?: boolean;
	readonly updateable?: boolean;
	readonly nillable?: boolean;
	readonly filterable?: boolean;
	readonly values?: readonly string[];
	/** Only listed values are accepted. */
	readonly restricted?: boolean;
	readonly defaultValue?: Value;
	/** True where Salesforce fills the field by itself when a create leaves it out. */
	readonly defaultedOnCreate?: boolean;
	readonly externalId?: boolean;
	readonly unique?: boolean;
	readonly caseSensitive?: boolean;
	readonly idLookup?: boolean;
	readonly nameField?: boolean;
	readonly autoNumber?: boolean;
	readonly referenceTo?: readonly string[];
	readonly relationshipName?: string;
	readonly compoundFieldName?: string;
	readonly helpText?: string;
	/** The formula as an admin wrote it; the value comes from `compute`. */
	readonly formula?: string;
	/** Gives the value when the row is read; such a field is never written. */
	readonly compute?: (row: Row) => Value;
}

/** A field as the org holds it: `options` plus what follows from name and type. */
export interface FieldSpec extends FieldOptions {
	readonly name: string;
	readonly type: FieldType;
	readonly label: string;
	readonly length: number;
	readonly precision: number;
	readonly scale: number;
	readonly custom: boolean;
	readonly nillable: boolean;
	readonly createable: boolean;
	readonly updateable: boolean;
	readonly filterable: boolean;
	readonly defaultedOnCreate: boolean;
	readonly referenceTo: readonly string[];
	readonly relationshipName: string | undefined;
	readonly picklistValues: readonly PicklistValue[];
}

const lengths: Partial<Record<FieldType, number>> = {
	id: 18, reference: 18, string: 255, email: 80, phone: 40, url: 255, picklist: 255, multipicklist: 4099, combobox: 255, textarea: 255,
};
const numbers: Partial<Record<FieldType, { precision: number; scale: number }>> = {
	double: { precision: 18, scale: 0 }, currency: { precision: 18, scale: 2 }, percent: { precision: 18, scale: 0 },
};

function labelOf(name: string): string {
	const words = name.replace(/__c$/, '').replace(/_/g, ' ').replace(/([a-z])([A-Z])/g, '$1 $2');
	return words.replace(/ Id$/, ' ID');
}

function relationshipOf(name: string, type: FieldType): string | undefined {
	if (type !== 'reference') return undefined;
	return name.endsWith('__c') ? name.replace(/__c$/, '__r') : name.replace(/Id$/, '');
}

function picklistOf({ values = [], defaultValue }: FieldOptions): PicklistValue[] {
	return values.map((value) => ({ active: true, defaultValue: value === defaultValue, label: value, validFor: null, value }));
}

/** Describes one field; custom fields are those whose name ends in `__c`. */
export function field(name: string, type: FieldType, options: FieldOptions = {}): FieldSpec {
	const writable = !options.readOnly && !options.compute && type !== 'id' && type !== 'address';
	const filled = type === 'boolean' || options.defaultValue !== undefined || options.defaultedOnCreate === true;
	return {
		...options,
		name,
		type,
		label: options.label ?? labelOf(name),
		length: options.length ?? lengths[type] ?? 0,
		precision: options.precision ?? numbers[type]?.precision ?? 0,
		scale: options.scale ?? numbers[type]?.scale ?? 0,
		custom: name.endsWith('__c'),
		nillable: options.nillable ?? (!options.required && type !== 'boolean'),
		createable: options.createable ?? writable,
		updateable: options.updateable ?? writable,
		filterable: options.filterable ?? !(type === 'address' || (type === 'textarea' && (options.length ?? 255) > 255)),
		defaultedOnCreate: filled,
		referenceTo: options.referenceTo ?? [],
		relationshipName: options.relationshipName ?? relationshipOf(name, type),
		picklistValues: picklistOf(options),
	};
}
