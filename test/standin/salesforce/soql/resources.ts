import { SalesforceError } from '../http/SalesforceError';
import { ok, type ApiAnswer, type ApiRequest, type ApiResource } from '../rest/ApiResource';
import type { QueryPage } from './Cursors';
import { columnMetadata } from './columnMetadata';
import { runQuery } from './runQuery';
import { malformedQuery } from './SoqlError';

/** Query, queryAll and the further pages of either. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_query.htm */
export const queryResources: ApiResource[] = [
	{ method: 'GET', path: '/query', kind: 'query', handle: (request) => query(request, false) },
	{ method: 'GET', path: '/queryAll', kind: 'query', handle: (request) => query(request, true) },
	{ method: 'GET', path: '/query/:locator', kind: 'query', handle: nextPage },
	{ method: 'GET', path: '/queryAll/:locator', kind: 'query', handle: nextPage },
];

function query(request: ApiRequest, all: boolean): ApiAnswer {
	const { org, userId, version } = request;
	const soql = request.query.q;
	if (soql === undefined || soql.trim() === '') throw malformedQuery('unexpected token: <EOF>');
	const answer = runQuery({ org, userId, soql, all }, version);
	if (request.query.columns === 'true') return ok(columnMetadata(answer));
	const page = org.cursors.open(answer.records, batchSizeOf(request));
	return ok(pageBody(request, { ...page, totalSize: answer.totalSize }));
}

function nextPage(request: ApiRequest): ApiAnswer {
	const page = request.org.cursors.page(request.params.locator);
	if (!page) throw new SalesforceError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
	return ok(pageBody(request, page));
}

function pageBody({ version }: ApiRequest, { records, totalSize, next }: QueryPage): object {
	return { totalSize, done: next === undefined, ...(next ? { nextRecordsUrl: `/services/data/${version}/query/${next}` } : {}), records };
}

/** 200 to 2,000 as Sforce-Query-Options asks. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_queryoptions.htm */
function batchSizeOf({ headers }: ApiRequest): number {
	const asked = Number(/batchSize\s*=\s*(\d+)/i.exec(String(headers['sforce-query-options'] ?? ''))?.[1] ?? 2000);
	return Math.min(2000, Math.max(200, asked));
}
