import fc from 'fast-check';
import { CrmError } from '../../../src/model/crmError';
import { contact, field, lead } from '../entities';
import { MemoryCrm, type Fault } from '../memoryCrm';
import { push } from '../pushing';
import { law } from './law';
import { crmOf, faults, inject, worlds, type World } from './worlds';

const broken = () => new CrmError('unavailable', { message: 'The CRM is down.' });
const keyOf = ({ Email }: World['inputs'][number]) => String(Email).trim().toLowerCase();
const failingSearches = fc.array(fc.integer({ min: 2, max: 8 }), { maxLength: 2 });
const upsert = { mode: 'upsert', target: 'create' } as const;

/** Runs as n8n's Retry On Fail does: again from the start when the node failed as a whole. */
async function pushStubbornly(crm: MemoryCrm, world: World, planned: readonly (Fault | undefined)[], failing: readonly number[]) {
	inject(crm, planned);
	crm.matchFault = (call) => (failing.includes(call) ? broken() : undefined);
	for (let attempt = 0; ; attempt++) {
		try {
			return await push(crm, world.inputs, { pageSize: world.pageSize, ...world.settings });
		} catch (error) {
			if (!(error instanceof CrmError) || attempt > 9) throw error;
		}
	}
}

function leadsByKey(crm: MemoryCrm): Map<unknown, number> {
	const counts = new Map<unknown, number>();
	for (const { entity, values } of crm.rows) if (entity === 'Lead') counts.set(values.Email, (counts.get(values.Email) ?? 0) + 1);
	return counts;
}

law('whatever fails, every item has exactly one result, in order', fc.tuple(worlds, faults, failingSearches), async ([world, planned, failing]) => {
	const results = await pushStubbornly(crmOf(world), world, planned, failing);
	expect(results.map(({ index }) => index)).toEqual(world.inputs.map((_, index) => index));
});

const runs = fc.array(fc.tuple(faults, failingSearches), { minLength: 1, maxLength: 4 });

law('no sequence of lost replies, refusals and repeated runs makes a duplicate', fc.tuple(worlds, runs), async ([drawn, planned]) => {
	const world = { ...drawn, settings: { ...drawn.settings, target: 'create' as const } };
	const crm = crmOf(world);
	const before = leadsByKey(crm);
	for (const [fault, failing] of planned) await pushStubbornly(crm, world, fault, failing.map((call) => call + crm.count('match')));
	for (const [key, count] of leadsByKey(crm)) expect(count).toBe(Math.max(1, before.get(key) ?? 0));
});

law('once the CRM is well again, the end is that of a run without faults', fc.tuple(worlds, runs), async ([drawn, planned]) => {
	const world = { ...drawn, settings: { ...drawn.settings, ...upsert } };
	const [crm, calm] = [crmOf(world), crmOf(world)];
	for (const [fault, failing] of planned) await pushStubbornly(crm, world, fault, failing.map((call) => call + crm.count('match')));
	await pushStubbornly(crm, world, [], []);
	await pushStubbornly(calm, world, [], []);
	expect([...leadsByKey(crm)].sort()).toEqual([...leadsByKey(calm)].sort());
});

law('a result tells the truth: what is refused was not sent, what is created or updated is there', fc.tuple(worlds, faults), async ([drawn, planned]) => {
	const repeated = new Map(drawn.inputs.map((input) => [keyOf(input), input]));
	const world = { ...drawn, inputs: [...repeated.values()] };
	const crm = crmOf(world);
	const before = new Map(crm.rows.map(({ id, values }) => [id, { ...values }]));
	const results = await pushStubbornly(crm, world, planned, []);
	for (const { status, record } of results) {
		const row = crm.rows.find(({ id }) => id === record?.id);
		if (status === 'created') expect([row !== undefined, before.has(row!.id)]).toEqual([true, false]);
		if (status === 'updated') expect(row).toBeDefined();
		const touched = results.some((other) => other.record?.id === record?.id && other.status !== status);
		if ((status === 'unchanged' || (status === 'refused' && row)) && !touched) expect(row!.values).toEqual(before.get(row!.id));
	}
	const created = crm.rows.filter(({ id }) => !before.has(id));
	const accounted = results.filter(({ status }) => status === 'created' || status === 'uncertain');
	expect(created.length).toBeLessThanOrEqual(accounted.length);
});

law('after the sign-in or a limit ended the run, nothing is called any more', fc.tuple(worlds, fc.nat(6), fc.constantFrom<Fault[]>('auth', 'throttled')), async ([world, at, fault]) => {
	const crm = crmOf(world);
	let writes = 0;
	let callsAtHalt: number | undefined;
	crm.fault = () => {
		if (writes++ !== at) return undefined;
		callsAtHalt = crm.calls.length;
		return fault;
	};
	const results = await push(crm, world.inputs, { pageSize: world.pageSize, ...world.settings });
	expect(results).toHaveLength(world.inputs.length);
	if (callsAtHalt !== undefined) expect(crm.calls).toHaveLength(callsAtHalt);
});

/** A lead with one field more for each item, so that every item of the key writes something of its own. */
const wideLead = (count: number) => ({ ...lead, fields: [...lead.fields, ...Array.from({ length: count }, (_, at) => field(`Field${at}__c`, 'text'))] });
const oneKey = fc.tuple(fc.integer({ min: 2, max: 200 }), fc.uniqueArray(fc.nat(199), { maxLength: 6 }));

law('finding the bad ones among n items of one key costs at most 1 + 2 · bad · log n writes', oneKey, async ([count, drawn]) => {
	const bad = drawn.filter((at) => at < count).sort((a, b) => a - b);
	const description = wideLead(count);
	const crm = new MemoryCrm([description, contact]);
	crm.add('Lead', { Email: 'a@x.com', LastName: 'A', Company: 'Acme' });
	crm.fault = ({ values }) => (bad.some((at) => `Field${at}__c` in values) ? 'refused' : undefined);
	const inputs = Array.from({ length: count }, (_, at) => ({ Email: 'a@x.com', [`Field${at}__c`]: 'x' }));
	const results = await push(crm, inputs, { description });
	expect(results.flatMap(({ index, status }) => (status === 'refused' ? [index] : []))).toEqual(bad);
	expect(crm.count('write')).toBeLessThanOrEqual(1 + 2 * bad.length * Math.ceil(Math.log2(count) + 1));
});
