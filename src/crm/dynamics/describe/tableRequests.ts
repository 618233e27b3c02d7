import type { RestRequest } from '../rest/DynamicsRest';

/** What is asked about one table, each in a request of its own; together they travel as one batch. */
export type TableQuestion = 'table' | 'sizes' | 'choices' | 'lookups' | 'createMultiple' | 'updateMultiple' | 'catalogue';

const tableProperties = 'LogicalName,EntitySetName,PrimaryIdAttribute,PrimaryNameAttribute,DisplayName,DisplayCollectionName,OwnershipType,TableType,Privileges,IsDuplicateDetectionEnabled';
const columnProperties =
	'LogicalName,AttributeType,AttributeTypeName,AttributeOf,DisplayName,RequiredLevel,IsValidForCreate,IsValidForRead,IsValidForUpdate,IsValidODataAttribute,IsPrimaryId,IsSecured,SourceType,AutoNumberFormat';
const options = '$select=LogicalName&$expand=OptionSet($select=Options),GlobalOptionSet($select=Options)';

/** Properties that only some kinds of columns have. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/query-metadata-web-api */
const casts: ReadonlyArray<readonly [question: TableQuestion, type: string, query: string]> = [
	['sizes', 'String', '$select=LogicalName,MaxLength,FormatName'],
	['sizes', 'Memo', '$select=LogicalName,MaxLength'],
	['sizes', 'Integer', '$select=LogicalName,MinValue,MaxValue'],
	['sizes', 'Decimal', '$select=LogicalName,MinValue,MaxValue,Precision'],
	['sizes', 'Double', '$select=LogicalName,MinValue,MaxValue,Precision'],
	['sizes', 'Money', '$select=LogicalName,MinValue,MaxValue,Precision'],
	['sizes', 'DateTime', '$select=LogicalName,Format,DateTimeBehavior'],
	['lookups', 'Lookup', '$select=LogicalName,Targets'],
	['choices', 'Picklist', options],
	['choices', 'MultiSelectPicklist', options],
	['choices', 'State', options],
	['choices', 'Status', options],
	['choices', 'Boolean', '$select=LogicalName&$expand=OptionSet($select=TrueOption,FalseOption)'],
];

/** The requests that describe a table, with what each of them answers. `table` is a checked logical name. */
export function tableRequests(table: string, withCatalogue: boolean): ReadonlyArray<{ readonly question: TableQuestion; readonly request: RestRequest }> {
	const definition = `EntityDefinitions(LogicalName='${table}')`;
	const get = (question: TableQuestion, path: string) => ({ question, request: { method: 'GET' as const, path } });
	const keys = 'Keys($select=LogicalName,KeyAttributes,EntityKeyIndexStatus)';
	const relationships = 'ManyToOneRelationships($select=ReferencingAttribute,ReferencedEntity,ReferencingEntityNavigationPropertyName)';
	return [
		get('table', `${definition}?$select=${tableProperties}&$expand=Attributes($select=${columnProperties}),${keys},${relationships}`),
		...casts.map(([question, type, query]) => get(question, `${definition}/Attributes/Microsoft.Dynamics.CRM.${type}AttributeMetadata?${query}`)),
		get('createMultiple', supports('CreateMultiple', table)),
		get('updateMultiple', supports('UpdateMultiple', table)),
		...(withCatalogue ? [get('catalogue', 'EntityDefinitions?$select=LogicalName,EntitySetName,PrimaryIdAttribute')] : []),
	];
}

/** https://learn.microsoft.com/en-us/power-apps/developer/data-platform/bulk-operations#limited-to-certain-standard-tables */
function supports(message: string, table: string): string {
	const filter = `sdkmessageid/name eq '${message}' and primaryobjecttypecode eq '${table}'`;
	return `sdkmessagefilters?$select=sdkmessagefilterid&$filter=${encodeURIComponent(filter)}`;
}
