import fc from 'fast-check';
import { CrmError } from '../../../src/model/crmError';
import type { CrmAdapter } from '../../../src/model/crmAdapter';
import type { Mutation } from '../../../src/model/record';
import { allOf, leadId, scripted, type ScriptedAnswer } from './ScriptedHttp';

const id = fc.constantFrom(leadId(0), leadId(1), leadId(1).slice(0, 15), 'x', '', null);

/** A row of a collection, from right to absurd. */
const row = fc.oneof(
	fc.record({ id, success: fc.constantFrom(true, false, 'true', 1, null), errors: fc.oneof(fc.constant([]), fc.jsonValue(), fc.array(fc.record({ statusCode: fc.jsonValue(), message: fc.jsonValue(), fields: fc.jsonValue() }))) }, { requiredKeys: [] }),
	fc.jsonValue(),
);
const part = fc.record({ referenceId: fc.constantFrom('part0', 'part1', 'part2', 5), httpStatusCode: fc.constantFrom(200, 400, 500, 'x', 0), body: fc.oneof(fc.array(row, { maxLength: 3 }), fc.jsonValue()) }, { requiredKeys: [] });
const search = fc.record({ totalSize: fc.jsonValue(), done: fc.constantFrom(true, false, null, 'true'), nextRecordsUrl: fc.constantFrom('/services/data/v67.0/query/01g-2000', 'https://evil.example/', '../x', 5, null), records: fc.oneof(fc.array(fc.oneof(fc.record({ Id: id, Email: fc.jsonValue() }), fc.jsonValue()), { maxLength: 3 }), fc.jsonValue()) }, { requiredKeys: [] });
const describe_ = fc.record({ name: fc.jsonValue(), label: fc.jsonValue(), fields: fc.oneof(fc.array(fc.oneof(fc.record({ name: fc.jsonValue(), type: fc.jsonValue(), picklistValues: fc.jsonValue(), referenceTo: fc.jsonValue() }), fc.jsonValue())), fc.jsonValue()), recordTypeInfos: fc.jsonValue() });

const answer: fc.Arbitrary<ScriptedAnswer> = fc.record({
	status: fc.constantFrom(200, 200, 200, 200, 201, 204, 300, 302, 400, 401, 403, 404, 500, 503),
	body: fc.oneof(fc.jsonValue(), fc.string(), fc.array(row, { maxLength: 3 }), fc.record({ compositeResponse: fc.oneof(fc.array(part, { maxLength: 3 }), fc.jsonValue()) }), search, describe_, fc.record({ sobjects: fc.array(fc.jsonValue()) })),
	headers: fc.record({ 'sforce-limit-info': fc.string(), 'content-type': fc.constantFrom('text/html', 'text/csv', 'application/xml', 'application/json') }),
});

const queries = [{ entity: 'Lead', field: 'Email', values: ['a'], select: [] }];
const reads: ReadonlyArray<readonly [string, (adapter: CrmAdapter) => Promise<unknown>]> = [
	['identify', async (adapter) => await adapter.identify()],
	['listEntities', async (adapter) => await adapter.listEntities()],
	['describe', async (adapter) => await adapter.describe('Lead')],
	['match of one', async (adapter) => await allOf(adapter.match(queries))],
	['match of two', async (adapter) => await allOf(adapter.match([...queries, { ...queries[0], entity: 'Contact' }]))],
	['findOwners', async (adapter) => await adapter.findOwners('Lead', ['a'])],
];

describe('answers that no CRM should give', () => {
	it.each(reads)('end %s with a CrmError or a result', async (_, read) => {
		await fc.assert(
			fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 4 }), async (answers) => {
				const { adapter } = scripted((_request, at) => answers[at % answers.length], { retryDelayMs: 0 });
				const error: unknown = await read(adapter).then(
					() => undefined,
					(thrown: unknown) => thrown,
				);
				if (error !== undefined) expect(error).toBeInstanceOf(CrmError);
			}),
		);
	});

	it('never make a write look applied that Salesforce did not call a success with an id', async () => {
		const update: Mutation = { kind: 'update', entity: 'Lead', id: leadId(1), values: { LastName: 'U' } };
		const create: Mutation = { kind: 'create', entity: 'Lead', values: { LastName: 'C' } };
		const mutations = fc.constantFrom([create], [update], [create, update], [create, create]);
		await fc.assert(
			fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 4 }), mutations, async (answers, batch) => {
				const { adapter } = scripted((_request, at) => answers[at % answers.length], { retryDelayMs: 0 });
				const outcomes = await adapter.write({ mutations: batch, options: { runAssignmentRules: false, saveDespiteDuplicateAlert: false } });
				expect(outcomes).toHaveLength(batch.length);
				for (const outcome of outcomes) if (outcome.status !== 'applied') expect(outcome.error).toBeInstanceOf(CrmError);
				const said = JSON.stringify(answers);
				for (const outcome of outcomes) if (outcome.status === 'applied') {
					expect(said).toContain('"success":true');
					expect(said).toContain(outcome.id.slice(0, 15));
				}
			}),
			{ numRuns: 500 },
		);
	});

	it.each([
		[{ id: leadId(1), success: true, errors: [] }, 'applied'],
		[{ id: leadId(1).slice(0, 15), success: true }, 'applied'],
		[{ id: leadId(1), success: 'true' }, 'unknown'],
		[{ id: leadId(1), success: 1 }, 'unknown'],
		[{ id: leadId(1) }, 'unknown'],
		[{ success: true }, 'unknown'],
		[{ id: 'x', success: true }, 'unknown'],
		[{ id: leadId(1), success: false, errors: [] }, 'refused'],
		[null, 'unknown'],
	])('answer %j makes a create %s', async (result, status) => {
		const { adapter } = scripted(() => ({ body: [result] }));
		const outcomes = await adapter.write({ mutations: [{ kind: 'create', entity: 'Lead', values: {} }], options: { runAssignmentRules: false, saveDespiteDuplicateAlert: false } });
		expect(outcomes).toMatchObject([status === 'applied' ? { status, id: leadId(1) } : { status }]);
	});

	it('with a number of rows that does not fit leave every row unknown', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(row, { maxLength: 6 }), fc.integer({ min: 1, max: 6 }), async (rows, count) => {
				fc.pre(rows.length !== count);
				const { adapter } = scripted(() => ({ body: rows }));
				const mutations = Array.from({ length: count }, (): Mutation => ({ kind: 'create', entity: 'Lead', values: {} }));
				const outcomes = await adapter.write({ mutations, options: { runAssignmentRules: false, saveDespiteDuplicateAlert: false } });
				expect(outcomes.every(({ status }) => status === 'unknown')).toBe(true);
			}),
		);
	});
});
