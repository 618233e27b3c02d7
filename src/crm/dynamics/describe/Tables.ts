import { CrmError } from '../../../model/crmError';
import type { EntitySummary } from '../../../model/entity';
import { isObject, listOf, objectOf, textOf, type Json } from '../../json';
import { malformedAnswer } from '../errors/localErrors';
import { checkedTable, noTable } from '../names';
import { readTogether, type PartAnswer } from '../rest/batch';
import type { DynamicsRest } from '../rest/DynamicsRest';
import type { DynamicsCaches } from './caches';
import { readCatalogue, readTable, summaryOf } from './readTable';
import type { Table } from './Table';
import { tableRequests, type TableQuestion } from './tableRequests';

/** The tables of an environment as one sign-in sees them: described in one request, remembered for a while. */
export class Tables {
	// What this adapter was told stays good for reading and writing, however old it grows or whoever drops it meanwhile.
	private readonly seen = new Map<string, Table>();

	constructor(
		private readonly rest: DynamicsRest,
		private readonly caches: DynamicsCaches,
		private readonly cacheKey: string,
	) {}

	/** Describes a table; from the memory of some minutes unless `fresh`. */
	async describe(name: string, fresh = false): Promise<Table> {
		const checked = checkedTable(name);
		const table = await this.caches.tables.load(this.keyOf(checked), async () => await this.load(checked, fresh), { fresh, signal: this.rest.signal });
		this.seen.set(checked, table);
		return table;
	}

	/** The table as this adapter saw it last, or described now. */
	async known(name: string): Promise<Table> {
		return this.seen.get(name) ?? (await this.describe(name));
	}

	/** Forgets what turned out wrong. */
	drop(name: string): void {
		this.caches.tables.drop(this.keyOf(name));
		this.seen.delete(name);
	}

	/** The table without a bulk message that it turned out not to have. */
	withoutMultiple(table: Table, message: 'CreateMultiple' | 'UpdateMultiple'): void {
		const less = { ...table, multiples: new Set([...table.multiples].filter((one) => one !== message)) };
		this.seen.set(table.name, less);
		this.caches.tables.set(this.keyOf(table.name), less);
	}

	/**
	 * The tables that a person works with, by label.
	 * https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/reference/entitymetadata
	 */
	async list(): Promise<readonly EntitySummary[]> {
		const select = 'LogicalName,EntitySetName,DisplayName,OwnershipType,IsCustomEntity,IsIntersect,IsPrivate,IsValidForAdvancedFind';
		const { body } = await this.rest.read({ method: 'GET', path: `EntityDefinitions?$select=${select}` });
		return valuesIn(body)
			.filter((one) => one.IsIntersect !== true && one.IsPrivate !== true && one.IsValidForAdvancedFind !== false && textOf(one.EntitySetName) !== undefined)
			.flatMap((one) => [textOf(one.LogicalName)].flatMap((name) => (name === undefined ? [] : [summaryOf(one, name)])))
			.toSorted((one, other) => one.label.localeCompare(other.label) || one.name.localeCompare(other.name));
	}

	private keyOf(name: string): string {
		return `${this.cacheKey}\n${name}`;
	}

	private async load(name: string, fresh: boolean): Promise<Table> {
		const remembered = fresh ? undefined : this.caches.catalogues.get(this.cacheKey);
		const asked = tableRequests(name, remembered === undefined);
		const answers = await readTogether(this.rest, asked.map(({ request }) => request));
		const all = (question: TableQuestion) => answers.filter((_, at) => asked[at].question === question);
		const table = bodyOf(all('table')[0], name);
		const listed = (question: TableQuestion) => all(question).flatMap((answer) => valuesIn(bodyOf(answer, name)));
		const catalogue = remembered ?? readCatalogue(listed('catalogue'));
		this.caches.catalogues.set(this.cacheKey, catalogue);
		const multiples = new Set([...(isThere(all('createMultiple')[0]) ? ['CreateMultiple' as const] : []), ...(isThere(all('updateMultiple')[0]) ? ['UpdateMultiple' as const] : [])]);
		return readTable({ table, sizes: listed('sizes'), choices: listed('choices'), lookups: listed('lookups'), multiples, catalogue });
	}
}

function bodyOf(answer: PartAnswer, name: string): unknown {
	if (!('error' in answer)) return answer.body;
	const { error } = answer;
	throw error.kind === 'notFound' && error.code === undefined ? noTable(name) : error;
}

/** Whoever may not ask gets no bulk messages, only more requests. */
function isThere(answer: PartAnswer): boolean {
	if (!('error' in answer)) return valuesIn(answer.body).length > 0;
	if (answer.error instanceof CrmError && ['auth', 'throttled', 'cancelled', 'unavailable'].includes(answer.error.kind)) throw answer.error;
	return false;
}

function valuesIn(body: unknown): readonly Json[] {
	const { value } = objectOf(body);
	if (!Array.isArray(value)) throw malformedAnswer('a list without its entries');
	return listOf(value).filter(isObject);
}
