import { SalesforceError } from '../http/SalesforceError';
import { objectOf } from '../metadata/resources';
import type { OrgContext } from '../org/OrgContext';
import type { ObjectSpec } from '../schema/sobject';
import { parseDateTime, toWireDateTime } from '../time';
import { ok, type ApiAnswer, type ApiRequest, type ApiResource } from './ApiResource';

/**
 * Ids of what changed and was deleted in a span of time. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_getdeleted.htm,
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_getupdated.htm
 */
export const replicationResources: ApiResource[] = [
	{ method: 'GET', path: '/sobjects/:object/deleted', kind: 'replication', handle: deleted },
	{ method: 'GET', path: '/sobjects/:object/updated', kind: 'replication', handle: updated },
];

const minute = 60_000;
const day = 86_400_000;

function deleted(request: ApiRequest): ApiAnswer {
	const object = replicated(request);
	const { org } = request;
	const earliest = Math.max(org.clock() - 15 * day, org.tables.deleteLog.trimmedAt);
	const span = spanOf(request, earliest);
	const deletedRecords = org.tables.deleteLog.of(object.name).filter(({ deletedDate }) => span.holds(deletedDate));
	return ok({ deletedRecords, earliestDateAvailable: toWireDateTime(earliest), latestDateCovered: toWireDateTime(latestCovered(org, span.to)) });
}

function updated(request: ApiRequest): ApiAnswer {
	const object = replicated(request);
	const { org } = request;
	const span = spanOf(request, org.clock() - 30 * day);
	const rows = org.tables.all(object.name).filter((row) => row.IsDeleted !== true && span.holds(row.SystemModstamp));
	return ok({ ids: rows.map(({ Id }) => Id), latestDateCovered: toWireDateTime(latestCovered(org, span.to)) });
}

function replicated(request: ApiRequest): ObjectSpec {
	const object = objectOf(request);
	if (object.replicateable) return object;
	throw new SalesforceError(400, 'INVALID_TYPE_FOR_OPERATION', `entity type ${object.name} does not support replication`);
}

/** Seconds are cut off, and both ends belong to the span. https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/polling_for_changes.htm */
function spanOf({ query }: ApiRequest, earliest: number) {
	const [from, to] = [query.start, query.end].map((text) => Math.floor((parseDateTime(text ?? '') ?? NaN) / minute) * minute);
	if (Number.isNaN(from) || Number.isNaN(to)) throw new SalesforceError(400, 'MALFORMED_QUERY', 'start and end are required');
	if (to - from <= minute) throw new SalesforceError(400, 'INVALID_REPLICATION_DATE', 'endDate must chronologically follow startDate by more than one minute');
	if (from + minute <= earliest) throw new SalesforceError(400, 'INVALID_REPLICATION_DATE', 'startDate before the earliest date available');
	return { to, holds: (wire: unknown) => between(parseDateTime(String(wire)), from, to) };
}

const between = (at: number | undefined, from: number, to: number): boolean => at !== undefined && at >= from && at <= to;

/** What a transaction under way will show is not covered: whoever goes on from here misses nothing of it. */
function latestCovered(org: OrgContext, to: number): number {
	return Math.min(to, ...[...org.openSaves].map(({ beganAt }) => Math.floor(beganAt / minute) * minute));
}
