import type { WriteOptions } from '../../../model/record';
import { batchRequest } from '../rest/batch';
import type { RestRequest } from '../rest/DynamicsRest';
import type { WriteRow } from './rows';

export type Rows = readonly [WriteRow, ...WriteRow[]];

/** Rows that travel in one request: all of them or none as a bulk message, or each for itself. */
export type Parcel = { readonly how: 'CreateMultiple' | 'UpdateMultiple' | 'each'; readonly rows: Rows };

/**
 * Rows of one bulk message, and operations of one batch: of these, Dataverse does one after the other, so fewer stay within its time.
 * https://learn.microsoft.com/en-us/power-apps/developer/data-platform/bulk-operations#number-of-records
 */
const mostInMultiple = 1_000;
export const mostEach = 200;
/** Bytes of one request, well below what Dataverse and proxies take. */
const mostBytes = 4_000_000;

/** Rows in as few parcels as fit, in their order: bulk messages by table where there are any, the rest together. */
export function parcelsOf(rows: readonly WriteRow[], options: WriteOptions): readonly Parcel[] {
	const groups = Map.groupBy(rows, (row) => `${bulkMessageOf(row, options) ?? ''} ${row.table.name}`);
	const alone: WriteRow[] = [];
	const parcels: Parcel[] = [];
	for (const group of groups.values()) {
		const message = bulkMessageOf(group[0], options);
		if (message === undefined || group.length === 1) alone.push(...group);
		else parcels.push(...packed(group, mostInMultiple).map((part) => ({ how: message, rows: part })));
	}
	return [...parcels, ...eachOf(alone.toSorted((one, other) => one.index - other.index))];
}

/** The rows each for itself. */
export function eachOf(rows: readonly WriteRow[]): readonly Parcel[] {
	return packed(rows, mostEach).map((part) => ({ how: 'each', rows: part }));
}

/** The rows of a refused bulk message in smaller ones. */
export function smaller({ how, rows }: Parcel): readonly Parcel[] {
	return packed(rows, mostEach).map((part) => ({ how: part.length === 1 ? 'each' : how, rows: part }));
}

/**
 * A version can be compared, and duplicate rules can be asked, only in an operation of its own: of bulk messages nothing of the kind is
 * documented. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/bulk-operations
 */
function bulkMessageOf({ kind, table, stamp }: WriteRow, { saveDespiteDuplicateAlert }: WriteOptions): 'CreateMultiple' | 'UpdateMultiple' | undefined {
	const message = kind === 'create' ? 'CreateMultiple' : 'UpdateMultiple';
	const alone = stamp !== undefined || (table.detectsDuplicates && !saveDespiteDuplicateAlert);
	return !alone && table.multiples.has(message) ? message : undefined;
}

function packed(rows: readonly WriteRow[], most: number): readonly Rows[] {
	const parts: [WriteRow, ...WriteRow[]][] = [];
	let bytes = 0;
	for (const row of rows) {
		const size = Buffer.byteLength(row.members) + 200;
		const last = parts.at(-1);
		if (last && last.length < most && bytes + size <= mostBytes) {
			last.push(row);
		} else {
			parts.push([row]);
			bytes = 0;
		}
		bytes += size;
	}
	return parts;
}

/** The request of a parcel. */
export function parcelRequest({ how, rows }: Parcel, options: WriteOptions): RestRequest {
	if (how !== 'each') return multipleRequest(how, rows);
	const requests = rows.map((row) => rowRequest(row, options));
	return requests.length === 1 ? requests[0] : batchRequest(requests);
}

/** https://learn.microsoft.com/en-us/power-apps/developer/data-platform/bulk-operations?tabs=webapi */
function multipleRequest(message: string, rows: Rows): RestRequest {
	const [{ table }] = rows;
	const type = `"@odata.type":"Microsoft.Dynamics.CRM.${table.name}"`;
	const targets = rows.map(({ id, members }) => `{${[type, ...(id === undefined ? [] : [`"${table.primaryId}":"${id}"`]), ...(members === '' ? [] : [members])].join(',')}}`);
	return {
		method: 'POST',
		path: `${table.setName}/Microsoft.Dynamics.CRM.${message}`,
		body: `{"Targets":[${targets.join(',')}]}`,
		operations: rows.length,
	};
}

function rowRequest({ kind, table, id, members, stamp }: WriteRow, options: WriteOptions): RestRequest {
	const body = `{${members}}`;
	if (kind === 'create') return { method: 'POST', path: table.setName, headers: duplicateHeader(options), body };
	// Without it, a record that is gone would be created: https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/perform-conditional-operations-using-web-api
	return { method: 'PATCH', path: `${table.setName}(${id})`, headers: { ...duplicateHeader(options), 'if-match': safeStamp(stamp) }, body };
}

/** A stamp that is none cannot be that of the record, and no text may begin another header. */
function safeStamp(stamp: string | undefined): string {
	if (stamp === undefined) return '*';
	return /^(?:W\/)?"[\x21\x23-\x7e]{0,100}"$/.test(stamp) ? stamp : 'W/"0"';
}

/** Rules are asked only when this is said. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/manage-duplicate-detection-create-update */
function duplicateHeader({ saveDespiteDuplicateAlert }: WriteOptions): Record<string, string> {
	return { 'mscrm.suppressduplicatedetection': saveDespiteDuplicateAlert ? 'true' : 'false' };
}
