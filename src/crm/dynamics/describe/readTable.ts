import type { EntitySummary } from '../../../model/entity';
import { isObject, listOf, objectOf, textOf, textsOf, type Json } from '../../json';
import { malformedAnswer } from '../errors/localErrors';
import { choicesByColumn } from './choices';
import { labelIn } from './labels';
import { leadConversion } from './leadConversion';
import { privilegesIn } from './privileges';
import { readColumn, targetsByColumn } from './readColumn';
import type { Catalogue, Column, Table } from './Table';

/** The answers to what was asked about one table. */
export interface TableAnswers {
	readonly table: unknown;
	/** Lists of definitions with the properties of their kinds. */
	readonly sizes: readonly Json[];
	readonly choices: readonly Json[];
	readonly lookups: readonly Json[];
	readonly multiples: Table['multiples'];
	readonly catalogue: Catalogue;
}

/** https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/reference/entitymetadata */
export function readTable(answers: TableAnswers): Table {
	const definition = objectOf(answers.table);
	const [name, setName, primaryId] = [definition.LogicalName, definition.EntitySetName, definition.PrimaryIdAttribute].map(textOf);
	if (name === undefined || setName === undefined || primaryId === undefined || !Array.isArray(definition.Attributes)) throw malformedAnswer('a table without columns');
	const columns = columnsOf(definition, answers);
	const { conversion, derived } = leadConversion(name, columns);
	const { label, createable, updateable } = summaryOf(definition, name);
	return {
		name,
		setName,
		primaryId,
		columns,
		derived,
		privileges: privilegesIn(definition),
		// An elastic table keeps the good rows of a refused message: https://learn.microsoft.com/en-us/power-apps/developer/data-platform/use-elastic-tables
		multiples: definition.TableType === 'Elastic' ? new Set() : answers.multiples,
		// https://learn.microsoft.com/en-us/power-apps/developer/data-platform/enable-disable-duplicate-detection
		detectsDuplicates: objectOf(definition.IsDuplicateDetectionEnabled).Value !== false,
		catalogue: answers.catalogue,
		description: {
			name,
			label,
			createable,
			updateable,
			labelPlural: labelIn(definition.DisplayCollectionName) ?? label,
			readable: true,
			fields: [...columns.values()].map(({ field }) => field),
			recordTypes: [],
			conversion,
		},
	};
}

function columnsOf(definition: Json, { sizes, choices, lookups }: TableAnswers): ReadonlyMap<string, Column> {
	const details = {
		sizes: new Map(sizes.flatMap((one) => [textOf(one.LogicalName)].flatMap((name) => (name === undefined ? [] : [[name, one] as const])))),
		choices: choicesByColumn(choices),
		targets: targetsByColumn(lookups),
		navigation: navigationIn(definition),
		keys: singleKeys(definition),
	};
	const columns = listOf(definition.Attributes).filter(isObject).map((attribute) => readColumn(attribute, details));
	return new Map(columns.filter((column) => column !== undefined).map((column) => [column.field.name, column]));
}

function navigationIn(definition: Json): ReadonlyMap<string, string> {
	return new Map(listOf(definition.ManyToOneRelationships).filter(isObject).flatMap((one) => {
		const [attribute, table, property] = [one.ReferencingAttribute, one.ReferencedEntity, one.ReferencingEntityNavigationPropertyName].map(textOf);
		return attribute && table && property ? [[`${attribute} ${table}`, property] as const] : [];
	}));
}

/** https://learn.microsoft.com/en-us/power-apps/developer/data-platform/define-alternate-keys-entity */
function singleKeys(definition: Json): ReadonlySet<string> {
	const active = listOf(definition.Keys).filter(isObject).filter((key) => key.EntityKeyIndexStatus === 'Active');
	return new Set(active.map((key) => textsOf(key.KeyAttributes)).filter((columns) => columns.length === 1).flat());
}

/** Tables whose records people make; those of the platform itself have another owner, or none. */
const madeByPeople: ReadonlySet<unknown> = new Set(['UserOwned', 'TeamOwned', 'OrganizationOwned']);

/** One line of the list of tables. */
export function summaryOf(definition: Json, name: string): EntitySummary {
	const writable = madeByPeople.has(definition.OwnershipType);
	return { name, label: labelIn(definition.DisplayName) ?? name, createable: writable, updateable: writable, custom: definition.IsCustomEntity === true };
}

/** The addresses of all tables. */
export function readCatalogue(definitions: readonly Json[]): Catalogue {
	return new Map(definitions.flatMap((one) => {
		const [name, setName, primaryId] = [one.LogicalName, one.EntitySetName, one.PrimaryIdAttribute].map(textOf);
		return name && setName && primaryId ? [[name, { setName, primaryId }] as const] : [];
	}));
}
