import type { ChangePage } from '../../../model/changeReader';
import { isObject, objectOf, type Json } from '../../json';
import type { Table } from '../describe/Table';
import { malformedAnswer } from '../errors/localErrors';
import { ownPath } from '../odata/ownPath';
import type { RestAnswer, RestRequest } from '../rest/DynamicsRest';
import type { ChangeContext } from './changeContext';
import { cursorText, isDeltaLink } from './changeCursor';
import { changePages, type RowView } from './versionedRows';

/** A reading of tracked changes whose first answer is there. */
export interface TrackedReading {
	readonly how: 'tracked';
	readonly view: RowView;
	/** The delta link that was followed, from its question mark on; none for a reading of everything. */
	readonly link?: string;
	readonly answer: RestAnswer;
}

// https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/query/page-results
const pageSize = 'odata.maxpagesize=5000';

/** The request for everything, with a link to what changes from now on. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/use-change-tracking-synchronize-data-external-systems */
export function everythingTracked({ table, readNames }: RowView): RestRequest {
	return pageRequest(`${table.setName}?$select=${readNames.join(',')}`);
}

/** The request for what changed since a delta link. */
export function changedSince(link: string, { table }: RowView): RestRequest {
	return pageRequest(`${table.setName}?${link}`, link);
}

/** What was asked for with the first page is asked for with all. */
function pageRequest(path: string, link?: string): RestRequest {
	return { method: 'GET', path, headers: { prefer: link === undefined ? `odata.track-changes,${pageSize}` : pageSize } };
}

/** Whether a delta link shows all that is to be read. */
export function showsAll(link: string, { readNames }: RowView): boolean {
	const selected = new Set(new URLSearchParams(link).get('$select')?.split(','));
	return readNames.every((name) => selected.has(name));
}

/** The pages of a reading, as they come. The link to the next reading stands on the last answer only, and dates from the first. */
export async function* trackedChanges({ view, link, answer }: TrackedReading, { rest, clock, host }: ChangeContext): AsyncGenerator<ChangePage> {
	const { table } = view;
	const seen = new Set<string>();
	for (let current = answer; ; ) {
		const at = clock.lastAnswer ?? Date.now();
		const { rows, next, delta } = answerIn(current.body, table, link);
		const cursor = delta === undefined ? undefined : cursorText({ how: 'delta', link: delta }, { host, table: table.name });
		yield* changePages(rows, view, { full: link === undefined, at, cursor });
		if (next === undefined) return;
		if (seen.has(next)) throw malformedAnswer('the same page of changes again and again');
		seen.add(next);
		current = await rest.read(pageRequest(`${table.setName}?${next}`, link));
	}
}

interface ChangeAnswer {
	readonly rows: readonly Json[];
	/** From the question mark on, as the delta link. */
	readonly next?: string;
	readonly delta?: string;
}

function answerIn(body: unknown, table: Table, followed: string | undefined): ChangeAnswer {
	const { value, '@odata.nextLink': next, '@odata.deltaLink': delta } = objectOf(body);
	if (followed !== undefined && saysNothing(body)) return { rows: [], delta: followed };
	if (!Array.isArray(value) || !value.every(isObject)) throw malformedAnswer('changes without rows');
	if (next !== undefined && next !== null) return { rows: value, next: checked(next, table) };
	if (delta === undefined && followed !== undefined && value.length === 0) return { rows: [], delta: followed };
	const link = checked(delta, table);
	if (!isDeltaLink(link)) throw malformedAnswer('changes without the link to the next ones');
	return { rows: value, delta: link };
}

/** "An empty JSON response is returned if no table changes have occurred": then the link that was followed stays good. */
function saysNothing(body: unknown): boolean {
	return isObject(body) && Object.keys(body).length === 0;
}

/** What stands behind the question mark of a link into the table. */
function checked(link: unknown, { setName }: Table): string {
	const path = ownPath(link);
	if (path?.startsWith(`${setName}?`)) return path.slice(setName.length + 1);
	throw malformedAnswer('changes without the link to the next ones');
}
