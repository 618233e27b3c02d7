import { isLookup, type Choice, type Column, type ColumnType } from '../schema/column';
import { labelJson, textIn } from '../schema/labels';
import type { Table } from '../schema/table';
import type { EnvironmentContext } from '../environment/EnvironmentContext';
import { metadataId } from './metadataId';

const managed = (Value: boolean, ManagedPropertyLogicalName: string) => ({ Value, CanBeChanged: true, ManagedPropertyLogicalName });
const virtual: readonly ColumnType[] = ['MultiSelectPicklist'];

/** The metadata type a column's definition has, without the namespace. */
const typeName = (type: ColumnType): string => (type === 'Customer' || type === 'Owner' ? 'Lookup' : type === 'Uniqueidentifier' ? 'UniqueIdentifier' : type);

/** A column as EntityDefinitions shows it. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/reference/attributemetadata */
export function describeColumn(env: EnvironmentContext, table: Table, column: Column): Record<string, unknown> {
	const { language } = env;
	return {
		'@odata.type': `#Microsoft.Dynamics.CRM.${typeName(column.type)}AttributeMetadata`,
		MetadataId: metadataId(table.name, column.name),
		HasChanged: null,
		LogicalName: column.name,
		SchemaName: column.schemaName,
		EntityLogicalName: table.name,
		AttributeOf: null,
		AttributeType: virtual.includes(column.type) ? 'Virtual' : column.type,
		AttributeTypeName: { Value: column.type === 'Uniqueidentifier' ? 'UniqueidentifierType' : `${column.type}Type` },
		DisplayName: labelJson(column.label, language),
		Description: labelJson(column.description ?? '', language),
		ColumnNumber: table.columns.indexOf(column) + 1,
		DeprecatedVersion: null,
		IntroducedVersion: '5.0.0.0',
		IsCustomAttribute: column.custom,
		IsManaged: !column.custom,
		IsPrimaryId: column.name === table.primaryId,
		IsPrimaryName: column.name === table.primaryName,
		IsLogical: false,
		...rightsOf(env, table, column),
		RequiredLevel: {
			Value: column.required,
			CanBeChanged: column.required !== 'SystemRequired',
			ManagedPropertyLogicalName: 'canmodifyrequirementlevelsettings',
		},
		IsValidForAdvancedFind: managed(true, 'canmodifysearchsettings'),
		IsCustomizable: managed(true, 'iscustomizable'),
		IsRenameable: managed(true, 'isrenameable'),
		SourceType: column.sourceType ?? 0,
		FormulaDefinition: column.sourceType === undefined ? '' : '<Activity />',
		AutoNumberFormat: column.autoNumberFormat ?? '',
		...typeDetails(env, table, column),
	};
}

const rightsOf = ({ access }: EnvironmentContext, table: Table, column: Column): Record<string, unknown> => ({
	IsValidForCreate: column.create,
	IsValidForUpdate: column.update,
	IsValidForRead: true,
	IsRetrievable: true,
	IsFilterable: true,
	IsSearchable: false,
	IsValidODataAttribute: true,
	IsValidForForm: true,
	IsValidForGrid: true,
	IsRequiredForForm: false,
	IsSecured: access.isSecured(table.name, column.name),
	CanBeSecuredForCreate: column.create,
	CanBeSecuredForUpdate: column.update,
	CanBeSecuredForRead: true,
});

function typeDetails(env: EnvironmentContext, table: Table, column: Column): Record<string, unknown> {
	const { type, format, min, max } = column;
	if (type === 'String')
		return {
			MaxLength: column.maxLength,
			Format: format ?? 'Text',
			FormatName: { Value: format ?? 'Text' },
			DatabaseLength: column.maxLength * 2,
			IsLocalizable: false,
		};
	if (type === 'Memo') return { MaxLength: column.maxLength, Format: format ?? 'TextArea', FormatName: { Value: format ?? 'TextArea' }, IsLocalizable: false };
	if (type === 'Integer') return { MinValue: min ?? -2_147_483_648, MaxValue: max ?? 2_147_483_647, Format: format ?? 'None' };
	if (type === 'BigInt') return { MinValue: Number.MIN_SAFE_INTEGER, MaxValue: Number.MAX_SAFE_INTEGER };
	if (type === 'Decimal' || type === 'Double' || type === 'Money')
		return { MinValue: min ?? -100_000_000_000, MaxValue: max ?? 100_000_000_000, Precision: column.precision };
	if (type === 'DateTime')
		return {
			Format: format ?? 'DateAndTime',
			DateTimeBehavior: { Value: column.behavior ?? 'UserLocal' },
			CanChangeDateTimeBehavior: { Value: false, CanBeChanged: false, ManagedPropertyLogicalName: 'canchangedatetimebehavior' },
		};
	if (isLookup(column)) return { Targets: column.targets.filter((name) => env.schema.table(name)), Format: 'None' };
	if (type === 'Boolean') return { DefaultValue: column.defaultValue ?? false, OptionSet: booleanSet(env, table, column) };
	if (column.options.length > 0) return choiceDetails(env, table, column);
	return {};
}

function booleanSet(env: EnvironmentContext, table: Table, column: Column): object {
	const [no, yes] =
		column.options.length === 2
			? column.options
			: [
					{ value: 0, label: 'No' },
					{ value: 1, label: 'Yes' },
				];
	return {
		'@odata.type': '#Microsoft.Dynamics.CRM.BooleanOptionSetMetadata',
		...setOf(env, table, column, 'Boolean'),
		TrueOption: option(env, yes, column),
		FalseOption: option(env, no, column),
	};
}

function choiceDetails(env: EnvironmentContext, table: Table, column: Column): Record<string, unknown> {
	const kind = column.type === 'State' || column.type === 'Status' ? column.type : 'Picklist';
	const set = {
		'@odata.type': '#Microsoft.Dynamics.CRM.OptionSetMetadata',
		...setOf(env, table, column, kind),
		Options: column.options.map((one) => option(env, one, column)),
	};
	const preset = column.options.find((one) => one.default)?.value ?? -1;
	return {
		DefaultFormValue: column.type === 'Picklist' ? preset : null,
		OptionSet: column.globalOptionSet === undefined ? set : null,
		GlobalOptionSet: column.globalOptionSet === undefined ? null : set,
	};
}

function setOf(env: EnvironmentContext, table: Table, column: Column, OptionSetType: string): object {
	const Name = column.globalOptionSet ?? `${table.name}_${column.name}`;
	return {
		MetadataId: metadataId('optionset', Name),
		Name,
		OptionSetType,
		IsGlobal: column.globalOptionSet !== undefined,
		IsCustomOptionSet: column.custom,
		DisplayName: labelJson(column.label, env.language),
	};
}

function option(env: EnvironmentContext, choice: Choice, column: Column): object {
	const status = column.type === 'Status' ? { State: choice.state ?? 0, TransitionData: '' } : {};
	const state = column.type === 'State' ? { DefaultStatus: -1, InvariantName: textIn(choice.label, 1033) } : {};
	return {
		...(column.type === 'Status' ? { '@odata.type': '#Microsoft.Dynamics.CRM.StatusOptionMetadata' } : {}),
		Value: choice.value,
		Label: labelJson(choice.label, env.language),
		Description: labelJson('', env.language),
		Color: '',
		IsManaged: true,
		ExternalValue: '',
		...status,
		...state,
	};
}

/** The read-only companion that holds the label of a choice or the name of a looked-up record; no client should map it. */
export function describeCompanion(env: EnvironmentContext, table: Table, column: Column): Record<string, unknown> {
	const name = `${column.name}name`;
	return {
		...describeColumn(env, table, {
			...column,
			name,
			schemaName: `${column.schemaName}Name`,
			type: 'String',
			create: false,
			update: false,
			required: 'None',
			options: [],
		}),
		'@odata.type': `#Microsoft.Dynamics.CRM.${isLookup(column) ? 'String' : ''}AttributeMetadata`,
		AttributeOf: column.name,
		AttributeType: isLookup(column) ? 'String' : 'Virtual',
		AttributeTypeName: { Value: isLookup(column) ? 'StringType' : 'VirtualType' },
		IsLogical: true,
		IsValidODataAttribute: false,
		IsPrimaryName: false,
	};
}
