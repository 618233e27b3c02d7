import type { MatchQuery } from '../../../src/model/crmAdapter';
import { allOf, answerEach, apiError, leadId, nothingFound, scripted, statementsIn } from './ScriptedHttp';

const query = (more: Partial<MatchQuery> = {}): MatchQuery => ({ entity: 'Lead', field: 'Email', values: ['a@example.com'], select: ['LastName'], ...more });
const addresses = (count: number) => Array.from({ length: count }, (_, at) => `somebody.number.${at}@customer-domain.example.com`);
const searchless = (request: Parameters<typeof answerEach>[0]) => answerEach(request, () => nothingFound);

describe('match', () => {
	it('asks for one address in an address of its own', async () => {
		const { adapter, http } = scripted(searchless);
		await allOf(adapter.match([query()]));
		expect(http.requests).toMatchObject([{ method: 'GET' }]);
		expect(statementsIn(http.requests[0])).toEqual(["SELECT Id, Email, LastName FROM Lead WHERE Email IN ('a@example.com')"]);
	});

	it('asks for one e-mail on leads and contacts in one call', async () => {
		const { adapter, http } = scripted(searchless);
		await allOf(adapter.match([query(), query({ entity: 'Contact' })]));
		expect(http.requests).toHaveLength(1);
		expect(adapter.usage().callsMade).toBe(1);
	});

	it('asks for 1,000 e-mails on leads and contacts in at most two calls', async () => {
		const { adapter, http } = scripted(searchless);
		await allOf(adapter.match([query({ values: addresses(1000) }), query({ entity: 'Contact', values: addresses(1000) })]));
		expect(http.requests.length).toBeLessThanOrEqual(2);
		const statements = http.requests.flatMap(statementsIn);
		for (const entity of ['Lead', 'Contact']) expect(statements.filter((soql) => soql.includes(` FROM ${entity} `)).join().match(/@customer/g)).toHaveLength(1000);
	});

	it('asks nothing when there is nothing to look for', async () => {
		const { adapter, http } = scripted(searchless);
		expect(await allOf(adapter.match([query({ values: [] }), query({ values: [null, ''] }), query({ field: 'Id', values: ['no id'] })]))).toEqual([]);
		expect(http.requests).toHaveLength(0);
	});

	it('asks for a value once', async () => {
		const { adapter, http } = scripted(searchless);
		await allOf(adapter.match([query({ values: ['a', 'b', 'a'], select: ['lastname', 'LastName', 'Id', 'email'] })]));
		expect(statementsIn(http.requests[0])).toEqual(["SELECT Id, Email, lastname FROM Lead WHERE Email IN ('a','b')"]);
	});

	it('gives fields under the names they were asked by, and no compound', async () => {
		const { adapter } = scripted(() => ({ body: { done: true, records: [{ attributes: {}, Id: leadId(1).slice(0, 15), Email: 'A@example.com', LastName: null, Address: { city: 'X' } }] } }));
		const [page] = await allOf(adapter.match([query({ select: ['lastname', 'Address'] })]));
		expect(page).toEqual({ query: 0, records: [{ entity: 'Lead', id: leadId(1), values: { Email: 'A@example.com', lastname: null } }] });
	});

	it('follows the pages of each part of a composite', async () => {
		const row = (at: number) => ({ Id: leadId(at), Email: 'a' });
		const { adapter } = scripted((request) =>
			request.path.includes('/query/01g') ? { body: { done: true, records: [row(2)] } } : answerEach(request, ({ url }) => (url.includes('Lead') ? { done: false, nextRecordsUrl: '/services/data/v67.0/query/01gRO-2000', records: [row(1)] } : { done: true, records: [row(3)] })),
		);
		const pages = await allOf(adapter.match([query({ select: [] }), query({ entity: 'Contact', select: [] })]));
		expect(pages.map(({ query: at, records }) => [at, records[0].id])).toEqual([[0, leadId(1)], [0, leadId(2)], [1, leadId(3)]]);
	});

	it('does not take a page for the last that does not say so', async () => {
		const { adapter } = scripted(() => ({ body: { totalSize: 2, records: [{ Id: leadId(1), Email: 'a' }] } }));
		await expect(allOf(adapter.match([query({ select: [] })]))).rejects.toMatchObject({ kind: 'unavailable' });
	});

	it('ends when the same page comes again and again', async () => {
		const { adapter } = scripted(() => ({ body: { done: false, nextRecordsUrl: '/services/data/v67.0/query/01g-1', records: [] } }));
		await expect(allOf(adapter.match([query()]))).rejects.toMatchObject({ kind: 'unavailable' });
	});

	it('halves a statement that is too complicated until it passes', async () => {
		const { adapter, http } = scripted((request) => {
			const tooMuch = statementsIn(request).some((soql) => soql.split(',').length > 6);
			return request.path.endsWith('/composite')
				? { body: { compositeResponse: statementsIn(request).map((soql, at) => ({ referenceId: `part${at}`, ...(soql.split(',').length > 6 ? { httpStatusCode: 400, body: apiError('QUERY_TOO_COMPLICATED') } : { httpStatusCode: 200, body: nothingFound }) })) } }
				: tooMuch ? { status: 400, body: apiError('QUERY_TOO_COMPLICATED') } : { body: nothingFound };
		});
		await allOf(adapter.match([query({ values: addresses(16) })]));
		const passed = http.requests.flatMap(statementsIn).filter((soql) => soql.split(',').length <= 6);
		expect(passed.join().match(/@customer/g)).toHaveLength(16);
	});

	it('says so when one value alone is too complicated', async () => {
		const { adapter } = scripted(() => ({ status: 400, body: apiError('QUERY_TOO_COMPLICATED') }));
		await expect(allOf(adapter.match([query()]))).rejects.toMatchObject({ code: 'QUERY_TOO_COMPLICATED', kind: 'validation' });
	});

	it('asks the failed part of a composite again, not the others', async () => {
		const { adapter, http } = scripted((request, at) => {
			const answer = (soql: string) => (at === 0 && soql.includes('Contact') ? { httpStatusCode: 503, body: apiError('SERVER_UNAVAILABLE') } : { httpStatusCode: 200, body: nothingFound });
			return { body: { compositeResponse: statementsIn(request).map((soql, part) => ({ referenceId: `part${part}`, ...answer(soql) })) } };
		});
		await allOf(adapter.match([query(), query({ entity: 'Contact' })]));
		expect(http.requests.map((request) => statementsIn(request).length)).toEqual([2, 1]);
	});

	it('refuses unknown fields with the name of the field', async () => {
		const { adapter } = scripted(() => ({ status: 400, body: apiError('INVALID_FIELD', "\nSELECT Id, Nope__c FROM Lead\n ^\nERROR at Row:1:Column:12\nNo such column 'Nope__c' on entity 'Lead'.") }));
		await expect(allOf(adapter.match([query({ select: ['Nope__c'] })]))).rejects.toMatchObject({ kind: 'validation', fields: ['Nope__c'] });
	});

	it.each([
		[403, apiError('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'), 1],
		[403, apiError('REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.'), 4],
		[503, apiError('SERVER_UNAVAILABLE'), 4],
		[400, apiError('MALFORMED_QUERY'), 1],
	])('after %i %j asks %i times', async (status, body, times) => {
		const { adapter, http } = scripted(() => ({ status, body }));
		await expect(allOf(adapter.match([query()]))).rejects.toMatchObject({ httpStatus: status });
		expect(http.requests).toHaveLength(times);
	});
});
