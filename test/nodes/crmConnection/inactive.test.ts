import { connectionRig, type ConnectionWorld } from './connectionRig';

const rig = connectionRig();
const tokenCalls = (world: ConnectionWorld) => world.standin.signInAttempts.length;

describe('CRM Connection: a sign-in that the CRM refuses', () => {
	it('is not tried by every scheduled run, only when somebody asks or connects again', async () => {
		const { world } = rig;
		const org = await world.connect();
		await world.push();
		org.revokeApprovals();
		const first = await world.push({ mode: 'trigger' });
		expect(first.error?.message).toContain('no longer accepts the saved sign-in');
		expect(await world.items('getAll')).toEqual([expect.objectContaining({ health: 'inactive' })]);

		org.resetCalls();
		const attempts = tokenCalls(world);
		for (let run = 0; run < 3; run += 1) {
			const { error } = await world.push({ mode: 'trigger' });
			expect(error?.message).toContain('no longer accepts the saved sign-in');
			expect(error).toMatchObject({ description: expect.stringContaining('/home/credentials/first') });
		}
		expect([org.calls.total, tokenCalls(world)]).toEqual([0, attempts]);
		expect(await world.items('getRuns', { filters: { outcomes: ['notRun'] } })).toHaveLength(3);

		await world.push({ mode: 'manual' });
		expect(tokenCalls(world)).toBeGreaterThan(attempts);
		await world.signIn(org);
		expect((await world.push({ mode: 'trigger' })).outputs('Push')).toEqual([expect.objectContaining({ result: 'unchanged' })]);
		expect(await world.items('getAll')).toEqual([expect.objectContaining({ health: 'well' })]);
	});

	it('stays well while the CRM is out of reach, and says since when', async () => {
		const { world } = rig;
		const org = await world.connect();
		await world.push();
		org.faults.serverError({ status: 503 });
		expect((await world.push({ mode: 'trigger' })).status).toBe('error');
		const { signIns } = await world.item('get');
		expect(signIns).toEqual([expect.objectContaining({ status: 'well', unreachableSince: expect.any(String) })]);
		const report = await world.item('checkHealth');
		expect(report).toMatchObject({ healthy: false, registry: { signIn: { status: 'well', unreachableSince: (signIns as Array<{ unreachableSince: string }>)[0].unreachableSince } } });
		org.faults.clear();
		expect((await world.push({ mode: 'trigger' })).outputs('Push')).toEqual([expect.objectContaining({ result: 'unchanged' })]);
		expect((await world.item('get')).signIns).toEqual([expect.objectContaining({ unreachableSince: null })]);
	}, 60_000);

	it('is inactive at once, when its session and its approval end together', async () => {
		const { world } = rig;
		const org = await world.connect();
		await world.push();
		org.revokeApprovals();
		org.faults.expireSessionsOnce();
		const { error } = await world.push({ mode: 'trigger' }, { fields: { mappingMode: 'defineBelow', value: { LastName: 'New', Company: 'Foo', Email: 'new@foo.example' }, matchingColumns: ['Email'], schema: [] } });
		expect(error?.message).toContain('no longer accepts');
		expect((await world.item('get')).signIns).toEqual([expect.objectContaining({ status: 'inactive', cause: 'sign-in-ended' })]);
	});
});
