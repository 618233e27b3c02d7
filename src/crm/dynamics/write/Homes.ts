import type { CrmError } from '../../../model/crmError';
import type { ExpiringCache } from '../../ExpiringCache';
import { listOf, objectOf, textOf } from '../../json';
import { canonicalId } from '../guids';
import { searchPaths } from '../odata/searchPaths';
import { readTogether } from '../rest/batch';
import type { DynamicsRest } from '../rest/DynamicsRest';
import type { Catalogue } from '../describe/Table';
import { mostTogether } from '../match/runSearches';

/** An id, and the tables that it may belong to. */
export interface Homeless {
	readonly id: string;
	readonly tables: readonly string[];
}

/** Finds out to which table a record belongs: a lookup may point to several, and has another address in each. */
export class Homes {
	constructor(
		private readonly rest: DynamicsRest,
		private readonly cache: ExpiringCache<string>,
		private readonly cacheKey: string,
	) {}

	of(id: string): string | undefined {
		return this.cache.get(this.keyOf(id));
	}

	/** Looks for those that are not known yet, in as few requests as Dataverse takes. */
	async find(homeless: readonly Homeless[], catalogue: Catalogue): Promise<void> {
		const unknown = homeless.filter(({ id }) => this.of(id) === undefined);
		const tables = [...new Set(unknown.flatMap((one) => one.tables))];
		const searches = tables.flatMap((table) => {
			const address = catalogue.get(table);
			if (!address) return [];
			const { setName, primaryId } = address;
			const literals = [...new Set(unknown.filter((one) => one.tables.includes(table)).map(({ id }) => id))];
			return searchPaths({ setName, select: [primaryId], names: [primaryId], literals }).map((path) => ({ table, primaryId, path }));
		});
		for (let start = 0; start < searches.length; start += mostTogether) {
			const asked = searches.slice(start, start + mostTogether);
			const answers = await readTogether(this.rest, asked.map(({ path }) => ({ method: 'GET' as const, path })));
			for (const [at, { table, primaryId }] of asked.entries()) this.note(table, primaryId, answers[at]);
		}
	}

	/** A table that the user may not read, or that cannot be searched at all, holds nothing for this user. But a search that is too large tells nothing of it. */
	private note(table: string, primaryId: string, answer: Awaited<ReturnType<typeof readTogether>>[number]): void {
		if ('error' in answer) {
			if (['permission', 'notFound', 'validation'].includes(answer.error.kind) && !isTooLarge(answer.error)) return;
			throw answer.error;
		}
		for (const row of listOf(objectOf(answer.body).value)) {
			const id = canonicalId(textOf(objectOf(row)[primaryId]) ?? '');
			if (id !== undefined) this.cache.set(this.keyOf(id), table);
		}
	}

	private keyOf(id: string): string {
		return `${this.cacheKey}\n${id}`;
	}
}

/** https://learn.microsoft.com/en-us/power-apps/developer/data-platform/reference/web-service-error-codes */
function isTooLarge({ code, httpStatus }: CrmError): boolean {
	return code === '0x8004430c' || httpStatus === 413 || httpStatus === 414;
}
