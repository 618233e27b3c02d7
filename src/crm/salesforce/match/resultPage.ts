import type { CrmRecord, CrmValue } from '../../../model/record';
import { malformedAnswer } from '../errors/localErrors';
import { canonicalId } from '../ids';
import { isObject, textOf, type Json } from '../../json';

/** One page of a search: https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_query.htm */
export interface ResultPage {
	readonly rows: readonly Json[];
	/** Where the next page is, while there is one. */
	readonly next?: string;
}

/** Below the host only, so that an answer cannot lead the sign-in elsewhere. */
const nextPage = /^\/services\/data\/v\d+\.\d\/query(?:All)?\/[\w-]+$/;

/** Checks the body of a search. A page that says there is more but not where is refused: it would look like the end. */
export function resultPageOf(body: unknown): ResultPage {
	if (!isObject(body) || !Array.isArray(body.records) || !body.records.every(isObject)) throw malformedAnswer('a search without records');
	const nothing = body.done === undefined && body.records.length === 0;
	if (body.done === true || nothing) return { rows: body.records };
	const next = textOf(body.nextRecordsUrl);
	if (body.done !== false || next === undefined || !nextPage.test(next)) throw malformedAnswer('a page of a search without its end or its successor');
	return { rows: body.records, next };
}

/** A row with exactly the fields that were asked for, under the names they were asked by. */
export function recordOf(row: Json, entity: string, fields: readonly string[]): CrmRecord {
	const id = canonicalId(textOf(row.Id) ?? '');
	if (id === undefined) throw malformedAnswer('a record without an id');
	const byLowerName = new Map(Object.entries(row).map(([name, value]) => [name.toLowerCase(), value]));
	const values = fields.map((field) => [field, byLowerName.get(field.toLowerCase())] as const).filter((pair): pair is [string, CrmValue] => isCrmValue(pair[1]));
	return { entity, id, values: Object.fromEntries(values) };
}

/** Compound fields (addresses, places) are objects and stay out. */
function isCrmValue(value: unknown): value is CrmValue {
	return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
