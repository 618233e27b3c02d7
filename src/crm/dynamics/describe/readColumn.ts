import type { FieldDescription, FieldType, PicklistValue } from '../../../model/entity';
import { countOf, objectOf, textOf, textsOf, type Json } from '../../json';
import { labelIn } from './labels';
import type { Column, ColumnForm } from './Table';

/** What is told about a column elsewhere than in its own definition. */
export interface ColumnDetails {
	readonly sizes: ReadonlyMap<string, Json>;
	readonly choices: ReadonlyMap<string, readonly PicklistValue[]>;
	/** Tables that a lookup may point to. */
	readonly targets: ReadonlyMap<string, readonly string[]>;
	/** Navigation property by lookup and table, as `lookup table`. */
	readonly navigation: ReadonlyMap<string, string>;
	/** Columns that are an active alternate key by themselves. */
	readonly keys: ReadonlySet<string>;
}

/** https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/reference/attributetypecode */
const kinds: ReadonlyMap<string, readonly [FieldType, ColumnForm]> = new Map<string, readonly [FieldType, ColumnForm]>([
	['String', ['text', 'plain']],
	['Memo', ['text', 'plain']],
	['Integer', ['integer', 'plain']],
	['BigInt', ['other', 'plain']],
	['Decimal', ['decimal', 'plain']],
	['Double', ['decimal', 'plain']],
	['Money', ['decimal', 'plain']],
	['Boolean', ['boolean', 'plain']],
	['DateTime', ['datetime', 'plain']],
	['Picklist', ['picklist', 'choice']],
	['State', ['picklist', 'choice']],
	['Status', ['picklist', 'choice']],
	['MultiSelectPicklist', ['multipicklist', 'choices']],
	['Lookup', ['reference', 'lookup']],
	['Customer', ['reference', 'lookup']],
	['Owner', ['reference', 'lookup']],
	['Uniqueidentifier', ['other', 'plain']],
]);

/** Dataverse fills these by itself where a create leaves them out, although it calls them required. */
const filledByItself: ReadonlySet<string> = new Set(['Owner', 'State', 'Status', 'Boolean', 'Picklist', 'Uniqueidentifier']);

/**
 * One column out of its definition, or `undefined` for one that requests cannot use: the companion of another column, a file, a type
 * without a form of its own. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/reference/attributemetadata
 */
export function readColumn(definition: Json, details: ColumnDetails): Column | undefined {
	const name = textOf(definition.LogicalName);
	const dataType = dataTypeOf(definition);
	const kind = kinds.get(dataType);
	if (name === undefined || kind === undefined || textOf(definition.AttributeOf) !== undefined) return undefined;
	if (definition.IsValidODataAttribute === false || definition.IsValidForRead === false) return undefined;
	const referenceTo = kind[1] === 'lookup' ? (details.targets.get(name) ?? []) : [];
	const navigation = navigationOf(name, dataType, referenceTo, details);
	const type = typeOf(definition, dataType, kind[0], details.sizes.get(name));
	const writable = type !== 'other' && (kind[1] !== 'lookup' || navigation.size > 0);
	return {
		form: kind[1],
		readName: kind[1] === 'lookup' ? `_${name}_value` : name,
		navigation,
		secured: definition.IsSecured === true,
		field: {
			name,
			label: labelIn(definition.DisplayName) ?? name,
			type,
			...sizeOf(type, details.sizes.get(name) ?? {}),
			...rightsOf(definition, dataType, writable),
			filterable: type !== 'other' && type !== 'multipicklist' && dataType !== 'Memo',
			unique: type === 'id' || details.keys.has(name),
			externalId: details.keys.has(name),
			caseSensitive: false,
			picklist: details.choices.get(name) ?? [],
			restricted: kind[1] === 'choice' || kind[1] === 'choices',
			referenceTo,
			namedBy: namedBy(dataType, navigation),
			...(dataType === 'Owner' ? { ownedBy: 'team' } : {}),
		},
	};
}

/** Lookups to half of all tables, as that of an activity, take ids only. */
const mostKeyedTables = 5;

function namedBy(dataType: string, navigation: ReadonlyMap<string, string>): FieldDescription['namedBy'] {
	if (dataType === 'Owner') return 'owner';
	return navigation.size > 0 && navigation.size <= mostKeyedTables ? 'key' : undefined;
}

/** Choices of several say no more than `Virtual` in the older property. */
function dataTypeOf(definition: Json): string {
	const named = textOf(objectOf(definition.AttributeTypeName).Value)?.replace(/Type$/, '');
	return named !== undefined && kinds.has(named) ? named : (textOf(definition.AttributeType) ?? '');
}

const formats: Readonly<Record<string, FieldType | undefined>> = { Email: 'email', Phone: 'phone', Url: 'url' };

function typeOf(definition: Json, dataType: string, type: FieldType, size: Json = {}): FieldType {
	if (definition.IsPrimaryId === true) return 'id';
	if (dataType === 'String') return formats[textOf(objectOf(size.FormatName).Value) ?? ''] ?? type;
	if (dataType !== 'DateTime') return type;
	// https://learn.microsoft.com/en-us/power-apps/developer/data-platform/behavior-format-date-time-attribute
	const behavior = textOf(objectOf(size.DateTimeBehavior).Value);
	if (behavior === 'TimeZoneIndependent') return 'clocktime';
	return behavior === 'DateOnly' ? 'date' : 'datetime';
}

function navigationOf(name: string, dataType: string, targets: readonly string[], { navigation }: ColumnDetails): ReadonlyMap<string, string> {
	const named = (table: string) => (dataType === 'Owner' ? name : navigation.get(`${name} ${table}`));
	return new Map(targets.flatMap((table) => [named(table)].flatMap((property) => (property === undefined ? [] : [[table, property] as const]))));
}

function sizeOf(type: FieldType, size: Json): Pick<FieldDescription, 'length' | 'precision' | 'scale'> {
	if (type === 'integer') return { precision: digitsOf(size), scale: 0 };
	if (type !== 'decimal') return { length: countOf(size.MaxLength) };
	const scale = typeof size.Precision === 'number' && size.Precision >= 0 ? size.Precision : undefined;
	const digits = digitsOf(size);
	return { scale, precision: digits === undefined || scale === undefined ? undefined : digits + scale };
}

/** Digits before the point of the largest number that fits. */
function digitsOf({ MinValue, MaxValue }: Json): number | undefined {
	if (typeof MinValue !== 'number' || typeof MaxValue !== 'number') return undefined;
	return BigInt(Math.trunc(Math.max(Math.abs(MinValue), Math.abs(MaxValue)))).toString().length;
}

function rightsOf(definition: Json, dataType: string, writable: boolean): Pick<FieldDescription, 'required' | 'clearable' | 'createable' | 'updateable' | 'calculated'> {
	const calculated = (typeof definition.SourceType === 'number' && definition.SourceType > 0) || textOf(definition.AutoNumberFormat) !== undefined;
	const createable = writable && !calculated && definition.IsValidForCreate === true && definition.IsPrimaryId !== true;
	const updateable = writable && !calculated && definition.IsValidForUpdate === true && definition.IsPrimaryId !== true;
	// ApplicationRequired is a matter of forms: https://learn.microsoft.com/en-us/power-apps/developer/data-platform/entity-attribute-metadata#attribute-requirement-level
	const needed = textOf(objectOf(definition.RequiredLevel).Value) === 'SystemRequired';
	return {
		calculated,
		createable,
		updateable,
		required: needed && createable && !filledByItself.has(dataType),
		clearable: updateable && !needed && dataType !== 'Boolean' && dataType !== 'State' && dataType !== 'Status',
	};
}

/** The tables that each lookup may point to. */
export function targetsByColumn(definitions: readonly Json[]): ReadonlyMap<string, readonly string[]> {
	return new Map(definitions.flatMap((one) => [textOf(one.LogicalName)].flatMap((name) => (name === undefined ? [] : [[name, textsOf(one.Targets)] as const]))));
}
