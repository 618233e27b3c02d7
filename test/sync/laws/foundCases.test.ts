import { MemoryCrm } from '../memoryCrm';
import { person, push, told, type Input, type PushOptions } from '../pushing';

/** Cases that the laws found once. */
const dryAndReal = async (inputs: readonly Input[], options: PushOptions = {}) => {
	const results = [];
	for (const dryRun of [true, false]) results.push(await push(new MemoryCrm(), inputs, { pageSize: 1, ...options, dryRun }));
	return results.map((run) => told(run.map((result) => ({ ...result, record: undefined, candidates: [] }))));
};

test.each<[string, Input, Input, PushOptions]>([
	['an unticked checkbox of a new record', {}, { HasOptedOut: 'no' }, {}],
	['a moment with a fraction of a second', { ContactedAt__c: '2026-01-01T10:00:00.123Z' }, { ContactedAt__c: '2026-01-01T11:00:00+01:00' }, {}],
	['a record that an earlier item created, where nothing is updated', {}, {}, { mode: 'create' }],
	['a blank in a field that the earlier item left out', {}, { Phone: '' }, { emptyValues: 'clear' }],
])('dry run and run say the same of %s', async (_case, first, second, options) => {
	const [dry, real] = await dryAndReal([person('Ada', first), person('Ada', second)], options);
	expect(dry).toBe(real);
});

test('a poison value that a later item of the key overrules does not change what that item reports', async () => {
	const crm = new MemoryCrm();
	crm.add('Lead', { Email: 'ada@x.com', LastName: 'Ada', Company: 'Acme' });
	const [, last] = await push(crm, [{ Email: 'ada@x.com', LastName: 'Poison' }, person('Ada', { Phone: '1' })]);
	expect([last.status, last.changedFields]).toEqual(['updated', ['Phone']]);
});

test('a stored moment in the notation of the CRM is the match key that was written', async () => {
	const crm = new MemoryCrm();
	const input = { ContactedAt__c: '2026-01-01T10:00:00Z', LastName: 'Ada', Company: 'Acme' };
	await push(crm, [input], { matchField: 'ContactedAt__c' });
	crm.match = async function* () {
		const [{ entity, id, values }] = crm.rows;
		yield { query: 0, records: [{ entity, id, values }] };
	};
	expect((await push(crm, [input], { matchField: 'ContactedAt__c' })).map(({ status }) => status)).toEqual(['unchanged']);
});
