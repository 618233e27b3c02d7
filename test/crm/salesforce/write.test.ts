import type { Mutation, WriteOptions } from '../../../src/model/record';
import { allOf, answerEach, apiError, leadId, nothingFound, scripted, statementsIn, type Script } from './ScriptedHttp';

const quiet: WriteOptions = { runAssignmentRules: false, saveDespiteDuplicateAlert: false };
const creates = (count: number): Mutation[] => Array.from({ length: count }, (_, at) => ({ kind: 'create', entity: 'Lead', values: { LastName: `L${at}` } }));
const updates = (count: number): Mutation[] => Array.from({ length: count }, (_, at) => ({ kind: 'update', entity: 'Lead', id: leadId(at), values: { LastName: `U${at}` } }));

interface SentRecord {
	readonly id?: string;
	readonly LastName?: string;
	readonly attributes: { readonly type: string };
}
const recordsOf = (body: unknown) => (body as { records: SentRecord[] }).records;
const numberOf = (record: SentRecord) => Number(record.LastName?.slice(1));
const asked = (path: string) => path.endsWith('/describe');
const saved = (record: SentRecord) => ({ id: record.id ?? leadId(numberOf(record)), success: true, errors: [] });
const saving: Script = (request) => answerEach(request, ({ body }) => recordsOf(body).map(saved));
const refusing = (code: string) => ({ success: false, errors: [{ statusCode: code, message: code, fields: [] }] });

describe('write', () => {
	it.each([
		[0, 0],
		[1, 1],
		[200, 1],
		[201, 1],
		[1000, 1],
		[1001, 2],
		[2500, 3],
	])('writes %i records in %i calls', async (records, calls) => {
		const { adapter } = scripted(saving);
		const outcomes = await adapter.write({ mutations: creates(records), options: quiet });
		expect(outcomes).toEqual(Array.from({ length: records }, (_, at) => ({ status: 'applied', id: leadId(at) })));
		expect(adapter.usage().callsMade).toBe(calls);
	});

	it('sends a small batch as a plain collection', async () => {
		const { adapter, http } = scripted(saving);
		await adapter.write({ mutations: creates(2), options: quiet });
		await adapter.write({ mutations: updates(2), options: quiet });
		expect(http.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /services/data/v67.0/composite/sobjects', 'PATCH /services/data/v67.0/composite/sobjects']);
	});

	it('keeps the order of mixed kinds and objects', async () => {
		const { adapter } = scripted(saving);
		const mutations = [updates(3)[2], creates(1)[0], { ...updates(2)[1], entity: 'Contact' }, ...creates(3).slice(1), updates(1)[0]];
		const outcomes = await adapter.write({ mutations, options: quiet });
		expect(outcomes.map((outcome) => outcome.status === 'applied' && outcome.id)).toEqual([2, 0, 1, 1, 2, 0].map(leadId));
		expect(adapter.usage().callsMade).toBe(1);
	});

	it.each([
		[quiet, { 'Sforce-Auto-Assign': 'FALSE' }],
		[{ runAssignmentRules: true, saveDespiteDuplicateAlert: false }, {}],
		[{ runAssignmentRules: true, saveDespiteDuplicateAlert: true }, { 'Sforce-Duplicate-Rule-Header': 'allowSave=true' }],
	])('with %j says so to Salesforce, alone and in a composite', async (options, headers) => {
		const seen: unknown[] = [];
		const { adapter } = scripted((request) => answerEach(request, ({ httpHeaders, body }) => {
			seen.push(Object.fromEntries(Object.entries(httpHeaders ?? {}).filter(([name]) => name.startsWith('Sforce'))));
			return recordsOf(body).map(saved);
		}));
		await adapter.write({ mutations: creates(1), options });
		await adapter.write({ mutations: creates(300), options });
		expect(seen).toEqual([headers, headers, headers]);
	});

	it.each([true, false])('never runs assignment rules for an update (new records: %s)', async (runAssignmentRules) => {
		const seen: unknown[] = [];
		const { adapter } = scripted((request) => answerEach(request, ({ method, httpHeaders, body }) => {
			seen.push([method, httpHeaders?.['Sforce-Auto-Assign']]);
			return recordsOf(body).map(saved);
		}));
		const options = { runAssignmentRules, saveDespiteDuplicateAlert: false };
		await adapter.write({ mutations: updates(1), options });
		await adapter.write({ mutations: [...creates(1), ...updates(1)], options });
		expect(seen).toEqual([['PATCH', 'FALSE'], ['POST', runAssignmentRules ? undefined : 'FALSE'], ['PATCH', 'FALSE']]);
	});

	it('stops no record because of another', async () => {
		const { adapter } = scripted((request) => answerEach(request, ({ body }) => recordsOf(body).map((record) => (numberOf(record) % 2 ? refusing('REQUIRED_FIELD_MISSING') : saved(record)))));
		const outcomes = await adapter.write({ mutations: creates(400), options: quiet });
		expect(outcomes.map(({ status }) => status)).toEqual(Array.from({ length: 400 }, (_, at) => (at % 2 ? 'refused' : 'applied')));
	});

	it('refuses what can be no record without sending it', async () => {
		const { adapter, http } = scripted(saving);
		const bad: Mutation[] = [
			{ kind: 'create', entity: 'Lead; DROP', values: {} },
			{ kind: 'create', entity: 'Lead', values: { 'a.b': 1 } },
			{ kind: 'create', entity: 'Lead', values: { attributes: 'User' } },
			{ kind: 'update', entity: 'Lead', id: leadId(1), values: { Id: leadId(2) } },
			{ kind: 'update', entity: 'Lead', id: 'x', values: {} },
		];
		const outcomes = await adapter.write({ mutations: [...bad, ...creates(1)], options: quiet });
		expect(outcomes.map(({ status }) => status)).toEqual(['refused', 'refused', 'refused', 'refused', 'refused', 'applied']);
		expect(http.requests).toHaveLength(1);
	});

	it('writes a locked record again, and only that', async () => {
		const sent: number[][] = [];
		const { adapter } = scripted((request, at) => answerEach(request, ({ body }) => {
			sent.push(recordsOf(body).map(numberOf));
			return recordsOf(body).map((record) => (at === 0 && numberOf(record) < 2 ? refusing('UNABLE_TO_LOCK_ROW') : saved(record)));
		}));
		const outcomes = await adapter.write({ mutations: creates(4), options: quiet });
		expect(sent).toEqual([[0, 1, 2, 3], [0, 1]]);
		expect(outcomes.every(({ status }) => status === 'applied')).toBe(true);
	});

	it('gives up on a record that stays locked after three tries', async () => {
		const { adapter, http } = scripted((request) => answerEach(request, ({ body }) => recordsOf(body).map(() => refusing('UNABLE_TO_LOCK_ROW'))));
		expect(await adapter.write({ mutations: creates(1), options: quiet })).toMatchObject([{ status: 'refused', error: { kind: 'conflict', code: 'UNABLE_TO_LOCK_ROW', transient: true } }]);
		expect(http.requests).toHaveLength(3);
	});

	it('finds the one record that makes Salesforce refuse a whole collection', async () => {
		const unreadable = apiError('JSON_PARSER_ERROR', 'Cannot deserialize instance of date from VALUE_STRING value tomorrow');
		const { adapter } = scripted((request) => {
			const judge = (body: unknown) => (recordsOf(body).some((record) => numberOf(record) === 123) ? { status: 400, body: unreadable } : { status: 200, body: recordsOf(body).map(saved) });
			if (!request.path.endsWith('/composite')) return judge(JSON.parse(request.body ?? ''));
			const { compositeRequest } = JSON.parse(request.body ?? '') as { compositeRequest: Array<{ referenceId: string; body: unknown }> };
			return { body: { compositeResponse: compositeRequest.map(({ referenceId, body }) => ({ referenceId, httpStatusCode: judge(body).status, body: judge(body).body })) } };
		});
		const outcomes = await adapter.write({ mutations: creates(1000), options: quiet });
		expect(outcomes.flatMap(({ status }, at) => (status === 'applied' ? [] : [at]))).toEqual([123]);
		expect(outcomes[123]).toMatchObject({ status: 'refused', error: { kind: 'validation', code: 'JSON_PARSER_ERROR' } });
		expect(adapter.usage().callsMade).toBeLessThanOrEqual(6);
	});

	it('does not look for an innocent record where each has the field that does not exist', async () => {
		const { adapter, http } = scripted(() => ({ status: 400, body: apiError('INVALID_FIELD', "No such column 'LastName' on sobject of type Lead") }));
		const outcomes = await adapter.write({ mutations: creates(200), options: quiet });
		expect(new Set(outcomes.map((outcome) => outcome.status === 'refused' && outcome.error.fields[0]))).toEqual(new Set(['LastName']));
		expect(http.requests).toHaveLength(1);
	});

	it('never puts text that looks like a reference into a composite', async () => {
		const { adapter, http } = scripted(saving);
		const text = '@{part0[0].id}';
		const mutations = creates(900).map((mutation, at): Mutation => (at % 300 === 5 ? { ...mutation, values: { ...mutation.values, Description: text } } : mutation));
		const outcomes = await adapter.write({ mutations, options: quiet });
		expect(outcomes.map((outcome) => outcome.status === 'applied' && outcome.id)).toEqual(mutations.map((_, at) => leadId(at)));
		expect(http.requests.filter(({ body }) => body?.includes(text)).map(({ path }) => path)).toEqual(['/services/data/v67.0/composite/sobjects']);
		expect(http.requests).toHaveLength(2);
	});

	it('waits for the answer to a write as long as Salesforce works on it, and for a read as long as the sign-in allows', async () => {
		const { adapter, http } = scripted((request, at) => (asked(request.path) ? { body: { name: 'Lead', fields: [] } } : saving(request, at)));
		await adapter.write({ mutations: creates(1), options: quiet });
		await adapter.write({ mutations: creates(300), options: quiet });
		await adapter.describe('Lead');
		expect(http.requests.map(({ timeoutMs }) => timeoutMs)).toEqual([600_000, 600_000, undefined]);
	});

	it.each([
		['INVALID_FIELD', 2],
		['INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 2],
		['REQUIRED_FIELD_MISSING', 1],
	])('describes the object afresh once Salesforce has refused a record with %s: %i descriptions', async (code, times) => {
		const { adapter, http } = scripted((request) => (asked(request.path) ? { body: { name: 'Lead', fields: [] } } : answerEach(request, ({ body }) => recordsOf(body).map(() => refusing(code)))));
		await adapter.describe('Lead');
		await adapter.write({ mutations: creates(1), options: quiet });
		await adapter.describe('lead');
		await adapter.describe('Lead');
		expect(http.requests.filter(({ path }) => asked(path))).toHaveLength(times);
	});

	it('still knows the type of a field after its description was dropped', async () => {
		const fields = [{ name: 'Born__c', type: 'date' }];
		const { adapter, http } = scripted((request, at) => {
			if (asked(request.path)) return { body: { name: 'Lead', fields } };
			return request.method === 'GET' ? { body: nothingFound } : at === 1 ? answerEach(request, () => [refusing('INVALID_FIELD')]) : {};
		});
		await adapter.describe('Lead');
		await adapter.write({ mutations: creates(1), options: quiet });
		await allOf(adapter.match([{ entity: 'Lead', field: 'Born__c', values: ['2026-01-31'], select: [] }]));
		expect(statementsIn(http.requests[2])).toEqual([expect.stringContaining('Born__c IN (2026-01-31)')]);
	});

	it('spends a bounded number of calls on a batch full of bad records', async () => {
		const { adapter, http } = scripted((request) => (request.path.endsWith('/composite') ? answerEach(request, () => null) : { status: 400, body: apiError('JSON_PARSER_ERROR') }));
		const outcomes = await adapter.write({ mutations: creates(200), options: quiet });
		expect(outcomes).toHaveLength(200);
		expect(http.requests.length).toBeLessThanOrEqual(26);
	});
});
