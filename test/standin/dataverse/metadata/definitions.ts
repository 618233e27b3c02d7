import type { ApiAnswer, ApiRequest } from '../api/ApiRequest';
import { badQuery, DataverseError, noSegment } from '../http/DataverseError';
import { describeTable } from './describeTable';
import { queryDefinitions, showDefinition, type Definition } from './queryDefinitions';

const namespace = 'Microsoft.Dynamics.CRM.';
// A cast to a base type keeps its descendants.
const enumTypes = ['PicklistAttributeMetadata', 'StateAttributeMetadata', 'StatusAttributeMetadata', 'MultiSelectPicklistAttributeMetadata'];

/** Answers `EntityDefinitions…`: tables, their columns with casts, keys and relationships. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/query-metadata-web-api */
export function definitions(request: ApiRequest): ApiAnswer {
	const { env, url, base } = request;
	const [{ key }, ...rest] = url.segments;
	const context = `${base}/$metadata#EntityDefinitions`;
	if (key === undefined) {
		const all = env.schema.all().map((table) => describeTable(env, table));
		return { status: 200, body: { '@odata.context': context, value: queryDefinitions(all, url.options, url.aliases) } };
	}
	const table = tableNamed(request, key);
	if (rest.length === 0) return { status: 200, body: { '@odata.context': `${context}/$entity`, ...showDefinition(table, url.options) } };
	return part(request, table, `${context}('${key}')`);
}

function named(key: string): (definition: Definition) => boolean {
	const byName = /^(?:LogicalName|Name)='([^']*)'$/.exec(key);
	return (definition) => (byName ? (definition.LogicalName ?? definition.Name) === byName[1] : definition.MetadataId === key.replace(/^MetadataId=/, ''));
}

function tableNamed({ env }: ApiRequest, key: string): Definition {
	const found = env.schema
		.all()
		.map((table) => describeTable(env, table))
		.find(named(key));
	if (found) return found;
	throw new DataverseError(
		404,
		'0x80041102',
		`The entity with a name = '${/'(.*)'/.exec(key)?.[1] ?? key}' with namemapping = 'Logical' was not found in the MetadataCache.`,
	);
}

function part(request: ApiRequest, table: Definition, context: string): ApiAnswer {
	const { url } = request;
	const [, { name, key }, ...rest] = url.segments;
	const items = table[name];
	if (!Array.isArray(items)) throw noSegment(name);
	const cast = rest.find((segment) => segment.name.startsWith(namespace))?.name.slice(namespace.length);
	const fitting = (items as Definition[]).filter((item) => cast === undefined || hasType(item, cast));
	if (key === undefined) return { status: 200, body: { '@odata.context': `${context}/${name}`, value: queryDefinitions(fitting, url.options, url.aliases) } };
	const item = fitting.find(named(key));
	if (!item) throw new DataverseError(404, '0x80060888', `Could not find an attribute with specified name for ${key}.`);
	if (cast === undefined) checkBaseProperties(url.options);
	const last = rest.find((segment) => !segment.name.startsWith(namespace));
	if (last && !(last.name in item)) throw noSegment(last.name);
	const shown = last ? (item[last.name] as Definition) : item;
	return { status: 200, body: { '@odata.context': `${context}/${name}/$entity`, ...showDefinition(shown, url.options) } };
}

// What only the types of columns have, so that asking for it needs a cast.
const typed =
	/\b(MaxLength|MinValue|MaxValue|Precision|Format|FormatName|OptionSet|GlobalOptionSet|Targets|DateTimeBehavior|DefaultFormValue|DefaultValue|FormulaDefinition)\b/;

function checkBaseProperties({ $select = '', $expand = '' }: Readonly<Record<string, string>>): void {
	const found = typed.exec($select) ?? typed.exec($expand);
	if (found) throw badQuery(`Could not find a property named '${found[0]}' on type 'Microsoft.Dynamics.CRM.AttributeMetadata'.`);
}

function hasType(item: Definition, wanted: string): boolean {
	const type = String(item['@odata.type'] ?? '').slice(1 + namespace.length);
	return type === wanted || (wanted === 'EnumAttributeMetadata' && enumTypes.includes(type));
}
