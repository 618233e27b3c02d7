import fc from 'fast-check';
import { callApi } from './callApi';
import { startStandin, type Org, type Standin } from './index';
import { keyOfValue, Tables } from './salesforce/records/Tables';

interface Result {
	readonly id?: string;
	readonly success: boolean;
	readonly errors: ReadonlyArray<{ statusCode: string; message: string }>;
}

describe('collections and composite requests', () => {
	let standin: Standin;
	let org: Org;
	const attributes = { type: 'Lead' };
	const good = { attributes, LastName: 'Good', Company: 'A' };
	const bad = { attributes, LastName: 'Bad' };

	const post = async (body: object) => await callApi(org, 'POST', '/composite/sobjects', { body });
	const codes = (results: unknown) => (results as Result[]).map((result) => (result.success ? 'ok' : result.errors[0].statusCode));

	beforeEach(async () => {
		standin = await startStandin();
		org = await standin.createOrg();
	});
	afterEach(async () => await standin.close());

	it('keep the good rows, or none when asked for all', async () => {
		expect(codes((await post({ records: [good, bad, good] })).body)).toEqual(['ok', 'REQUIRED_FIELD_MISSING', 'ok']);
		expect(org.rows('Lead')).toHaveLength(2);
		const answer = await post({ allOrNone: true, records: [good, bad, good] });
		expect(answer.status).toBe(200);
		expect(codes(answer.body)).toEqual(['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'REQUIRED_FIELD_MISSING', 'ALL_OR_NONE_OPERATION_ROLLED_BACK']);
		expect(answer.body).not.toHaveProperty([0, 'id']);
		expect(org.rows('Lead')).toHaveLength(2);
	});

	it('take at most 200 rows and ten chunks', async () => {
		expect(await post({ records: Array.from({ length: 201 }, () => good) })).toMatchObject({ status: 400, body: [{ errorCode: 'EXCEEDED_ID_LIMIT' }] });
		const mixed = Array.from({ length: 11 }, (_, index) => (index % 2 ? good : { attributes: { type: 'Contact' }, LastName: 'X' }));
		expect(await post({ records: mixed })).toMatchObject({ status: 400, body: [{ errorCode: 'LIMIT_EXCEEDED' }] });
		expect(org.rows('Lead')).toEqual([]);
	});

	it('refuse the second row with the same id', async () => {
		const id = String(org.insert('Lead', { LastName: 'A', Company: 'A' }).Id);
		const answer = await callApi(org, 'PATCH', '/composite/sobjects', { body: { records: [{ attributes, id, Title: 'x' }, { attributes, id: id.slice(0, 15), Title: 'y' }] } });
		expect(codes(answer.body)).toEqual(['ok', 'DUPLICATE_VALUE']);
		expect(org.row('Lead', id)).toMatchObject({ Title: 'x' });
	});

	it('refuse all rows of an upsert that share a key', async () => {
		const records = ['a', 'A', 'b'].map((key) => ({ ...good, External_Id__c: key }));
		const answer = await callApi(org, 'PATCH', '/composite/sobjects/Lead/External_Id__c', { body: { records } });
		expect(codes(answer.body)).toEqual(['DUPLICATE_VALUE', 'DUPLICATE_VALUE', 'ok']);
		expect(answer.body).toHaveProperty([1, 'errors', 0, 'message'], 'Duplicate external id specified: a');
	});

	it('upsert, read and delete in the order asked', async () => {
		const upserted = await callApi(org, 'PATCH', '/composite/sobjects/Lead/External_Id__c', { body: { records: [{ ...good, External_Id__c: '1' }, { ...bad, External_Id__c: '2' }, good] } });
		expect(codes(upserted.body)).toEqual(['ok', 'REQUIRED_FIELD_MISSING', 'MISSING_ARGUMENT']);
		const [{ id }] = upserted.body as Result[];
		const read = await callApi(org, 'POST', '/composite/sobjects/Lead', { body: { ids: ['00Q000000000001EAA', id], fields: ['LastName'] } });
		expect(read.body).toEqual([null, { attributes: { type: 'Lead', url: `/services/data/v65.0/sobjects/Lead/${id}` }, LastName: 'Good' }]);
		const deleted = await callApi(org, 'DELETE', `/composite/sobjects?ids=${id},${id}&allOrNone=false`);
		expect(codes(deleted.body)).toEqual(['ok', 'DUPLICATE_VALUE']);
	});

	it('make one unreadable value refuse the whole request', async () => {
		expect(await post({ records: [good, { ...good, Score__c: 'x' }] })).toMatchObject({ status: 400, body: [{ errorCode: 'JSON_PARSER_ERROR' }] });
		expect(org.rows('Lead')).toEqual([]);
	});

	it('roll a composite request back as a whole', async () => {
		const part = (referenceId: string, body: object) => ({ method: 'POST', url: '/services/data/v65.0/sobjects/Lead', referenceId, body });
		const answer = await callApi(org, 'POST', '/composite', { body: { allOrNone: true, compositeRequest: [part('a', { LastName: 'A', Company: 'A' }), part('b', {}), part('c', { LastName: 'C', Company: 'C' })] } });
		expect(answer).toMatchObject({ status: 200, body: { compositeResponse: [{ httpStatusCode: 400, body: [{ errorCode: 'PROCESSING_HALTED' }] }, { body: [{ errorCode: 'REQUIRED_FIELD_MISSING' }] }, { body: [{ errorCode: 'PROCESSING_HALTED' }] }] } });
		expect(org.rows('Lead')).toEqual([]);
	});

	it('carry answers onward inside a composite request, queries included', async () => {
		const compositeRequest = [
			{ method: 'POST', url: '/services/data/v65.0/sobjects/Account', referenceId: 'made', body: { Name: 'Acme & Co' } },
			{ method: 'GET', url: "/services/data/v65.0/query?q=SELECT+Id,Name+FROM+Account+WHERE+Id='@{made.id}'", referenceId: 'found' },
			{ method: 'PATCH', url: '/services/data/v65.0/sobjects/Account/@{found.records[0].Id}', referenceId: 'changed', body: { AccountNumber: '7' } },
			{ method: 'GET', url: '/services/data/v65.0/sobjects/Account/@{nothing.id}', referenceId: 'lost' },
		];
		const { body } = await callApi(org, 'POST', '/composite', { body: { compositeRequest } });
		expect((body as { compositeResponse: Array<{ httpStatusCode: number }> }).compositeResponse.map((part) => part.httpStatusCode)).toEqual([201, 200, 204, 400]);
		expect(org.rows('Account')).toMatchObject([{ AccountNumber: '7' }]);
	});

	it('limit the parts of a composite request', async () => {
		const query = (referenceId: string) => ({ method: 'GET', url: '/services/data/v65.0/query?q=SELECT+Id+FROM+Lead', referenceId });
		const send = async (count: number) => await callApi(org, 'POST', '/composite', { body: { compositeRequest: Array.from({ length: count }, (_, index) => query(`r${index}`)) } });
		expect((await send(5)).body).not.toHaveProperty(['compositeResponse', 0, 'body', 0]);
		expect((await send(6)).body).toMatchObject({ compositeResponse: [{ httpStatusCode: 400, referenceId: null, body: [{ errorCode: 'LIMIT_EXCEEDED' }] }] });
	});

	it('run a batch of independent requests', async () => {
		const batchRequests = [{ method: 'GET', url: 'v65.0/sobjects/Nope' }, { method: 'POST', url: 'v65.0/sobjects/Lead', richInput: { LastName: 'A', Company: 'A' } }];
		org.resetCalls();
		expect(await callApi(org, 'POST', '/composite/batch', { body: { batchRequests } })).toMatchObject({ status: 200, body: { hasErrors: true, results: [{ statusCode: 404 }, { statusCode: 201 }] } });
		expect(org.calls.total).toBe(2);
	});
});

describe('the tables of an org', () => {
	it('are as before when a piece of work is taken back, indexes included', () => {
		const write = fc.record({ id: fc.constantFrom('1', '2', '3'), key: fc.constantFrom('a', 'A', 'b', null), purge: fc.boolean() });
		fc.assert(fc.property(fc.array(write), fc.array(write), (kept, undone) => {
			const tables = new Tables();
			const apply = (writes: typeof kept) => writes.forEach(({ id, key, purge }) => (purge ? tables.purge('X', id) : tables.put('X', { Id: id, key })));
			const found = () => ['a', 'b', ''].map((key) => tables.idsWith('X', { field: 'key', exact: false }, key).sort());
			found();
			apply(kept);
			const before = { rows: tables.all('X').map((row) => JSON.stringify(row)).sort(), found: found() };
			tables.atomically(() => apply(undone), () => false);
			expect({ rows: tables.all('X').map((row) => JSON.stringify(row)).sort(), found: found() }).toEqual(before);
			const scanned = ['a', 'b', ''].map((key) => tables.all('X').filter((row) => keyOfValue(false)(row.key) === key).map((row) => row.Id).sort());
			expect(found()).toEqual(scanned);
		}));
	});
});
