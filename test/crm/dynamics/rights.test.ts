import { reachOf } from '../../../src/crm/dynamics/describe/privileges';
import type { Depth, SystemUser } from '../../standin/dataverse';
import { json, openRig, type Rig } from './rig';

let rig: Rig;
let user: SystemUser;
beforeEach(async () => {
	rig = await openRig();
	user = rig.env.addUser(rig.env.tenant.addUser({ name: 'Marie Curie' }));
});
afterEach(() => rig.close());

type Rights = Partial<Record<'Create' | 'Read' | 'Write', Depth>>;

function give(whom: { id: string }, tables: Readonly<Record<string, Rights>>): void {
	rig.env.setRoles(whom, [rig.env.addRole('Some', { systemuser: { Read: 'Basic' }, ...tables })]);
}

test('says how far each right reaches, and what an administrator calls it', async () => {
	give(user, { lead: { Read: 'Deep', Write: 'Basic' } });
	await expect(rig.open({ user }).rights?.('lead')).resolves.toEqual({
		read: { reach: 'unitAndBelow', name: 'prvReadLead' },
		create: { reach: 'none', name: 'prvCreateLead' },
		edit: { reach: 'own', name: 'prvWriteLead' },
	});
});

test('counts what the teams of the user give, as far as it reaches', async () => {
	give(user, { lead: { Read: 'Basic' } });
	give(rig.env.addTeam({ name: 'Sales', members: [user] }), { lead: { Read: 'Global', Create: 'Local' } });
	await expect(rig.open({ user }).rights?.('lead')).resolves.toMatchObject({ read: { reach: 'all' }, create: { reach: 'unit' }, edit: { reach: 'none' } });
});

test('says what writing then finds', async () => {
	give(user, { lead: { Read: 'Global' } });
	const adapter = rig.open({ user });
	expect((await adapter.rights?.('lead'))?.create.reach).toBe('none');
	const [outcome] = await adapter.write({ mutations: [{ kind: 'create', entity: 'lead', values: { lastname: 'x' } }], options: { runAssignmentRules: false, saveDespiteDuplicateAlert: false } });
	expect(outcome).toMatchObject({ status: 'refused', error: { kind: 'permission', message: expect.stringContaining('prvCreateLead') } });
});

test.each([
	['annotation', 'prvCreateNote'],
	['new_course', 'prvCreatenew_Course'],
])('asks for the privileges of %s by the names that it has', async (table, name) => {
	rig.env.addTable({ name: 'new_course', columns: [{ name: 'new_title', type: 'String' }] });
	await expect(rig.open().rights?.(table)).resolves.toMatchObject({ create: { reach: 'all', name } });
});

test('costs one request once the table and the user are known, and asks anew each time', async () => {
	const adapter = rig.open({ user });
	await adapter.identify();
	await adapter.describe('LEAD');
	const before = rig.env.calls.total;
	expect((await adapter.rights?.('LEAD'))?.create.reach).toBe('all');
	expect(rig.env.calls.total - before).toBe(1);
	give(user, { lead: { Read: 'Global' } });
	expect((await adapter.rights?.('lead'))?.create.reach).toBe('none');
	expect(rig.env.calls.byKind.function).toBe(2);
});

test.each([
	['the user may not read users', () => rig.env.setRoles(user, [rig.env.addRole('Leads only', { lead: { Read: 'Global' } })])],
	['the environment does not know the function', () => rig.env.faults.failOperation({ status: 404, code: '0x80060888', message: 'Resource not found for the segment', when: ({ kind }) => kind === 'function' })],
])('knows nothing where %s', async (_, arrange) => {
	arrange();
	await expect(rig.open({ user }).rights?.('lead')).resolves.toBeUndefined();
});

test.each([
	['no list', json(200, { RolePrivileges: 'all' })],
	['nothing', json(200, {})],
	['a list without names', json(200, { RolePrivileges: [{ PrivilegeName: null, PrivilegeId: '1f0c8a55-4a0e-4c39-9f3c-1d2e3f405162', Depth: 'Global' }, { Depth: 'Global' }] })],
])('takes %s for no answer', async (_, answer) => {
	const adapter = rig.open({ tamper: ({ path }, real) => (path.includes('RetrieveUserSetOfPrivilegesByNames') ? answer : real()) });
	await expect(adapter.rights?.('lead')).resolves.toBeUndefined();
});

test('leaves entries that are none alone', async () => {
	const strange = json(200, { RolePrivileges: [null, 7, {}, { PrivilegeName: 'prvReadLead' }, { PrivilegeName: 'prvCreateLead', Depth: 3 }, { PrivilegeName: '__proto__', Depth: 'Global' }] });
	const adapter = rig.open({ tamper: ({ path }, real) => (path.includes('RetrieveUserSetOfPrivilegesByNames') ? strange : real()) });
	await expect(adapter.rights?.('lead')).resolves.toMatchObject({ read: { reach: 'some' }, create: { reach: 'all' }, edit: { reach: 'none' } });
});

test('a table without privileges of its own says nothing about rights', async () => {
	const adapter = rig.open({
		tamper: async (_, real) => {
			const answer = await real();
			return { ...answer, text: answer.text.replace(/"Privileges":\[[^\]]*\]/, '"Privileges":[]') };
		},
	});
	await expect(adapter.rights?.('lead')).resolves.toBeUndefined();
});

test('an answer that says nothing about rights is no refusal', async () => {
	rig.env.faults.serviceProtection('requests', { times: 9, retryAfter: 1000, when: ({ kind }) => kind === 'function' });
	await expect(rig.open().rights?.('lead')).rejects.toMatchObject({ kind: 'throttled' });
});

test('a push asks for no privileges', async () => {
	const adapter = rig.open({ user });
	await adapter.describe('lead', true);
	await adapter.write({ mutations: [{ kind: 'create', entity: 'lead', values: { lastname: 'x' } }], options: { runAssignmentRules: false, saveDespiteDuplicateAlert: false } });
	expect(rig.env.calls.byKind).not.toHaveProperty('function');
});

test.each([
	[[], 'none'],
	[['Basic'], 'own'],
	[['Basic', 'Deep', 'Local'], 'unitAndBelow'],
	[[0, 1], 'unit'],
	[['Global', 'Basic'], 'all'],
	[['RecordFilter'], 'some'],
	[['Basic', 'RecordFilter'], 'own'],
	[['Cosmic'], 'some'],
	[[undefined], 'some'],
])('depths %j reach %s', (depths, reach) => expect(reachOf(depths)).toBe(reach));
