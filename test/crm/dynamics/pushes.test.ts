import type { PushResult } from '../../../src/sync/push/pushTypes';
import { newCaches, type DynamicsCaches } from '../../../src/crm/dynamics/describe/caches';
import type { Input, PushOptions } from '../../sync/pushing';
import { pushThrough } from './pushing';
import { openRig, type Rig } from './rig';

let rig: Rig;
let caches: DynamicsCaches;
beforeEach(async () => {
	rig = await openRig();
	caches = newCaches(() => 0);
});
afterEach(() => rig.close());

const lead = (name: string, more: Input = {}): Input => ({ lastname: name, subject: 'Offer', emailaddress1: `${name.toLowerCase()}@example.com`, ...more });

const push = async (inputs: readonly Input[], more: PushOptions = {}): Promise<readonly PushResult[]> => await pushThrough(rig.open({ caches }), inputs, more);

const statuses = (results: readonly PushResult[]) => results.map(({ status }) => status);

test('a lead costs at most four requests cold and two warm, when it is new, changed, or as it was', async () => {
	expect(statuses(await push([lead('Ray')]))).toEqual(['created']);
	expect(rig.env.calls.total).toBeLessThanOrEqual(4);
	for (const [input, status] of [[lead('Sue'), 'created'], [lead('Ray', { jobtitle: 'Head' }), 'updated'], [lead('Ray', { jobtitle: 'Head' }), 'unchanged']] as const) {
		rig.env.calls.reset();
		expect(statuses(await push([input]))).toEqual([status]);
		expect(rig.env.calls.total).toBeLessThanOrEqual(2);
	}
});

test('a thousand new leads cost at most ten requests, and again nothing but a search', async () => {
	const leads = Array.from({ length: 1_000 }, (_, at) => lead(`Person${at}`, { companyname: 'Acme', leadsourcecode: 'Web', donotemail: 'yes' }));
	expect(new Set(statuses(await push(leads)))).toEqual(new Set(['created']));
	expect(rig.env.rows('lead')).toHaveLength(1_000);
	expect(rig.env.calls.total).toBeLessThanOrEqual(10);
	rig.env.calls.reset();
	expect(new Set(statuses(await push(leads)))).toEqual(new Set(['unchanged']));
	expect(rig.env.calls.total).toBe(1);
});

test('where duplicate rules are asked, a thousand new leads cost at most ten requests too', async () => {
	rig.env.setDuplicateRule('lead', ['emailaddress1']);
	expect(new Set(statuses(await push(Array.from({ length: 1_000 }, (_, at) => lead(`Person${at}`)))))).toEqual(new Set(['created']));
	expect(rig.env.calls.total).toBeLessThanOrEqual(10);
	expect(rig.env.calls.byKind.multiple).toBeUndefined();
});

test('a choice is taken by its number, its label, and its label in another language', async () => {
	const given = ['8', 'Web', 'web', 'Publicité', 'Messe'].map((leadsourcecode, at) => lead(`P${at}`, { leadsourcecode }));
	const results = await push(given);
	expect(rig.env.rows('lead').map(({ leadsourcecode }) => leadsourcecode)).toEqual([8, 8, 8, 1]);
	expect(results[4]).toMatchObject({ status: 'refused', problems: [{ field: 'leadsourcecode', reason: expect.stringContaining('Advertisement (1)') }] });
});

test('a qualified lead is followed to its contact when that is wanted, a disqualified one says that it is read-only', async () => {
	const contact = String(rig.env.insert('contact', { lastname: 'Ray', emailaddress1: 'ray@example.com' }).contactid);
	rig.env.insert('lead', { lastname: 'Ray', emailaddress1: 'ray@example.com', statecode: 1, statuscode: 3, parentcontactid: { table: 'contact', id: contact } });
	rig.env.insert('lead', { lastname: 'Sue', emailaddress1: 'sue@example.com', statecode: 2, statuscode: 4 });
	const inputs = [lead('Ray', { jobtitle: 'Head' }), lead('Sue', { jobtitle: 'Head' })];
	const [ray, sue] = await push(inputs);
	expect(ray).toMatchObject({ status: 'needsAttention', problems: [{ reason: 'The Lead with this Email was qualified to a contact; qualified Leads are not written.' }] });
	expect(sue).toMatchObject({ status: 'needsAttention', problems: [{ reason: 'The Lead with this Email is read-only, because its state is Disqualified.' }] });
	expect(statuses(await push(inputs, { converted: 'updateTarget' }))).toEqual(['updated', 'needsAttention']);
	expect(rig.env.row('contact', contact)?.jobtitle).toBe('Head');
	expect(rig.env.rows('lead').map(({ jobtitle }) => jobtitle)).toEqual([null, null]);
});

test('a secured column that shows nothing is written, not taken for empty', async () => {
	const user = rig.env.addUser(rig.env.tenant.addUser({}));
	rig.env.insert('lead', { lastname: 'Ray', subject: 'Offer', emailaddress1: 'ray@example.com', mobilephone: '+43 1' });
	rig.env.secureColumn('lead', 'mobilephone', { read: 'none', update: true }, { user });
	const pushed = async (mobilephone: string, emptyValues: 'leave' | 'clear') => statuses(await pushThrough(rig.open({ user }), [lead('Ray', { mobilephone })], { emptyValues }));
	rig.env.calls.reset();
	expect(await pushed('+43 1', 'leave')).toEqual(['updated']);
	expect(rig.env.calls.log.at(-1)).toMatchObject({ method: 'PATCH', body: { mobilephone: '+43 1' } });
	expect(await pushed('', 'leave')).toEqual(['unchanged']);
	expect(rig.env.rows('lead')[0].mobilephone).toBe('+43 1');
	expect(await pushed('', 'clear')).toEqual(['updated']);
	expect(rig.env.rows('lead')[0].mobilephone).toBeNull();
});

test('a lost reply is settled by reading, and nothing is created twice', async () => {
	await push([lead('Warm')]);
	rig.env.faults.resetAfterCommit({ times: 1, when: ({ kind }) => kind === 'multiple' });
	expect(statuses(await push([lead('Ray'), lead('Sue')]))).toEqual(['created', 'created']);
	expect(rig.env.rows('lead')).toHaveLength(3);
});

test.each(['html', 'json'] as const)('a lead that is made after a gateway has given up on it in %s is not made twice', async (form) => {
	await push([lead('Warm')]);
	const fault = rig.env.faults.gatewayError({ status: 504, form, late: true, times: 1, when: ({ kind }) => kind === 'rows' });
	expect(statuses(await push([lead('Ray')]))).toEqual(['uncertain']);
	rig.env.finishLateWork();
	expect(fault.struck).toBe(1);
	expect(rig.env.rows('lead')).toHaveLength(2);
});

test('owners are found by name once', async () => {
	const leads = Array.from({ length: 5 }, (_, at) => lead(`P${at}`, { ownerid: rig.env.admin.name }));
	expect(new Set(statuses(await push(leads)))).toEqual(new Set(['created']));
	rig.env.calls.reset();
	expect(statuses(await push([lead('Late', { ownerid: rig.env.admin.name })]))).toEqual(['created']);
	expect(rig.env.calls.total).toBe(2);
});

test('a linked record is named by its id or by its alternate key', async () => {
	rig.env.addKey('account', { name: 'number', columns: ['accountnumber'] });
	const [acme] = ['A-1', 'A-2'].map((accountnumber) => String(rig.env.insert('account', { name: accountnumber, accountnumber }).accountid));
	const results = await push([acme, 'a-1', ' A-1 ', 'A-9', "A-1' or 1 eq 1"].map((parentaccountid, at) => lead(`P${at}`, { parentaccountid })));
	expect(statuses(results)).toEqual(['created', 'created', 'created', 'refused', 'refused']);
	expect(rig.env.rows('lead').map(({ parentaccountid }) => (parentaccountid as { id: string }).id)).toEqual([acme, acme, acme]);
	expect(results[3].problems).toEqual([{ field: 'parentaccountid', reason: 'Parent Account for lead: "A-9" is no record id, and no record can be found by it (Account by Account Number).' }]);
});
