import type { CrmAdapter } from '../../../src/model/crmAdapter';
import { CrmError, type CrmErrorKind } from '../../../src/model/crmError';
import type { MutationOutcome } from '../../../src/model/mutationOutcome';
import { watchAdapter } from '../../../src/n8n/connection/watchedAdapter';
import { strictContext } from '../../n8n/strictContext';

const error = (kind: CrmErrorKind) => new CrmError(kind, { message: `Failed: ${kind}.` });
const applied: MutationOutcome = { status: 'applied', id: '1' };
const batch = { mutations: [], options: { runAssignmentRules: false, saveDespiteDuplicateAlert: false } };

function watched(outcomes: readonly MutationOutcome[], described?: CrmError) {
	const adapter = {
		write: async () => await Promise.resolve(outcomes),
		describe: async () => (described ? await Promise.reject(described) : await Promise.resolve({})),
	};
	return watchAdapter(strictContext<CrmAdapter>(adapter));
}

describe('a watched adapter', () => {
	it('hands on what the CRM answers, and knows that it did', async () => {
		const watch = watched([applied]);
		expect(watch.answered()).toBe(false);
		expect(await watch.adapter.write(batch)).toEqual([applied]);
		expect([watch.answered(), watch.failure()]).toEqual([true, undefined]);
	});

	it.each<CrmErrorKind>(['auth', 'unavailable'])('notices that a write ended with %s, which nobody throws', async (kind) => {
		const refusal = error(kind);
		const watch = watched([applied, { status: 'refused', error: refusal }]);
		await watch.adapter.write(batch);
		expect(watch.failure()).toBe(refusal);
	});

	it('takes what is wrong with single records for no failure of the sign-in', async () => {
		const watch = watched([{ status: 'refused', error: error('validation') }, { status: 'refused', error: error('permission') }]);
		await watch.adapter.write(batch);
		expect([watch.answered(), watch.failure()]).toEqual([true, undefined]);
	});

	it.each<[CrmErrorKind, boolean]>([
		['auth', true],
		['permission', true],
		['throttled', true],
		['unavailable', true],
		['notFound', false],
		['validation', false],
		['cancelled', false],
	])('throws on a call that failed with %s; telling: %s', async (kind, telling) => {
		const failure = error(kind);
		const watch = watched([applied], failure);
		await expect(watch.adapter.describe('Lead')).rejects.toBe(failure);
		expect(watch.failure()).toBe(telling ? failure : undefined);
		await watch.adapter.write(batch);
		expect(watch.failure()).toBeUndefined();
	});
});
