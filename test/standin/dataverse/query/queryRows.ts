import { preferencesOf, type ApiAnswer, type ApiRequest, wantsAnnotation } from '../api/ApiRequest';
import { badQuery, DataverseError } from '../http/DataverseError';
import { checkPrivilege } from '../records/privileges';
import type { Row } from '../records/row';
import type { Table } from '../schema/table';
import { compareValues, compileFilter, type Property } from './evaluate';
import { parseExpand } from './expand';
import { indexedRows } from './indexedRows';
import { fromSkipToken, toSkipToken } from './paging';
import { parseFilter, type Filter } from './parseFilter';
import { readableRows } from './readValue';
import { rowProperties } from './rowProperties';
import { contextColumns, selectedColumns, showRow, type Shape } from './showRow';

const knownOptions = [
	'$select',
	'$filter',
	'$orderby',
	'$top',
	'$count',
	'$expand',
	'$skiptoken',
	'$deltatoken',
	'$apply',
	'$search',
	'savedQuery',
	'userQuery',
	'fetchXml',
	'tag',
];
const largestPage = 5000;
const mostConditions = 500;

interface Order extends Property<Row> {
	readonly descending: boolean;
}

/** What a request asks of a table: the columns to show. */
export function shapeOf(request: ApiRequest, table: Table): Shape {
	const { options } = request.url;
	return {
		table,
		select: selectedColumns(request, table, options.$select),
		expand: parseExpand(request, table, options.$expand),
		annotations: preferencesOf(request).annotations,
	};
}

/** Refuses options the service does not know. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/query/overview */
export function checkOptions({ url }: ApiRequest): void {
	for (const name of Object.keys(url.options)) {
		if (name === '$skip') throw badQuery('Skip Clause is not supported in CRM');
		if (!knownOptions.includes(name)) throw badQuery(`The query parameter ${name} is not supported`);
		if (['$apply', '$search', 'fetchXml', 'savedQuery', 'userQuery'].includes(name)) throw badQuery(`The stand-in does not know the query option ${name}.`);
	}
}

/** The rows a request asks for, filtered, in no order yet. */
export function filteredRows(request: ApiRequest, table: Table): Row[] {
	const text = request.url.options.$filter;
	if (text === undefined) return readableRows(request, table);
	const filter = parseFilter(text, request.url.aliases);
	// https://learn.microsoft.com/en-us/power-apps/developer/data-platform/fetchxml/reference/filter
	if (conditionsIn(filter) > mostConditions) throw new DataverseError(400, '0x8004430c', `Number of conditions in query exceeded maximum limit of ${mostConditions}.`);
	const test = compileFilter(filter, rowProperties(request, table));
	return (indexedRows(request, table, filter) ?? readableRows(request, table)).filter(test);
}

function conditionsIn(filter: Filter): number {
	if ('not' in filter) return conditionsIn(filter.not);
	const parts = 'and' in filter ? filter.and : 'or' in filter ? filter.or : undefined;
	return parts?.reduce((sum, part) => sum + conditionsIn(part), 0) ?? 1;
}

/** Answers a query of one table, a page at a time. */
export function queryRows(request: ApiRequest, table: Table): ApiAnswer {
	const { url, base } = request;
	checkOptions(request);
	checkPrivilege(request, table, 'Read');
	const preferences = preferencesOf(request);
	const shape = shapeOf(request, table);
	const orders = ordersOf(request, table);
	const found = filteredRows(request, table).sort((left, right) => compareRows(orders, left, right));
	const cursor = url.options.$skiptoken === undefined ? undefined : fromSkipToken(url.options.$skiptoken);
	const rest = cursor ? found.filter((row) => compareKeys(orders, keysOf(orders, row), cursor.after) > 0) : found;
	const top = preferences.pageSize === undefined ? topOf(url.options.$top) : undefined;
	const size = Math.min(top ?? largestPage, preferences.pageSize ?? largestPage);
	const rows = rest.slice(0, size);
	const more = top === undefined && rest.length > size;
	const next = more
		? {
				'@odata.nextLink': `${base}/${url.path}?${searchWithout(url.search, '$skiptoken')}$skiptoken=${toSkipToken({ page: (cursor?.page ?? 1) + 1, tracking: false, after: keysOf(orders, rows[rows.length - 1]) })}`,
			}
		: {};
	const body = {
		'@odata.context': `${base}/$metadata#${contextColumns(shape)}`,
		...counts(request, found.length, preferences.annotations),
		value: rows.map((row) => showRow(request, shape, row)),
		...next,
	};
	return { status: 200, body, headers: appliedHeader(preferences.applied) };
}

/** The header that says which preferences were followed. */
export const appliedHeader = (applied: string | undefined): Record<string, string> => (applied === undefined ? {} : { 'Preference-Applied': applied });

/** A query string without one option, ready for another. */
export function searchWithout(search: string, option: string): string {
	return search
		.split('&')
		.filter((part) => part !== '' && !decodeURIComponent(part).startsWith(`${option}=`))
		.map((part) => `${part}&`)
		.join('');
}

// The count stops at 5,000. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/query/count-rows
function counts({ url }: ApiRequest, total: number, annotations: string | undefined): Record<string, unknown> {
	const wanted = url.options.$count === 'true';
	const more = wantsAnnotation(annotations, 'Microsoft.Dynamics.CRM.totalrecordcount')
		? {
				'@Microsoft.Dynamics.CRM.totalrecordcount': wanted ? Math.min(total, largestPage) : -1,
				'@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded': wanted && total > largestPage,
			}
		: {};
	return { ...(wanted ? { '@odata.count': Math.min(total, largestPage) } : {}), ...more };
}

/** Answers `/leads/$count`: a number as text, which begins with a byte order mark. */
export function countRows(request: ApiRequest, table: Table): ApiAnswer {
	checkPrivilege(request, table, 'Read');
	return { status: 200, body: `\uFEFF${Math.min(filteredRows(request, table).length, largestPage)}`, headers: { 'Content-Type': 'text/plain' } };
}

function topOf(text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	const top = Number(text);
	if (!Number.isInteger(top) || top < 0)
		throw badQuery(`Invalid value '${text}' for $top query option found. The $top query option requires a non-negative integer value.`);
	return top;
}

function ordersOf(request: ApiRequest, table: Table): Order[] {
	const find = rowProperties(request, table);
	const wanted = (request.url.options.$orderby ?? '')
		.split(',')
		.map((part) => part.trim())
		.filter((part) => part !== '')
		.map((part): Order => {
			const [path, direction = 'asc'] = part.split(/\s+/);
			if (direction !== 'asc' && direction !== 'desc') throw badQuery(`Syntax error at position ${part.length} in '${part}'.`);
			return { ...find(path.split('/')), descending: direction === 'desc' };
		});
	// Rows that are equal come in the order of their ids, so that pages do not overlap.
	return [...wanted, { ...find([table.primaryId]), exact: true, descending: false }];
}

const keysOf = (orders: readonly Order[], row: Row): unknown[] => orders.map((order) => order.read(row) ?? null);
const compareRows = (orders: readonly Order[], left: Row, right: Row): number => compareKeys(orders, keysOf(orders, left), keysOf(orders, right));

function compareKeys(orders: readonly Order[], left: readonly unknown[], right: readonly unknown[]): number {
	for (const [index, { descending, exact }] of orders.entries()) {
		const [one, other] = [left[index], right[index]];
		const order = one === null || other === null ? Number(one !== null) - Number(other !== null) : compareValues(one, other, exact);
		if (order !== 0) return descending ? -order : order;
	}
	return 0;
}
