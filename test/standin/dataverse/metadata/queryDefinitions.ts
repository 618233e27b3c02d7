import { badQuery } from '../http/DataverseError';
import { compileFilter, type FindProperty } from '../query/evaluate';
import { expandPart, splitOutside } from '../query/expand';
import { parseFilter } from '../query/parseFilter';

/** A definition as JSON. */
export type Definition = Record<string, unknown>;

// What a definition shows only when it is expanded.
const expanded = ['Attributes', 'Keys', 'ManyToOneRelationships', 'OneToManyRelationships', 'ManyToManyRelationships', 'OptionSet', 'GlobalOptionSet'];

const property: FindProperty<Definition> = (path) => ({
	kind: 'any',
	exact: true,
	read: (subject) => path.reduce<unknown>((value, name) => (typeof value === 'object' && value !== null ? (value as Definition)[name] : undefined), subject),
});

/** The options of a query of definitions. */
export type Options = Readonly<Record<string, string>>;

/** Chooses and shapes definitions by `$filter`, `$select` and `$expand`. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/query-metadata-web-api */
export function queryDefinitions(definitions: readonly Definition[], options: Options, aliases: Options = {}): Definition[] {
	if (options.$orderby !== undefined || options.$skip !== undefined) throw badQuery('The query option is not supported for definitions.');
	const test = options.$filter === undefined ? () => true : compileFilter(parseFilter(options.$filter, aliases), property);
	return definitions.filter(test).map((definition) => showDefinition(definition, options));
}

/** One definition as a query shows it; its id always comes along. */
export function showDefinition(definition: Definition, options: Options): Definition {
	const names = options.$select?.split(',').map((name) => name.trim());
	const wrong = names?.find((name) => !(name in definition));
	if (wrong !== undefined)
		throw badQuery(
			`Could not find a property named '${wrong}' on type 'Microsoft.Dynamics.CRM.${String(definition['@odata.type'] ?? 'EntityMetadata').replace(/^#Microsoft.Dynamics.CRM./, '')}'.`,
		);
	const shown = Object.fromEntries(
		Object.entries(definition).filter(
			([name]) => !expanded.includes(name) && (!names || names.includes(name) || name === 'MetadataId' || name === '@odata.type'),
		),
	);
	for (const part of splitOutside(options.$expand ?? '', ',')) {
		const { name, options: inner } = expandPart(part);
		if (!(name in definition)) throw badQuery(`Could not find a property named '${name}' on type 'Microsoft.Dynamics.CRM.EntityMetadata'.`);
		const value = definition[name];
		shown[name] = Array.isArray(value) ? queryDefinitions(value as Definition[], inner) : value === null ? null : showDefinition(value as Definition, inner);
	}
	return shown;
}
