import { dynamicsRig } from './dynamicsRig';
import type { DynamicsWorld } from './DynamicsWorld';

const lead = (lastname: string) => ({ lastname, companyname: 'Sorbonne', emailaddress1: `${lastname}@example.com`, subject: 'Web form' });

describe('Dynamics 365, whichever way it is connected', () => {
	const rig = dynamicsRig();

	const ways: ReadonlyArray<readonly [string, (one: DynamicsWorld) => DynamicsWorld | Promise<DynamicsWorld>]> = [
		['by an app with a secret', (one) => one.withSecret()],
		['by an app with a certificate', async (one) => await one.withCertificate()],
		['by a person', async (one) => await one.connected()],
	];

	it.each(ways)('is healthy, connected %s', async (_, connect) => {
		const { world } = rig;
		await connect(world);
		const report = await world.check();
		expect(report).toMatchObject({ healthy: true, problems: [], warnings: [], object: 'lead', rights: { read: true, create: true, edit: true } });
		expect(report.connection).toMatchObject({ orgId: world.environment.organizationId, orgName: 'Foo Corp', environment: 'production', instanceUrl: world.environment.url });
		for (const secret of world.secrets()) expect(JSON.stringify(report)).not.toContain(secret);
	});

	it.each(ways)('takes a lead with two requests once it is warm, connected %s', async (_, connect) => {
		const { world } = rig;
		await connect(world);
		await world.push([lead('Curie')]);
		await world.push([lead('Noether')]);
		world.environment.calls.reset();
		const result = await world.push([lead('Meitner')]);
		expect(result.outputs('Node')[0]).toMatchObject({ result: 'created' });
		expect(world.environment.calls.total).toBeLessThanOrEqual(2);
		expect(world.environment.rows('lead').map(({ lastname }) => lastname)).toEqual(['Curie', 'Noether', 'Meitner']);
	});

	it.each(ways)('signs in anew by itself when the token is over, connected %s', async (_, connect) => {
		const { world } = rig;
		await connect(world);
		await world.push([lead('Curie')]);
		world.environment.expireTokens();
		const result = await world.push([lead('Noether')]);
		expect([result.error?.message, result.outputs('Node')[0]?.result]).toEqual([undefined, 'created']);
	});

	it.each(ways)('asks for one token for runs that start together, connected %s', async (_, connect) => {
		const { world } = rig;
		await connect(world);
		const before = world.tenant.calls.total;
		const results = await Promise.all(['Curie', 'Noether', 'Meitner'].map(async (name) => await world.push([lead(name)])));
		expect(results.map((result) => result.outputs('Node')[0]?.result)).toEqual(['created', 'created', 'created']);
		expect(world.tenant.calls.total - before).toBeLessThanOrEqual(1);
	});

	it('tells in the form of the credential why an app cannot enter the environment', async () => {
		const { world } = rig;
		world.environment.removeUser(world.withSecret().environment.users.at(-1)!);
		const failure = await world.test().catch((error: unknown) => error);
		expect((failure as Error).message).toMatch(/no application user here.*Application users.*\(0x80072560\)/s);
		world.environment.addApplicationUser(world.app);
		await expect(world.test()).resolves.toBeUndefined();
	});

	it('warns of a certificate that ends soon, and is healthy', async () => {
		const { world } = rig;
		await world.withCertificate({}, { notAfter: Date.now() + 10 * 86_400_000 });
		const report = await world.check();
		expect([report.healthy, report.problems]).toEqual([true, []]);
		expect(report.warnings).toEqual([expect.objectContaining({ cause: 'certificate-expiring', words: expect.stringMatching(/in (9|10) days/) })]);
	});

	it('signs in anew before a request when the token is known to be over', async () => {
		const { world } = rig;
		await world.withSecret().works();
		world.edit({ expiresAt: Date.now() - 1 });
		world.environment.calls.reset();
		await world.works();
		expect(world.environment.calls.log.filter(({ status }) => status === 401)).toEqual([]);
	});

	it('forgets the token when a person enters another app', async () => {
		const { world } = rig;
		await world.withSecret().works();
		const other = world.tenant.addApp({ secrets: ['the~other~secret'] });
		world.environment.addApplicationUser(other, { administrator: true });
		world.edit({ clientId: other.clientId, clientSecret: 'the~other~secret' });
		expect((await world.check()).connection).toMatchObject({ signedInAs: { username: `${other.clientId}@${world.tenant.domain}` } });
	});

	it('says that the connection is for one environment, when the credential names another one', async () => {
		const { world } = rig;
		await world.withSecret().works();
		const other = await world.dataverse.createEnvironment({ name: 'Bar Corp' });
		other.addApplicationUser(world.app, { administrator: true });
		world.edit({ environmentUrl: other.url });
		const result = await world.push([lead('Curie')]);
		expect(result.error?.message).toMatch(/registered for the environment "Foo Corp".*now reaches the environment "Bar Corp"/);
		expect([world.environment.rows('lead'), other.rows('lead')]).toEqual([[], []]);
		const confirmed = await world.check('lead', { confirmOrg: `{${other.organizationId.toUpperCase()}}` });
		expect(confirmed).toMatchObject({ healthy: true, connection: { orgName: 'Bar Corp' } });
		expect((await world.push([lead('Curie')])).outputs('Node')[0]?.result).toBe('created');
	});
});
