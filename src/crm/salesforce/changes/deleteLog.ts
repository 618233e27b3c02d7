import { CrmError, type CrmErrorKind } from '../../../model/crmError';
import { isObject, listOf, textOf } from '../../json';
import { malformedAnswer } from '../errors/localErrors';
import { canonicalId } from '../ids';
import type { PartAnswer } from '../rest/composite';
import { apiRoot, type RestRequest } from '../rest/SalesforceRest';
import { momentIn, momentText } from './moments';

/** What Salesforce's log of deletions is asked: deletions after `from`, which is where it was last read to, up to `to`. */
export interface LogSpan {
	readonly from: number;
	readonly to: number;
}

/** What the log tells. */
export interface LogAnswer {
	/** When each record was deleted, by id. */
	readonly deletions: Map<string, number>;
	/** The log need not be read before this again. */
	readonly covered: number;
}

const hour = 60 * 60_000;

/** Salesforce forgets deletions after so long. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_getdeleted.htm */
export const rememberedMs = 15 * 24 * hour;

/**
 * A log that has grown too long loses its oldest entries, but none younger than this: within it, a refusal of the dates has another reason,
 * and the log is asked again next time. https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/polling_for_changes.htm
 */
const neverTrimmedMs = 2 * hour;

/** Seconds are ignored, and the beginning must lie more than a minute before the end. */
export function logRequest(entity: string, { from, to }: LogSpan): RestRequest {
	const time = (at: number) => encodeURIComponent(momentText(at).replace(/\.\d+Z$/, '+00:00'));
	return { method: 'GET', path: `${apiRoot}/sobjects/${entity}/deleted/?start=${time(from)}&end=${time(to)}` };
}

/** What the log told; `undefined` when it no longer reaches back so far, or tells of more than it can list. */
export function logAnswer(answer: PartAnswer, span: LogSpan): LogAnswer | undefined {
	if ('error' in answer) return afterRefusal(answer.error, span);
	const { body } = answer;
	if (!isObject(body) || !Array.isArray(body.deletedRecords)) throw malformedAnswer('a log of deletions without records');
	const earliest = momentIn(body.earliestDateAvailable) ?? -Infinity;
	if (earliest > span.from && mayBeTrimmed(span)) return undefined;
	// A transaction under way may delete what is not covered: https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_getdeleted_getdeletedresult.htm
	const covered = momentIn(body.latestDateCovered) ?? span.from;
	return { deletions: new Map(listOf(body.deletedRecords).map(deletionIn)), covered: earliest > span.from ? span.from : Math.min(covered, span.to) };
}

/** These are about the sign-in or the moment, not about the log. */
const notOfTheLog: readonly CrmErrorKind[] = ['auth', 'permission', 'throttled', 'unavailable', 'cancelled'];

/** Some objects have no log; the recycle bin tells of their deletions, and a reading of everything now and then of the others. */
function afterRefusal(error: CrmError, span: LogSpan): LogAnswer | undefined {
	if (notOfTheLog.includes(error.kind)) throw error;
	if (error.code === 'EXCEEDED_ID_LIMIT') return undefined;
	if (error.code === 'INVALID_REPLICATION_DATE' && mayBeTrimmed(span)) return undefined;
	return { deletions: new Map(), covered: span.from };
}

function mayBeTrimmed({ from, to }: LogSpan): boolean {
	return to - from > neverTrimmedMs;
}

function deletionIn(entry: unknown): readonly [string, number] {
	const id = isObject(entry) ? canonicalId(textOf(entry.id) ?? '') : undefined;
	const at = isObject(entry) ? momentIn(entry.deletedDate) : undefined;
	if (id === undefined || at === undefined) throw malformedAnswer('a deletion that names no record or no time');
	return [id, at];
}
