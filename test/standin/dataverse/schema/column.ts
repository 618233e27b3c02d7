import type { Labels } from './labels';

/** The column types of metadata. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/reference/attributetypecode */
export type ColumnType =
	| 'String'
	| 'Memo'
	| 'Integer'
	| 'BigInt'
	| 'Decimal'
	| 'Double'
	| 'Money'
	| 'Boolean'
	| 'DateTime'
	| 'Picklist'
	| 'MultiSelectPicklist'
	| 'Lookup'
	| 'Customer'
	| 'Owner'
	| 'Uniqueidentifier'
	| 'State'
	| 'Status';

/** How far a value is required; only `SystemRequired` is enforced by the API. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/reference/attributerequiredlevel */
export type RequiredLevel = 'None' | 'Recommended' | 'ApplicationRequired' | 'SystemRequired';

/** One entry of a choice; `state` is given for status reasons. */
export interface Choice {
	readonly value: number;
	readonly label: Labels;
	readonly state?: number;
	readonly default?: boolean;
}

/** What sets one column apart; everything else follows from name and type. */
export interface NewColumn {
	readonly name: string;
	readonly type: ColumnType;
	readonly schemaName?: string;
	readonly label?: Labels;
	readonly description?: Labels;
	readonly required?: RequiredLevel;
	/** Neither for create nor for update: values sent for it are ignored. */
	readonly readOnly?: boolean;
	readonly create?: boolean;
	readonly update?: boolean;
	readonly maxLength?: number;
	readonly min?: number;
	readonly max?: number;
	/** Digits after the point. */
	readonly precision?: number;
	/** `Email`, `Url`, `Phone`, `Text`, `TextArea`, `DateOnly`, `DateAndTime`. */
	readonly format?: string;
	/** https://learn.microsoft.com/en-us/power-apps/developer/data-platform/behavior-format-date-time-attribute */
	readonly behavior?: 'UserLocal' | 'DateOnly' | 'TimeZoneIndependent';
	readonly options?: readonly Choice[];
	/** The name of a choice that several columns share. */
	readonly globalOptionSet?: string;
	/** Tables a lookup may point to. */
	readonly targets?: readonly string[];
	readonly defaultValue?: boolean | number;
	/** 1 calculated, 2 rollup, 3 formula. */
	readonly sourceType?: 1 | 2 | 3;
	readonly autoNumberFormat?: string;
}

/** A column as an environment holds it. */
export interface Column extends NewColumn {
	readonly schemaName: string;
	readonly label: Labels;
	readonly custom: boolean;
	readonly required: RequiredLevel;
	readonly create: boolean;
	readonly update: boolean;
	readonly maxLength: number;
	readonly precision: number;
	readonly options: readonly Choice[];
	readonly targets: readonly string[];
}

const lengths: Partial<Record<ColumnType, number>> = { String: 100, Memo: 2000 };
const precisions: Partial<Record<ColumnType, number>> = { Decimal: 2, Double: 2, Money: 2 };
const targetsOf: Partial<Record<ColumnType, readonly string[]>> = { Customer: ['account', 'contact'], Owner: ['systemuser', 'team'] };

const isCustom = (name: string): boolean => /^[a-z0-9]+_/.test(name) && !/^(address\d|msdyn|processid)_/.test(name);
const labelOf = (name: string): string => name.replace(/^[a-z0-9]+_/, '').replace(/^\w/, (letter) => letter.toUpperCase());

/** Describes one column; those with a publisher's prefix such as `new_` are custom. */
export function column(wanted: NewColumn): Column {
	const writable = !wanted.readOnly && wanted.sourceType === undefined;
	return {
		...wanted,
		schemaName: wanted.schemaName ?? wanted.name.replace(/^([a-z0-9]+_)?\w/, (start) => start.slice(0, -1) + start.slice(-1).toUpperCase()),
		label: wanted.label ?? labelOf(wanted.name),
		custom: isCustom(wanted.name),
		required: wanted.required ?? 'None',
		create: wanted.create ?? writable,
		update: wanted.update ?? writable,
		maxLength: wanted.maxLength ?? lengths[wanted.type] ?? 0,
		precision: wanted.precision ?? precisions[wanted.type] ?? 0,
		options: wanted.options ?? [],
		targets: wanted.targets ?? targetsOf[wanted.type] ?? [],
	};
}

/** Whether values of the column are references to records. */
export const isLookup = ({ type }: Pick<Column, 'type'>): boolean => type === 'Lookup' || type === 'Customer' || type === 'Owner';

/** Whether values of the column are numbers that stand for labels. */
export const isChoice = ({ type }: Pick<Column, 'type'>): boolean => type === 'Picklist' || type === 'State' || type === 'Status';

/** The name a row shows the column under: lookups are `_name_value`. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/web-api-properties#lookup-properties */
export const wireName = (one: Column): string => (isLookup(one) ? `_${one.name}_value` : one.name);

/** The navigation property that leads from a lookup to one of its targets: typed for customers, the schema name for custom lookups. */
export function navigationName(one: Column, target: string): string {
	if (one.type === 'Owner') return one.name;
	const base = one.custom ? one.schemaName : one.name;
	return one.targets.length > 1 ? `${base}_${target}` : base;
}
