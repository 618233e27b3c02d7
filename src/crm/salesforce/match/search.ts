import { CrmError } from '../../../model/crmError';
import { malformedAnswer } from '../errors/localErrors';
import type { Json } from '../../json';
import { largestComposite, readTogether, type PartAnswer } from '../rest/composite';
import { queryRequest, type RestRequest, type SalesforceRest } from '../rest/SalesforceRest';
import { fitsAddress, halved, soqlOf, type SearchStatement } from '../soql/searchStatement';
import { resultPageOf } from './resultPage';

/** A statement and what it is for. */
export interface Search<Purpose> {
	readonly statement: SearchStatement;
	readonly purpose: Purpose;
	/** Its refusal is reported, not thrown. */
	readonly optional?: true;
	/** Records in the recycle bin are found too. */
	readonly deletedToo?: true;
}

/** Some rows that a search found, or why an optional one was refused. */
export interface Found<Purpose> {
	readonly purpose: Purpose;
	readonly rows: readonly Json[];
	readonly refused?: CrmError;
}

/**
 * Runs statements in as few calls as Salesforce takes and gives every row they find, page by page. A statement that turns out too
 * complicated or too long is halved until it passes.
 */
export async function* runSearches<Purpose>(rest: SalesforceRest, searches: readonly Search<Purpose>[]): AsyncGenerator<Found<Purpose>> {
	const waiting = [...searches];
	while (waiting.length > 0) {
		const asked = waiting.splice(0, largestComposite);
		const answers = await ask(rest, asked);
		for (const [at, search] of asked.entries()) {
			const answer = answers[at];
			if ('body' in answer) yield* pages(rest, search.purpose, answer.body);
			else if (search.optional && answer.error.httpStatus === 400) yield { purpose: search.purpose, rows: [], refused: answer.error };
			else waiting.unshift(...inHalves(search, answer.error));
		}
	}
}

function inHalves<Purpose>(search: Search<Purpose>, error: CrmError): readonly Search<Purpose>[] {
	const halves = tooMuchAtOnce(error) ? halved(search.statement) : [];
	if (halves.length === 0) throw error;
	return halves.map((half) => ({ ...search, statement: half }));
}

/** https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_soslsoql.htm */
function tooMuchAtOnce({ code, httpStatus }: CrmError): boolean {
	return code === 'QUERY_TOO_COMPLICATED' || code === 'OPERATION_TOO_LARGE' || httpStatus === 414 || httpStatus === 431;
}

async function* pages<Purpose>(rest: SalesforceRest, purpose: Purpose, first: unknown): AsyncGenerator<Found<Purpose>> {
	const seen = new Set<string>();
	let page = resultPageOf(first);
	for (;;) {
		if (page.rows.length > 0) yield { purpose, rows: page.rows };
		if (page.next === undefined) return;
		if (seen.has(page.next)) throw malformedAnswer('the same page of a search again and again');
		seen.add(page.next);
		page = resultPageOf(await rest.queryMore(page.next));
	}
}

async function ask(rest: SalesforceRest, searches: ReadonlyArray<Search<unknown>>): Promise<readonly PartAnswer[]> {
	if (searches.length === 1 && fitsAddress(searches[0].statement)) return [await askAlone(rest, searches[0])];
	return await readTogether(rest, searches.map(requestOf));
}

async function askAlone(rest: SalesforceRest, search: Search<unknown>): Promise<PartAnswer> {
	try {
		return { body: await rest.read(requestOf(search)) };
	} catch (error) {
		if (error instanceof CrmError) return { error };
		throw error;
	}
}

function requestOf({ statement, deletedToo }: Search<unknown>): RestRequest {
	return queryRequest(soqlOf(statement), { deletedToo });
}
