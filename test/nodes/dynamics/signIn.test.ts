import { createCoreRunner, type CoreRunner } from '../../n8n/coreRunner';
import { DynamicsWorld } from './DynamicsWorld';

const lead = (lastname: string) => ({ lastname, companyname: 'Sorbonne', emailaddress1: `${lastname}@example.com`, subject: 'Web form' });

describe('Dynamics 365, whichever way it is connected', () => {
	let runner: CoreRunner;
	let world: DynamicsWorld;
	beforeAll(async () => {
		runner = await createCoreRunner();
	}, 60_000);
	beforeEach(async () => {
		world = await DynamicsWorld.open(runner);
	});
	afterEach(async () => await world.close());

	const ways: ReadonlyArray<readonly [string, (one: DynamicsWorld) => DynamicsWorld | Promise<DynamicsWorld>]> = [
		['by an app with a secret', (one) => one.withSecret()],
		['by an app with a certificate', async (one) => await one.withCertificate()],
		['by a person', async (one) => await one.connected()],
	];

	it.each(ways)('is healthy, connected %s', async (_, connect) => {
		await connect(world);
		const report = await world.check();
		expect(report).toMatchObject({ healthy: true, problems: [], warnings: [], object: 'lead', rights: { read: true, create: true, edit: true } });
		expect(report.connection).toMatchObject({ orgId: world.environment.organizationId, orgName: 'Foo Corp', environment: 'production', instanceUrl: world.environment.url });
		for (const secret of world.secrets()) expect(JSON.stringify(report)).not.toContain(secret);
	});

	it.each(ways)('takes a lead with two requests once it is warm, connected %s', async (_, connect) => {
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
		await connect(world);
		await world.push([lead('Curie')]);
		world.environment.expireTokens();
		const result = await world.push([lead('Noether')]);
		expect([result.error?.message, result.outputs('Node')[0]?.result]).toEqual([undefined, 'created']);
	});
});
