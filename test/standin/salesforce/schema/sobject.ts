import type { FieldSpec } from './field';
import { systemFields } from './systemFields';

/** A record type of one object, as recordTypeInfos lists it. */
export interface RecordType {
	readonly id: string;
	readonly name: string;
	readonly developerName: string;
}

/** A list of child records that a parent offers to sub-queries. */
export interface ChildRelationship {
	readonly childSObject: string;
	readonly field: string;
	readonly relationshipName: string;
}

/** What a kind of record is: its name, its id prefix and what may be done with it. */
export interface ObjectOptions {
	readonly label?: string;
	readonly labelPlural?: string;
	readonly createable?: boolean;
	readonly updateable?: boolean;
	readonly deletable?: boolean;
	readonly replicateable?: boolean;
}

/** One object of an org's schema; fields and record types may be added while it runs. */
export interface ObjectSpec extends Required<ObjectOptions> {
	readonly name: string;
	readonly keyPrefix: string;
	readonly custom: boolean;
	readonly fields: FieldSpec[];
	readonly recordTypes: RecordType[];
	readonly childRelationships: ChildRelationship[];
}

/** Describes one object; the system fields (Id, stamps, IsDeleted) come by themselves. */
export function sobject(name: string, keyPrefix: string, fields: readonly FieldSpec[], options: ObjectOptions = {}): ObjectSpec {
	const label = options.label ?? name.replace(/__c$/, '').replace(/_/g, ' ');
	const writable = { createable: true, updateable: true, deletable: true, replicateable: true };
	const given = new Set(fields.map((spec) => spec.name));
	return {
		...writable,
		...options,
		name,
		keyPrefix,
		label,
		labelPlural: options.labelPlural ?? `${label}s`,
		custom: name.endsWith('__c'),
		fields: [...systemFields().filter((spec) => !given.has(spec.name)), ...fields],
		recordTypes: [],
		childRelationships: [],
	};
}
