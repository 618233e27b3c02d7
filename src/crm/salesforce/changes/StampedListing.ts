import { CrmError } from '../../../model/crmError';
import type { Json } from '../../json';
import { malformedAnswer } from '../errors/localErrors';
import { resultPageOf } from '../match/resultPage';
import { readTogether, type PartAnswer } from '../rest/composite';
import { queryRequest, type RestRequest, type SalesforceRest } from '../rest/SalesforceRest';
import { fieldLiteral } from '../soql/fieldLiteral';
import { momentText } from './moments';
import { stampOf } from './versionedRows';

/** What to list. Both ends of the span belong to it; milliseconds since 1970. */
export interface Listed {
	readonly entity: string;
	/** API names, the stamp among them. */
	readonly names: readonly string[];
	readonly from: number;
	readonly to: number;
	/** What is in the recycle bin, and nothing else. */
	readonly deleted?: true;
}

/**
 * The records of an object that were saved in a span of time, in the order of their stamps.
 *
 * Pages follow a list of results, which Salesforce keeps for two days: whatever is saved meanwhile, no record of it is left out. A list that
 * has expired is asked for anew, from a stamp that was shown; records with that stamp come again, so that none is lost between two pages.
 * https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_apicursors.htm
 */
export class StampedListing {
	constructor(private readonly listed: Listed) {}

	/** The request for its first page, by itself or with others. */
	request(from = this.listed.from): RestRequest {
		const { entity, names, to, deleted } = this.listed;
		const span = `SystemModstamp >= ${dateLiteral(from)} AND SystemModstamp <= ${dateLiteral(to)}`;
		const where = deleted ? `IsDeleted = TRUE AND ${span}` : span;
		return queryRequest(`SELECT ${names.join(', ')} FROM ${entity} WHERE ${where} ORDER BY SystemModstamp, Id`, { deletedToo: deleted });
	}

	/** All its rows, given the answer to the first request; one page at least. */
	async *pages(first: PartAnswer, rest: SalesforceRest): AsyncGenerator<readonly Json[]> {
		let page = resultPageOf(bodyOf(first));
		let reached = this.listed.from;
		let resumedFrom: number | undefined;
		const seen = new Set<string>();
		for (;;) {
			yield page.rows;
			if (page.next === undefined) return;
			if (seen.has(page.next)) throw malformedAnswer('the same page of a search again and again');
			seen.add(page.next);
			reached = Math.max(reached, this.reachedBy(page.rows));
			const expired = (error: CrmError) => error.code === 'INVALID_QUERY_LOCATOR' && resumedFrom !== reached;
			const body = await unless(expired, rest.queryMore(page.next));
			if (body instanceof CrmError) resumedFrom = reached;
			page = resultPageOf(body instanceof CrmError ? bodyOf((await readTogether(rest, [this.request(reached)]))[0]) : body);
		}
	}

	/** Where to go on from. A row that was saved meanwhile bears a later stamp than its place in the list, so that one alone is no evidence. */
	private reachedBy(rows: readonly Json[]): number {
		const earliest = rows.slice(rows.length / 2).reduce((least, row) => Math.min(least, stampOf(row)), Infinity);
		return earliest <= this.listed.to ? earliest : this.listed.from;
	}
}

/** The body of an answer that was no refusal. */
export function bodyOf(answer: PartAnswer): unknown {
	if ('error' in answer) throw answer.error;
	return answer.body;
}

async function unless(expected: (error: CrmError) => boolean, reading: Promise<unknown>): Promise<unknown> {
	try {
		return await reading;
	} catch (error) {
		if (error instanceof CrmError && expected(error)) return error;
		throw error;
	}
}

function dateLiteral(at: number): string {
	const literal = fieldLiteral(momentText(at), 'datetime');
	if (literal === undefined) throw malformedAnswer('a time that is none');
	return literal;
}
