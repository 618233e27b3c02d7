import type { IDataObject } from 'n8n-workflow';

import { signInWays } from '../signIn/signInWays';
import type { SignInWorld } from '../signIn/signInWorld';
import { connectionRig } from './connectionRig';

const rig = connectionRig();

describe('CRM Connection: a credential that reaches another org', () => {
	it('is stopped, with both orgs named, until a person confirms that very org', async () => {
		const { world } = rig;
		const former = await world.connect({ name: 'Foo Corp' });
		await world.push();
		const other = await world.connect({ name: 'Bar Inc' }, 'first');
		other.resetCalls();
		const stopped = await world.push();
		expect(stopped.error?.message).toMatch(new RegExp(`Foo Corp.*${former.id}.*${other.id}`));
		expect([other.rows('Lead'), other.calls.total]).toEqual([[], 0]);
		expect((await world.run('get')).error?.message).toContain(other.id);
		expect(await world.item('checkHealth', { confirmOrg: '00D000000000999' })).toMatchObject({ healthy: false, problems: [{ cause: 'other-org' }] });

		expect(await world.item('checkHealth', { confirmOrg: other.id.slice(0, 15) })).toMatchObject({ healthy: true, connection: { orgName: 'Bar Inc' } });
		expect((await world.push()).outputs('Push')).toEqual([expect.objectContaining({ result: 'created' })]);
		expect(await world.items('getAll')).toEqual([expect.objectContaining({ name: 'Bar Inc' }), expect.objectContaining({ name: 'Foo Corp' })]);
		expect(await world.item('get')).toMatchObject({ orgId: other.id });
	});

	it('is not confirmed by a run that nobody started', async () => {
		const { world } = rig;
		await world.connect({ name: 'Foo Corp' });
		await world.push();
		const other = await world.connect({ name: 'Bar Inc' }, 'first');
		expect(await world.item('checkHealth', { confirmOrg: other.id }, { mode: 'trigger' })).toMatchObject({ healthy: false, problems: [{ cause: 'other-org' }] });
		expect((await world.push()).error?.message).toContain(other.id);
	});

	it('keeps the runs of both orgs apart after it was moved', async () => {
		const { world } = rig;
		await world.connect({ name: 'Foo Corp' });
		await world.push();
		const other = await world.connect({ name: 'Bar Inc' }, 'first');
		await world.item('checkHealth', { confirmOrg: other.id });
		expect((await world.items('getRuns')).filter(({ operation }) => operation === 'push')).toEqual([]);
	});

	it('works again by itself when it is back', async () => {
		const { world } = rig;
		const former = await world.connect({ name: 'Foo Corp' });
		await world.push();
		await world.connect({ name: 'Bar Inc' }, 'first');
		await world.push();
		await world.signIn(former);
		expect((await world.push()).outputs('Push')).toEqual([expect.objectContaining({ result: 'unchanged' })]);
		expect(await world.item('get')).toMatchObject({ orgId: former.id, signIns: [{ otherOrgId: null }] });
	});

	it('tells a refreshed sandbox as what it most likely is', async () => {
		const { world } = rig;
		const org = await world.connect({ name: 'Foo UAT', sandbox: true });
		await world.push();
		org.refreshSandbox();
		org.addApp({ clientId: 'key', clientSecret: 'secret-of-the-app' });
		await world.signIn(org);
		const { problems } = await world.item('checkHealth');
		expect((problems as IDataObject[]).map(({ cause, words }) => [cause, words])).toEqual([['other-org', expect.stringMatching(/sandbox was refreshed/)]]);
	});
});

describe.each(Object.keys(signInWays))('CRM Connection: a sandbox that was refreshed since the last run, by %s', (way) => {
	let world: SignInWorld;
	afterEach(async () => await world.close());

	it('is not written to, not even by the run that signs in there first', async () => {
		world = await signInWays[way].open(rig.world.runner, { name: 'Foo UAT', sandbox: true });
		// A refresh makes new security tokens.
		world.org.setSignInPolicy({ trustedIps: ['127.0.0.1-127.0.0.9'] });
		world.credential.securityToken = '';
		await world.push('Ada', 'manual');
		const former = world.org.id;
		world.org.refreshSandbox();
		signInWays[way].prepare(world);
		const [stopped, next] = [await world.push('Bob'), await world.push('Bob')];
		expect(world.org.rows('Lead')).toEqual([]);
		expect(`${stopped.error?.message} ${stopped.error?.description}`).toMatch(new RegExp(`${world.org.id}.*${former}.*Check Health`));
		expect(next.error?.message).toMatch(new RegExp(`${former}.*${world.org.id}.*sandbox was refreshed`));
		expect(await world.check()).toMatchObject({ healthy: false, problems: [{ cause: 'other-org' }] });
	});
});
