import { dynamicsRig } from './dynamicsRig';

const lead = { lastname: 'Curie', companyname: 'Sorbonne', emailaddress1: 'curie@example.com', subject: 'Web form' };

const allButTheDate = ['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate', 'setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] as const;

describe('the registry, for Dynamics 365', () => {
	const rig = dynamicsRig();

	it('knows an environment by its organization, and each credential that reaches it', async () => {
		const { world } = rig;
		await world.withSecret().works();
		expect(await world.items('get')).toEqual([
			expect.objectContaining({
				crm: 'Dynamics 365',
				orgId: world.environment.organizationId,
				name: 'Foo Corp',
				status: 'active',
				signIns: [expect.objectContaining({ credentialType: 'crmDynamicsAppApi', status: 'well' })],
			}),
		]);
	});

	it('sends nothing while it is paused', async () => {
		const { world } = rig;
		await world.withSecret().works();
		await world.items('pause');
		world.environment.calls.reset();
		const result = await world.push([lead]);
		expect(result.items('Node', 1).map(({ json }) => json.message)).toEqual(['Not written: The connection "Foo Corp" is paused, so nothing was sent to Dynamics 365.']);
		expect(world.environment.calls.total).toBe(0);
		await world.items('activate');
		expect((await world.push([lead])).outputs('Node')[0]?.result).toBe('created');
	});

	it('holds back scheduled runs of a refused sign-in, and lets them go on once it is well', async () => {
		const { world } = rig;
		await world.withSecret().works();
		world.app.disabled = true;
		world.expires();
		expect((await world.push([lead])).error?.message).toContain('disabled');
		const asked = world.tenant.calls.total;
		expect((await world.push([lead])).error?.message).toMatch(/is inactive, so nothing was sent to Dynamics 365/);
		expect(world.tenant.calls.total).toBe(asked);
		world.app.disabled = false;
		await world.works();
		expect((await world.push([lead])).outputs('Node')[0]?.result).toBe('created');
	});

	it('asks the environment who it is again after an hour at the latest, and in each check', async () => {
		const { world } = rig;
		await world.withSecret().push([lead]);
		await world.push([lead]);
		world.environment.calls.reset();
		await world.push([lead]);
		expect(world.environment.calls.byKind.whoami).toBeUndefined();
		await world.works();
		expect(world.environment.calls.byKind.whoami).toBe(1);
		jest.useFakeTimers({ now: Date.now() + 61 * 60_000, doNotFake: [...allButTheDate] });
		world.environment.calls.reset();
		await world.push([lead]);
		jest.useRealTimers();
		expect(world.environment.calls.byKind.whoami).toBe(1);
	});

	it('does not remember for one credential what another one saw', async () => {
		const { world } = rig;
		await world.withSecret().push([lead]);
		world.edit({ clientSecret: ' the~secret~of~the~app\n' });
		world.environment.calls.reset();
		await world.push([lead]);
		expect(world.environment.calls.byKind.whoami).toBe(1);
	});
});
