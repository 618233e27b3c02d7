import { isObject, listOf, objectOf, type Json } from '../../json';
import { malformedAnswer } from '../errors/localErrors';
import { ownPath } from '../odata/ownPath';
import { readTogether } from '../rest/batch';
import type { DynamicsRest, RestRequest } from '../rest/DynamicsRest';

/** An address to read, and what for. */
export interface PathSearch<Purpose> {
	readonly path: string;
	readonly purpose: Purpose;
}

/** Some rows that a search found. */
export interface Found<Purpose> {
	readonly purpose: Purpose;
	readonly rows: readonly Json[];
}

/** So many searches travel together; each may bring a page of 5,000 rows. */
export const mostTogether = 20;

// https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/query/page-results
const pages = { prefer: 'odata.maxpagesize=5000' };

/** Runs searches in as few requests as Dataverse takes and gives every row they find, page by page. */
export async function* runSearches<Purpose>(rest: DynamicsRest, searches: readonly PathSearch<Purpose>[]): AsyncGenerator<Found<Purpose>> {
	const waiting = searches.map((search) => ({ ...search, seen: new Set<string>() }));
	while (waiting.length > 0) {
		const asked = waiting.splice(0, mostTogether);
		const answers = await readTogether(rest, asked.map(({ path }): RestRequest => ({ method: 'GET', path, headers: pages })));
		for (const [at, { purpose, seen }] of asked.entries()) {
			const answer = answers[at];
			if ('error' in answer) throw answer.error;
			const { rows, next } = pageOf(answer.body);
			if (rows.length > 0) yield { purpose, rows };
			if (next === undefined) continue;
			if (seen.has(next)) throw malformedAnswer('the same page of a search again and again');
			seen.add(next);
			waiting.push({ path: next, purpose, seen });
		}
	}
}

function pageOf(body: unknown): { readonly rows: readonly Json[]; readonly next?: string } {
	const { value, '@odata.nextLink': link } = objectOf(body);
	if (!Array.isArray(value) || !value.every(isObject)) throw malformedAnswer('a search without rows');
	if (link === undefined || link === null) return { rows: listOf(value).filter(isObject) };
	const next = ownPath(link);
	if (next === undefined) throw malformedAnswer('a page of a search without its successor');
	return { rows: value.filter(isObject), next };
}
