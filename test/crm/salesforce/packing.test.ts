import fc from 'fast-check';
import { collectionsOf, requestsOf, writeRequest } from '../../../src/crm/salesforce/write/packing';
import { writeRow } from '../../../src/crm/salesforce/write/rows';
import type { Mutation } from '../../../src/model/record';
import { leadId } from './ScriptedHttp';

const mutation = fc.record({ update: fc.boolean(), entity: fc.integer({ min: 0, max: 14 }), length: fc.oneof(fc.integer({ min: 0, max: 50 }), fc.constant(400_000)) });

describe('packing of writes', () => {
	it('keeps every row once, in order, within what Salesforce takes', () => {
		fc.assert(
			fc.property(fc.array(mutation, { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (shapes, times) => {
				const mutations = Array.from({ length: times }, () => shapes).flat().map(({ update, entity, length }, at): Mutation => {
					const target = { entity: `Object${entity}__c`, values: { Text: 'x'.repeat(at % 7 === 0 ? length : length % 51) } };
					return update ? { kind: 'update', id: leadId(at), ...target } : { kind: 'create', ...target };
				});
				const collections = collectionsOf(mutations.map(writeRow));
				for (const collection of collections) {
					expect(collection.length).toBeLessThanOrEqual(200);
					expect(new Set(collection.map(({ kind }) => kind)).size).toBe(1);
					const changes = collection.filter(({ entity }, at) => entity !== collection[at - 1]?.entity);
					expect(changes.length).toBeLessThanOrEqual(10);
				}
				expect(collections.flat().map(({ index }) => index).toSorted((a, b) => a - b)).toEqual(mutations.map((_, index) => index));
				const requests = requestsOf(collections);
				expect(requests.flat()).toEqual(collections);
				for (const request of requests) {
					expect(request.length).toBeLessThanOrEqual(5);
					expect(Buffer.byteLength(writeRequest(request, { runAssignmentRules: false, saveDespiteDuplicateAlert: true }).body ?? '')).toBeLessThan(5_000_000);
				}
			}),
			{ numRuns: 40 },
		);
	});
});
