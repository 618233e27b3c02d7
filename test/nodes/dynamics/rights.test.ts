import type { Depth } from '../../standin/dataverse';
import { dynamicsRig } from './dynamicsRig';
import type { DynamicsWorld } from './DynamicsWorld';

type Rights = Partial<Record<'Create' | 'Read' | 'Write', Depth>>;

/** An app whose security role allows this with leads. */
function appWith(world: DynamicsWorld, lead: Rights, more: Readonly<Record<string, Rights>> = { contact: { Read: 'Global' }, systemuser: { Read: 'Global' } }): DynamicsWorld {
	const { environment } = world.withSecret();
	environment.setRoles(environment.users.at(-1)!, [environment.addRole('Web leads', { lead, ...more })]);
	return world;
}

describe('what Check Health says of rights in Dynamics 365', () => {
	const rig = dynamicsRig();

	it('names the right that is missing, which a push then lacks', async () => {
		const world = appWith(rig.world, { Read: 'Global', Write: 'Global' });
		const report = await world.check();
		expect(report).toMatchObject({ healthy: false, rights: { read: true, create: false, edit: true }, warnings: [] });
		expect(report.problems).toEqual([
			expect.objectContaining({
				cause: 'no-create-right',
				certainty: 'proven',
				words: 'The signed-in user may not create Leads (lead).',
				whatToDo: 'Ask the admin of the CRM for a security role with the privilege prvCreateLead.',
			}),
		]);
		const pushed = await world.push([{ lastname: 'Curie', emailaddress1: 'curie@example.com' }]);
		expect(JSON.stringify(pushed.items('Node', 1)[0].json.problems)).toContain('prvCreateLead');
	});

	it('warns of leads that the user does not reach, and is healthy', async () => {
		const report = await appWith(rig.world, { Read: 'Basic', Create: 'Global', Write: 'Basic' }).check();
		expect(report).toMatchObject({ healthy: true, rights: { read: true, create: true, edit: true } });
		expect(report.warnings).toEqual([expect.objectContaining({ cause: 'rights-on-some-records', words: expect.stringContaining('may read only those that belong to the user'), credentialUrl: expect.stringContaining('/home/credentials/') })]);
	});

	it('says that it does not know, where Dynamics 365 does not tell', async () => {
		const report = await appWith(rig.world, { Read: 'Global' }, {}).check();
		expect(report).toMatchObject({ healthy: true, rights: { read: true, create: true, edit: true } });
		expect(report.warnings).toEqual([expect.objectContaining({ cause: 'rights-unknown', certainty: 'unknown' })]);
	});

	it.each<[string, (world: DynamicsWorld) => void]>([
		['fails at that', ({ environment }) => environment.faults.failOperation({ status: 500, code: '0x80040216', message: 'An unexpected error occurred.', times: 9, when: ({ kind }) => kind === 'function' })],
		['takes no more requests', ({ environment }) => environment.faults.serviceProtection('requests', { times: 9, retryAfter: 1000, when: ({ kind }) => kind === 'function' })],
	])('knows the object all the same, where Dynamics 365 %s', async (_, arrange) => {
		arrange(rig.world.withSecret());
		const report = await rig.world.check();
		expect(report).toMatchObject({ healthy: true, rights: { read: true, create: true, edit: true }, problems: [], registry: { signIn: { status: 'well' } } });
		expect(report.warnings).toEqual([expect.objectContaining({ cause: 'rights-unknown', certainty: 'unknown' })]);
	});

	it('says that the sign-in ended while it asked', async () => {
		const { environment } = rig.world.withSecret();
		environment.faults.failOperation({ status: 403, code: '0x80040225', message: 'The user is disabled.', times: 9, when: ({ kind }) => kind === 'function' });
		expect(await rig.world.check()).toMatchObject({ healthy: false, rights: null, problems: [{ cause: 'user-inactive' }] });
	});

	it('asks once for each object, in one request', async () => {
		const { world } = rig;
		await world.withSecret().works();
		world.environment.calls.reset();
		await world.check();
		expect(world.environment.calls.byKind).toEqual({ whoami: 1, batch: 2, function: 1 });
	});
});
