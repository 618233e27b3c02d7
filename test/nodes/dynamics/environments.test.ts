import { appType } from './DynamicsWorld';
import { dynamicsRig } from './dynamicsRig';

describe('List Environments', () => {
	const rig = dynamicsRig();

	it('shows a person what there is to enter, before the environment is known', async () => {
		const { world } = rig;
		const other = await world.dataverse.createEnvironment({ name: 'Bar Test', sandbox: true });
		await world.dataverse.createEnvironment({ name: 'Of somebody else' });
		await world.connected({ environmentUrl: '' });
		other.addUser(world.user);
		expect(await world.items('listEnvironments')).toEqual([
			expect.objectContaining({ name: 'Bar Test', environmentUrl: other.url, kind: 'Sandbox', state: 'enabled', organizationId: other.organizationId, tenantId: world.tenant.id }),
			expect.objectContaining({ name: 'Foo Corp', environmentUrl: world.environment.url, kind: 'Production', environmentId: world.environment.environmentId }),
		]);
		await world.edit({ environmentUrl: world.environment.url }).connects();
		await world.works();
	});

	it('leaves the sign-in to the environment as it is', async () => {
		const { world } = rig;
		await (await world.connected()).works();
		const { access_token: access, refresh_token: refresh } = world.tokens;
		await world.items('listEnvironments');
		expect(world.tokens).toMatchObject({ access_token: access, refresh_token: refresh });
		world.expires();
		await world.works();
		expect(await world.items('getRuns', { returnAll: true, filters: {} })).toContainEqual(expect.objectContaining({ operation: 'listEnvironments', outcome: 'succeeded', counts: { listed: 1 } }));
	});

	it('says that an app cannot have them listed, and asks nobody', async () => {
		const { world } = rig;
		world.withSecret();
		await expect(world.items('listEnvironments')).rejects.toMatchObject({ message: expect.stringMatching(/^This kind of sign-in cannot list environments/), description: expect.stringContaining('admin center') });
		expect([world.credentialType, world.dataverse.tenant.calls.total]).toEqual([appType, 0]);
	});

	it('says why Microsoft refuses, and takes nothing from it for the sign-in to the environment', async () => {
		const { world } = rig;
		await (await world.connected()).works();
		world.tenant.faults.refuse('AADSTS650057', { times: 1 });
		await expect(world.items('listEnvironments')).rejects.toMatchObject({ message: expect.stringContaining('no permission for Dynamics 365'), description: expect.stringContaining('(AADSTS650057)') });
		expect((await world.items('get'))[0].signIns).toEqual([expect.objectContaining({ status: 'well' })]);
	});

	it('says what is missing before anybody has connected, and where no refresh token came', async () => {
		const { world } = rig;
		await world.connected();
		delete world.tokens.refresh_token;
		await expect(world.items('listEnvironments')).rejects.toMatchObject({ message: expect.stringContaining('gave no refresh token') });
		world.edit({ oauthTokenData: {} });
		await expect(world.items('listEnvironments')).rejects.toMatchObject({ message: 'Nobody has signed in to Dynamics 365 with this credential yet.' });
	});

	it('warns where the person can enter none', async () => {
		const { world } = rig;
		await world.connected();
		world.environment.setMode('gone');
		const result = await world.run('connection', { resource: 'connection', operation: 'listEnvironments' });
		expect(result.outputs('Node')).toEqual([]);
		expect(result.hints('Node')).toEqual([expect.objectContaining({ type: 'warning', message: expect.stringContaining('lists no environment') })]);
	});
});
