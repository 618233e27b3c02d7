import fc from 'fast-check';
import type { Environment } from '../../standin/dataverse';
import { law } from '../../sync/laws/law';
import { newCaches } from '../../../src/crm/dynamics/describe/caches';
import { changedLead, newLead, openRig, plainOptions, type Rig } from './rig';

let rig: Rig;
/** A table is described once for each set of bulk messages. */
const caches = newCaches(() => 0);
beforeAll(async () => {
	rig = await openRig();
});
afterAll(() => rig.close());

/** Fits every request but the first ones. */
const fromThe = (nth: number) => {
	let seen = 0;
	return () => (seen += 1) >= nth;
};
const isWrite = { when: ({ method, path }: { method: string; path: string }) => method !== 'GET' && !path.startsWith('/EntityDefinitions') };
const faults: Readonly<Record<string, (of: Environment['faults']) => unknown>> = {
	none: () => undefined,
	deadlock: (of) => of.deadlock({ times: 1, ...isWrite }),
	timeout: (of) => of.sqlTimeout({ times: 1, ...isWrite }),
	limit: (of) => of.serviceProtection('concurrency', { retryAfter: 0, times: 1 }),
	laterLimit: (of) => of.serviceProtection('requests', { retryAfter: 200, when: fromThe(2) }),
	laterCut: (of) => of.resetBeforeCommit({ when: fromThe(2) }),
	longLimit: (of) => of.serviceProtection('requests', { retryAfter: 200, times: 1 }),
	cutBefore: (of) => of.resetBeforeCommit({ times: 1 }),
	cutAfter: (of) => of.resetAfterCommit({ times: 1 }),
	cutBatch: (of) => of.cutBatch({ afterParts: 2, times: 1 }),
	failed: (of) => of.serverError({ status: 500, times: 1 }),
	failedAfter: (of) => of.serverError({ status: 500, afterCommit: true, times: 1 }),
	page: (of) => of.gatewayError({ status: 504, afterCommit: true, times: 1 }),
	gatewayJson: (of) => of.gatewayError({ status: 504, form: 'json', afterCommit: true, times: 1 }),
	gatewayLate: (of) => of.gatewayError({ status: 504, form: 'json', late: true, times: 1 }),
	refused: (of) => of.failOperation({ status: 403, code: '0x80040220', message: 'no', times: 1, ...isWrite }),
};

const row = fc.record({ update: fc.boolean(), bad: fc.integer({ min: 0, max: 9 }).map((drawn) => drawn === 0) });
const world = fc.record({
	rows: fc.oneof({ weight: 6, arbitrary: fc.array(row, { minLength: 1, maxLength: 12 }) }, { weight: 1, arbitrary: fc.array(row, { minLength: 190, maxLength: 460 }) }),
	multiples: fc.constantFrom([], ['CreateMultiple'] as const, ['CreateMultiple', 'UpdateMultiple'] as const),
	fault: fc.constantFrom(...Object.keys(faults)),
});

law('what is said of each mutation is what became of it, nothing is written twice, and requests stay few', world, async ({ rows, multiples, fault }) => {
	const { env } = rig;
	for (const { leadid } of env.rows('lead')) env.remove('lead', String(leadid));
	env.setMultiple('lead', multiples);
	const old = rows.map(({ update }, at) => (update ? String(env.insert('lead', { lastname: `R${at}`, jobtitle: 'old' }).leadid) : ''));
	const adapter = rig.open({ caches, cacheKey: multiples.join() });
	await adapter.describe('lead');
	env.calls.reset();
	faults[fault](env.faults);
	const value = (bad: boolean) => ({ jobtitle: 'new', ...(bad ? { leadsourcecode: '99' } : {}) });
	const mutations = rows.map(({ update, bad }, at) => (update ? changedLead(old[at], value(bad)) : newLead(`R${at}`, value(bad))));
	const outcomes = await adapter.write({ mutations, options: plainOptions });
	env.faults.clear();
	env.finishLateWork();
	const written = Map.groupBy(env.rows('lead').filter(({ jobtitle }) => jobtitle === 'new'), ({ lastname }) => String(lastname));
	for (const [at, outcome] of outcomes.entries()) {
		const found = written.get(`R${at}`) ?? [];
		expect(found.length).toBeLessThanOrEqual(1);
		if (outcome.status === 'applied') expect(found.map(({ leadid }) => leadid)).toEqual([outcome.id]);
		if (outcome.status === 'refused') expect(found).toEqual([]);
		if (outcome.status === 'refused' && outcome.error.kind === 'validation') expect(rows[at].bad).toBe(true);
		if (rows[at].bad) expect(outcome.status).not.toBe('applied');
		else if (fault === 'none') expect(outcome.status).toBe('applied');
	}
	expect(outcomes).toHaveLength(rows.length);
	expect(env.calls.total).toBeLessThanOrEqual(12);
});
