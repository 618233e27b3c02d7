import type { EnvironmentContext } from '../environment/EnvironmentContext';
import { rights } from '../environment/SecurityRoles';
import { privilegeName } from '../records/privileges';
import { isChoice, isLookup, navigationName, type Column } from '../schema/column';
import { labelJson } from '../schema/labels';
import type { Table } from '../schema/table';
import { describeColumn, describeCompanion } from './describeColumn';
import { metadataId } from './metadataId';

const managed = (Value: boolean, ManagedPropertyLogicalName: string) => ({ Value, CanBeChanged: true, ManagedPropertyLogicalName });

/** A table as EntityDefinitions shows it, with columns, keys and relationships for `$expand`. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/reference/entitymetadata */
export function describeTable(env: EnvironmentContext, table: Table): Record<string, unknown> {
	return {
		...namesOf(env, table),
		...switchesOf(env, table),
		Privileges: privilegesOf(table),
		Attributes: columnsOf(env, table),
		Keys: keysOf(env, table),
		ManyToOneRelationships: relationshipsOf(env, table),
		OneToManyRelationships: env.schema
			.all()
			.flatMap((other) => relationshipsOf(env, other))
			.filter((one) => one.ReferencedEntity === table.name),
		ManyToManyRelationships: [],
	};
}

const namesOf = ({ language }: EnvironmentContext, table: Table): Record<string, unknown> => ({
	MetadataId: metadataId('table', table.name),
	HasChanged: null,
	LogicalName: table.name,
	SchemaName: table.schemaName,
	EntitySetName: table.setName,
	LogicalCollectionName: table.setName,
	CollectionSchemaName: `${table.schemaName}s`,
	ObjectTypeCode: table.objectTypeCode,
	PrimaryIdAttribute: table.primaryId,
	PrimaryNameAttribute: table.primaryName,
	DisplayName: labelJson(table.label, language),
	DisplayCollectionName: labelJson(table.pluralLabel, language),
	Description: labelJson('', language),
});

const ownerships = { user: 'UserOwned', organization: 'OrganizationOwned', none: 'BusinessOwned' };

const switchesOf = ({ settings }: EnvironmentContext, table: Table): Record<string, unknown> => ({
	IsCustomEntity: table.custom,
	IsManaged: !table.custom,
	IsActivity: false,
	IsIntersect: false,
	IsPrivate: false,
	IsLogicalEntity: false,
	IsBPFEntity: false,
	TableType: 'Standard',
	DataProviderId: null,
	ExternalName: null,
	OwnershipType: ownerships[table.ownership],
	IsValidForAdvancedFind: true,
	HasNotes: !table.system,
	HasActivities: !table.system,
	ChangeTrackingEnabled: table.changeTracking,
	CanChangeTrackingBeEnabled: managed(!table.system, 'canchangetrackingbeenabled'),
	IsOptimisticConcurrencyEnabled: !table.system,
	IsAuditEnabled: managed(false, 'canmodifyauditsettings'),
	IsDuplicateDetectionEnabled: managed(settings.duplicateRules.has(table.name), 'canmodifyduplicatedetectionsettings'),
	IsCustomizable: managed(true, 'iscustomizable'),
	CanCreateAttributes: managed(true, 'cancreateattributes'),
});

const privilegesOf = (table: Table): object[] =>
	rights.map((right) => ({
		Name: privilegeName(table, right),
		PrivilegeId: metadataId('privilege', right, table.name),
		PrivilegeType: right,
		CanBeBasic: table.ownership === 'user',
		CanBeDeep: table.ownership === 'user',
		CanBeGlobal: true,
		CanBeLocal: table.ownership === 'user',
		CanBeEntityReference: false,
		CanBeParentEntityReference: false,
	}));

/** Every column of a table, with the companions of choices and lookups. */
export const columnsOf = (env: EnvironmentContext, table: Table): Array<Record<string, unknown>> =>
	table.columns.flatMap((column) => [
		describeColumn(env, table, column),
		...(isChoice(column) || isLookup(column) || column.type === 'Boolean' ? [describeCompanion(env, table, column)] : []),
	]);

/** The alternate keys of a table. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/reference/entitykeymetadata */
export const keysOf = ({ language }: EnvironmentContext, table: Table): Array<Record<string, unknown>> =>
	table.keys.map((key) => ({
		MetadataId: metadataId('key', table.name, key.name),
		HasChanged: null,
		LogicalName: key.name,
		SchemaName: key.name,
		EntityLogicalName: table.name,
		KeyAttributes: [...key.columns],
		DisplayName: labelJson(key.label, language),
		EntityKeyIndexStatus: key.status,
		IsManaged: false,
		IsSynchronous: false,
		AsyncJob: null,
	}));

function relationshipsOf(env: EnvironmentContext, table: Table): Array<Record<string, unknown>> {
	const one = (column: Column, target: string) => ({
		MetadataId: metadataId('relationship', table.name, column.name, target),
		SchemaName: `${target}_${table.name}_${column.name}`,
		RelationshipType: 'OneToManyRelationship',
		IsCustomRelationship: column.custom,
		ReferencingEntity: table.name,
		ReferencingAttribute: column.name,
		ReferencingEntityNavigationPropertyName: navigationName(column, target),
		ReferencedEntity: target,
		ReferencedAttribute: env.schema.required(target).primaryId,
		ReferencedEntityNavigationPropertyName: `${target}_${table.name}_${column.name}`,
	});
	return table.columns.filter(isLookup).flatMap((column) => column.targets.filter((target) => env.schema.table(target)).map((target) => one(column, target)));
}
