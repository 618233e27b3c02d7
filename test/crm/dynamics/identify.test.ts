import { json, openRig, type Rig } from './rig';

let rig: Rig;
afterEach(() => rig.close());

test('an environment says who is signed in, where, and whether it is a sandbox', async () => {
	rig = await openRig({ sandbox: true });
	const { env } = rig;
	expect(await rig.open().identify()).toEqual({
		orgId: env.organizationId,
		orgName: env.name,
		edition: 'Sandbox',
		sandbox: true,
		instanceUrl: env.url,
		user: { id: env.admin.id, name: env.admin.name, username: env.admin.upn, email: env.admin.upn },
	});
	expect(rig.requests).toHaveLength(2);
});

test('an app is named by its application user', async () => {
	rig = await openRig();
	const app = rig.env.tenant.addApp({ name: 'Sync' });
	const user = rig.env.addApplicationUser(app);
	expect(await rig.open({ user }).identify()).toMatchObject({ sandbox: false, edition: 'Production', user: { id: user.id, name: '# Sync' } });
});

test('whoever may not read users has an id for a name', async () => {
	rig = await openRig();
	const user = rig.env.addUser(rig.env.tenant.addUser({ name: 'Ada' }));
	rig.env.setRoles(user, []);
	expect((await rig.open({ user }).identify()).user).toEqual({ id: user.id, name: user.id, username: user.id, email: undefined });
});

test.each<[unknown, string, boolean]>([['Customer', 'Production', false], [5, 'Sandbox', true], ['CustomerFreeTest', 'Sandbox', true], ['Developer', 'Developer', false], [14, 'Trial', false], ['NewKind', 'NewKind', false], [undefined, 'unknown', false]])(
	'the kind %p is %s',
	async (type, edition, sandbox) => {
		rig = await openRig();
		const adapter = rig.open({
			tamper: async (request, answer) => {
				const given = await answer();
				return request.path.endsWith('$batch') ? { ...given, text: given.text.replace(/"OrganizationType":"\w+"/, type === undefined ? '"x":1' : `"OrganizationType":${JSON.stringify(type)}`) } : given;
			},
		});
		expect(await adapter.identify()).toMatchObject({ edition, sandbox });
	},
);

test('who is nobody, or nowhere, is refused', async () => {
	rig = await openRig();
	for (const who of [{ UserId: rig.env.admin.id }, { OrganizationId: rig.env.organizationId }, { UserId: 'x', OrganizationId: 'y' }]) {
		await expect(rig.open({ tamper: () => json(200, who) }).identify()).rejects.toMatchObject({ kind: 'unavailable' });
	}
});

test('records are linked as the browser shows them', async () => {
	rig = await openRig();
	const id = '1f0c8a55-4a0e-4c39-9f3c-1d2e3f405162';
	expect(rig.open().recordUrl('lead', `{${id.toUpperCase()}}`)).toBe(`${rig.env.url}/main.aspx?etn=lead&pagetype=entityrecord&id=${id}`);
	expect(rig.open().recordUrl('a&b', 'x&y')).toBe(`${rig.env.url}/main.aspx?etn=a%26b&pagetype=entityrecord&id=x%26y`);
});
