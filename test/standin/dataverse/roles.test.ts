import { DynamicsWebApi } from 'dynamics-web-api';
import { callDataverse, startDataverse, type Dataverse, type Depth, type Environment, type SystemUser } from './index';

interface RolePrivileges {
	readonly RolePrivileges: ReadonlyArray<{ readonly PrivilegeName: string; readonly Depth: string; readonly BusinessUnitId: string }>;
}

describe('security roles of the stand-in', () => {
	let dataverse: Dataverse;
	let environment: Environment;
	let user: SystemUser;

	beforeEach(async () => {
		dataverse = await startDataverse();
		environment = await dataverse.createEnvironment({ name: 'Acme' });
		user = environment.addUser(dataverse.tenant.addUser({ name: 'Marie Curie' }));
	});
	afterEach(async () => await dataverse.close());

	/** Lets the user read users, and have these rights on leads. */
	const give = (lead: Partial<Record<'Create' | 'Read' | 'Write' | 'Delete', Depth>>, whom: { id: string } = user) =>
		environment.setRoles(whom, [environment.addRole('Leads', { lead, systemuser: { Read: 'Global' } })]);
	const asUser = async (method: string, path: string, body?: object) => await callDataverse(environment, method, path, { token: await environment.issueToken(user), body });
	const api = () => new DynamicsWebApi({ serverUrl: environment.url, dataApi: { version: '9.2' }, onTokenRefresh: async () => await environment.issueToken(user) });
	const held = async (name: string, parameters?: object) =>
		((await api().callFunction({ collection: 'systemusers', key: user.id, name: `Microsoft.Dynamics.CRM.${name}`, parameters } as never)) as unknown as RolePrivileges).RolePrivileges;
	const depths = async (...names: string[]) => (await held('RetrieveUserSetOfPrivilegesByNames', { PrivilegeNames: names })).map(({ PrivilegeName, Depth }) => `${PrivilegeName} ${Depth}`);
	const error = (text: string) => ({ status: 403, body: { error: { code: '0x80040220', message: expect.stringContaining(text) as string } } });
	const lead = (owner: { id: string } = environment.admin, table = 'systemuser') => String(environment.insert('lead', { lastname: 'x', ownerid: { table, id: owner.id } }).leadid);

	it('tells what a user may do, in the words in which it refuses the rest', async () => {
		give({ Read: 'Global', Write: 'Basic' });
		expect(await depths('prvCreateLead', 'prvReadLead', 'prvWriteLead', 'prvNothing')).toEqual(['prvReadLead Global', 'prvWriteLead Basic']);
		await expect(asUser('POST', 'leads', { lastname: 'x' })).resolves.toMatchObject(error('is missing prvCreateLead privilege'));
		await expect(asUser('PATCH', `leads(${lead()})`, { lastname: 'y' })).resolves.toMatchObject(error('AccessRights: WriteAccess'));
		await expect(asUser('DELETE', `leads(${lead()})`)).resolves.toMatchObject(error('is missing prvDeleteLead privilege'));
		await expect(asUser('GET', 'contacts')).resolves.toMatchObject(error('is missing prvReadContact privilege'));
		await expect(asUser('PATCH', `leads(${lead(user)})`, { lastname: 'y' })).resolves.toMatchObject({ status: 204 });
	});

	it('tells by the same names what the short way of a test allows', async () => {
		environment.setTableAccess('lead', { create: false, read: 'user' }, { user });
		expect(await depths('prvCreateLead', 'prvReadLead', 'prvWriteLead')).toEqual(['prvReadLead Basic', 'prvWriteLead Basic']);
	});

	it('lets a user create records of others only with more than the smallest depth', async () => {
		give({ Create: 'Basic' });
		const of = (owner: SystemUser) => ({ lastname: 'x', 'ownerid@odata.bind': `/systemusers(${owner.id})` });
		await expect(asUser('POST', 'leads', of(environment.admin))).resolves.toMatchObject(error('AccessRights: CreateAccess'));
		expect((await asUser('POST', 'leads', of(user))).status).toBe(204);
		expect(environment.rows('lead')).toHaveLength(1);
	});

	it.each<[Depth, readonly string[]]>([
		['Basic', ['own', 'team']],
		['Local', ['own', 'team', 'unit']],
		['Deep', ['own', 'team', 'unit', 'below']],
		['Global', ['own', 'team', 'unit', 'below', 'above']],
	])('shows with the depth %s the leads %j', async (depth, expected) => {
		const unit = environment.addBusinessUnit('Europe');
		const below = environment.addBusinessUnit('France', unit);
		const colleague = (name: string, businessUnit?: typeof unit) => environment.addUser(dataverse.tenant.addUser({ name }), { businessUnit });
		user = colleague('Emmy', unit);
		give({ Read: depth });
		const owners = { own: user, unit: colleague('Paul', unit), below: colleague('Anne', below), above: environment.admin };
		for (const [lastname, { id }] of Object.entries(owners)) environment.insert('lead', { lastname, ownerid: { table: 'systemuser', id } });
		const team = environment.addTeam({ name: 'Sales', members: [user] });
		environment.insert('lead', { lastname: 'team', ownerid: { table: 'team', id: team.id } });
		const { body } = await asUser('GET', 'leads?$select=lastname');
		expect((body as { value: Array<{ lastname: string }> }).value.map(({ lastname }) => lastname).sort()).toEqual([...expected].sort());
		const [{ BusinessUnitId }] = await held('RetrieveUserSetOfPrivilegesByNames', { PrivilegeNames: ['prvReadLead'] });
		expect([BusinessUnitId, (await asUser('GET', 'WhoAmI')).body]).toEqual([unit.id, expect.objectContaining({ BusinessUnitId: unit.id })]);
	});

	it('counts what a team gives, at its real depth but in the list of all privileges', async () => {
		give({ Read: 'Basic' });
		give({ Read: 'Deep', Create: 'Local' }, environment.addTeam({ name: 'Sales', members: [user] }));
		expect(await depths('prvCreateLead', 'prvReadLead')).toEqual(['prvCreateLead Local', 'prvReadLead Deep']);
		const all = (await held('RetrieveUserPrivileges')).filter(({ PrivilegeName }) => PrivilegeName.endsWith('Lead'));
		expect(all.map(({ PrivilegeName, Depth }) => `${PrivilegeName} ${Depth}`)).toEqual(['prvCreateLead Basic', 'prvReadLead Basic']);
		expect((await asUser('POST', 'leads', { lastname: 'x' })).status).toBe(204);
	});

	it('names privileges as the metadata do, which is not always after the table', async () => {
		environment.addTable({ name: 'new_course', columns: [{ name: 'new_title', type: 'String' }] });
		const names = async (table: string) => {
			const { body } = await asUser('GET', `EntityDefinitions(LogicalName='${table}')?$select=LogicalName,Privileges`);
			return (body as { Privileges: Array<{ Name: string; PrivilegeType: string }> }).Privileges.filter(({ PrivilegeType }) => PrivilegeType === 'Create').map(({ Name }) => Name);
		};
		expect([await names('new_course'), await names('annotation'), await names('systemuser')]).toEqual([['prvCreatenew_Course'], ['prvCreateNote'], ['prvCreateUser']]);
		await expect(held('RetrieveUserPrivilegeByPrivilegeName', { PrivilegeName: 'prvCreatenew_Course' })).resolves.toMatchObject([{ Depth: 'Global' }]);
	});

	it('refuses what it cannot read, and who may not read users', async () => {
		const path = `systemusers(${user.id})/Microsoft.Dynamics.CRM.RetrieveUserSetOfPrivilegesByNames`;
		expect((await asUser('GET', `${path}(PrivilegeNames=@p1)`)).status).toBe(400);
		expect((await asUser('GET', `${path}(PrivilegeNames=@p1)?@p1=prvReadLead`)).status).toBe(400);
		expect((await asUser('GET', `leads(${lead()})/Microsoft.Dynamics.CRM.RetrieveUserPrivileges()`)).status).toBe(404);
		environment.setRoles(user, [environment.addRole('Leads only', { lead: { Read: 'Global' } })]);
		await expect(asUser('GET', `${path}(PrivilegeNames=@p1)?@p1=["prvReadLead"]`)).resolves.toMatchObject(error('is missing prvReadUser privilege'));
	});
});
