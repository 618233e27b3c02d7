import { CrmError } from '../../../model/crmError';
import { malformedAnswer } from '../errors/localErrors';
import type { Json } from '../../json';
import { largestComposite, readTogether, type PartAnswer } from '../rest/composite';
import { apiRoot, type SalesforceRest } from '../rest/SalesforceRest';
import { retrying, worthReadingAgain } from '../../retrying';
import { fitsAddress, halved, soqlOf, type SearchStatement } from '../soql/searchStatement';
import { resultPageOf } from './resultPage';

/** A statement and what it is for. */
export interface Search<Purpose> {
	readonly statement: SearchStatement;
	readonly purpose: Purpose;
	/** Its refusal is reported, not thrown. */
	readonly optional?: true;
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
		const answers = await ask(rest, asked.map(({ statement }) => statement));
		for (const [at, search] of asked.entries()) {
			const answer = answers[at];
			if ('body' in answer) yield* pages(rest, search.purpose, answer.body);
			else if (search.optional && answer.error.httpStatus === 400) yield { purpose: search.purpose, rows: [], refused: answer.error };
			else waiting.unshift(...inHalves(search, answer.error));
		}
	}
}

function inHalves<Purpose>({ statement, purpose }: Search<Purpose>, error: CrmError): readonly Search<Purpose>[] {
	const halves = tooMuchAtOnce(error) ? halved(statement) : [];
	if (halves.length === 0) throw error;
	return halves.map((half) => ({ statement: half, purpose }));
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

async function ask(rest: SalesforceRest, statements: readonly SearchStatement[]): Promise<readonly PartAnswer[]> {
	if (statements.length === 1 && fitsAddress(statements[0])) return [await askAlone(rest, statements[0])];
	return await askTogether(rest, statements);
}

async function askAlone(rest: SalesforceRest, statement: SearchStatement): Promise<PartAnswer> {
	try {
		return { body: await rest.query(soqlOf(statement)) };
	} catch (error) {
		if (error instanceof CrmError) return { error };
		throw error;
	}
}

/** Sub-requests that failed for a moment only are asked again; the others keep their answer. */
async function askTogether(rest: SalesforceRest, statements: readonly SearchStatement[]): Promise<readonly PartAnswer[]> {
	const answers = new Map<SearchStatement, PartAnswer>();
	const unanswered = () => statements.filter((statement) => !answers.has(statement) || passing(answers.get(statement)));
	const round = async () => {
		const asked = unanswered();
		const parts = asked.map((statement) => ({ method: 'GET' as const, path: `${apiRoot}/query?q=${encodeURIComponent(soqlOf(statement))}` }));
		for (const [at, answer] of (await readTogether(rest, parts)).entries()) answers.set(asked[at], answer);
		const failed = unanswered().map((statement) => answers.get(statement)).find(passing);
		if (failed) throw failed.error;
	};
	await retrying(round, rest.patience(4, worthReadingAgain));
	return statements.map((statement) => answers.get(statement) ?? { error: malformedAnswer('a part of it is missing') });
}

function passing(answer: PartAnswer | undefined): answer is { readonly error: CrmError } {
	return answer !== undefined && 'error' in answer && worthReadingAgain(answer.error);
}
