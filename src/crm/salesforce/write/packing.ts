import type { WriteOptions } from '../../../model/record';
import { compositeRequest, largestComposite } from '../rest/composite';
import { apiRoot, type RestRequest } from '../rest/SalesforceRest';
import type { WriteRow } from './rows';

/** Rows of one kind that go in one sObject Collections request. */
export type Collection = readonly [WriteRow, ...WriteRow[]];

// https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobjects_collections.htm
const mostRows = 200;
/** Salesforce cuts a collection where the object changes, and takes ten such chunks. */
const mostEntities = 10;
/** Bytes of one collection and of one request, well below what Salesforce and proxies take. */
const mostCollectionBytes = 1_000_000;
const mostRequestBytes = 4_500_000;

/** Rows in as few collections as fit: by kind, then by object, in their order. */
export function collectionsOf(rows: readonly WriteRow[]): readonly Collection[] {
	const alike = Map.groupBy(rows, (row) => `${row.kind} ${mustGoAlone(row)}`);
	return [...alike.values()].flatMap((group) => packed([...Map.groupBy(group, ({ entity }) => entity).values()].flat()));
}

/**
 * A composite request replaces `@{…}` inside values by parts of other answers, so text like that goes in a plain collection.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/requests_composite.htm
 */
function mustGoAlone({ json }: WriteRow): boolean {
	return json.includes('@{');
}

function packed(rows: readonly WriteRow[]): readonly Collection[] {
	const collections: [WriteRow, ...WriteRow[]][] = [];
	let bytes = 0;
	let entities = new Set<string>();
	for (const row of rows) {
		const last = collections.at(-1);
		const size = Buffer.byteLength(row.json);
		if (last && last.length < mostRows && bytes + size <= mostCollectionBytes && (entities.has(row.entity) || entities.size < mostEntities)) {
			last.push(row);
		} else {
			collections.push([row]);
			bytes = 0;
			entities = new Set();
		}
		bytes += size;
		entities.add(row.entity);
	}
	return collections;
}

/** Collections in as few requests as Salesforce takes, each one call. */
export function requestsOf(collections: readonly Collection[]): readonly (readonly Collection[])[] {
	const requests: Collection[][] = [];
	let bytes = 0;
	for (const collection of collections) {
		const size = collection.reduce((sum, { json }) => sum + Buffer.byteLength(json), 0);
		const last = requests.at(-1);
		const together = last && !mustGoAlone(last[0][0]) && !mustGoAlone(collection[0]);
		if (together && last.length < largestComposite && bytes + size <= mostRequestBytes) {
			last.push(collection);
		} else {
			requests.push([collection]);
			bytes = 0;
		}
		bytes += size;
	}
	return requests;
}

/** One collection alone, or several as parts of one composite. */
export function writeRequest(collections: readonly Collection[], options: WriteOptions): RestRequest {
	const parts = collections.map((collection): RestRequest => ({
		method: collection[0].kind === 'create' ? 'POST' : 'PATCH',
		path: `${apiRoot}/composite/sobjects`,
		headers: writeHeaders(collection[0].kind, options),
		body: `{"allOrNone":false,"records":[${collection.map(({ json }) => json).join(',')}]}`,
	}));
	return parts.length === 1 ? parts[0] : compositeRequest(parts);
}

function writeHeaders(kind: WriteRow['kind'], { runAssignmentRules, saveDespiteDuplicateAlert }: WriteOptions): Record<string, string> {
	return {
		// Without it, active rules choose the owner of created and of updated records: https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_autoassign.htm
		...(runAssignmentRules && kind === 'create' ? {} : { 'Sforce-Auto-Assign': 'FALSE' }),
		// https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_duplicaterules.htm
		...(saveDespiteDuplicateAlert ? { 'Sforce-Duplicate-Rule-Header': 'allowSave=true' } : {}),
	};
}
