import { connectionRig } from './connectionRig';

const rig = connectionRig();

describe('CRM Connection: what is registered', () => {
	it('is one connection per org, with a sign-in for each credential that reaches it', async () => {
		const { world } = rig;
		const org = await world.connect();
		const second = org.addUser({ username: 'second@foo.example' });
		await world.signIn(org, 'second', second);
		expect((await world.push()).outputs('Push')).toEqual([expect.objectContaining({ result: 'created' })]);
		await world.push({ credential: 'second' });
		expect(await world.items('getAll')).toEqual([{ name: 'Foo Corp', crm: 'Salesforce', status: 'active', health: 'well' }]);
		expect(await world.item('get')).toMatchObject({
			name: 'Foo Corp',
			orgId: org.id,
			edition: 'Enterprise Edition',
			type: 'production',
			status: 'active',
			runAutomatically: true,
			apiBudgetPercent: null,
			signIns: [
				{ credentialId: 'first', credentialName: 'Credential first', status: 'well', userId: org.users[0].id, credentialUrl: 'http://localhost:5678/home/credentials/first' },
				{ credentialId: 'second', status: 'well', userId: second.id },
			],
		});
	});

	it('costs one call more at the first use, and none from then on', async () => {
		const { world } = rig;
		const org = await world.connect();
		org.resetCalls();
		await world.item('get');
		expect(org.calls.total).toBe(1);
		await world.item('get');
		await world.item('pause');
		await world.item('activate');
		await world.items('getRuns');
		expect(org.calls.total).toBe(1);
	});

	it('shows details only to whom the credential reaches, and names and status to all', async () => {
		const { world } = rig;
		await world.connect({ name: 'Secret Corp' });
		await world.connect({ name: 'Other Corp' }, 'second');
		await world.item('get');
		expect(await world.item('get', {}, { credential: 'second' })).toMatchObject({ name: 'Other Corp', signIns: [{ credentialId: 'second' }] });
		const listed = await world.items('getAll');
		expect(listed.map((connection) => Object.keys(connection))).toEqual([['name', 'crm', 'status', 'health'], ['name', 'crm', 'status', 'health']]);
		process.env.CRM_SYNC_LIST_DETAILS = 'true';
		try {
			expect(await world.items('getAll')).toEqual([expect.objectContaining({ name: 'Other Corp', signIns: [expect.anything()] }), expect.objectContaining({ name: 'Secret Corp' })]);
		} finally {
			delete process.env.CRM_SYNC_LIST_DETAILS;
		}
	});

	it('keeps no name, address or token of a person', async () => {
		const { world } = rig;
		const org = await world.connect();
		await world.push();
		const shown = JSON.stringify([await world.item('get'), await world.items('getRuns')]);
		const tokens = world.credentials.first.oauthTokenData as Record<string, string>;
		for (const secret of [org.users[0].name, org.users[0].username, tokens.access_token, tokens.refresh_token]) expect(shown).not.toContain(secret);
	});
});

describe('CRM Connection: settings', () => {
	it('changes what is added and nothing else; an empty name is the org\'s again', async () => {
		const { world } = rig;
		await world.connect();
		expect(await world.item('update', { settings: { name: ' Sales  Org ', description: 'For leads', apiBudgetPercent: 20 } })).toMatchObject({ name: 'Sales Org', description: 'For leads', apiBudgetPercent: 20 });
		expect(await world.item('update', { settings: { apiBudgetPercent: 0, runAutomatically: false } })).toMatchObject({ name: 'Sales Org', apiBudgetPercent: null, runAutomatically: false });
		expect(await world.item('update', { settings: { name: '' } })).toMatchObject({ name: 'Foo Corp', description: 'For leads' });
	});

	it.each([
		[{ apiBudgetPercent: 101 }, /budget/i],
		[{ apiBudgetPercent: 1.5 }, /budget/i],
		[{ name: 'x'.repeat(300) }, /name/i],
	])('refuses %j in words', async (settings, words) => {
		const { world } = rig;
		await world.connect();
		await world.item('get');
		const { error } = await world.run('update', { settings });
		expect(error?.message).toMatch(words);
		expect(await world.item('get')).toMatchObject({ name: 'Foo Corp', apiBudgetPercent: null });
	});

	it('does nothing by itself where that is switched off, says so, and loses no item', async () => {
		const { world } = rig;
		const org = await world.connect();
		await world.item('update', { settings: { runAutomatically: false } });
		org.resetCalls();
		const stopped = await world.push({ mode: 'webhook' });
		expect([stopped.outputs('Push', 0), stopped.outputs('Push', 1)]).toEqual([[], [expect.objectContaining({ result: 'refused', message: expect.stringMatching(/automatic/i) })]]);
		expect(org.calls.total).toBe(0);
		expect((await world.push({ mode: 'manual' })).outputs('Push')).toEqual([expect.objectContaining({ result: 'created' })]);
		expect(await world.items('getRuns', { filters: { outcomes: ['notRun'] } })).toEqual([expect.objectContaining({ node: 'Push', startedBy: 'workflow', outcome: 'notRun', apiCalls: 0 })]);
	});
});

describe('CRM Connection: pause, delete', () => {
	it('stops every call to a paused org, also lists and checks, until it is activated', async () => {
		const { world } = rig;
		const org = await world.connect();
		expect(await world.item('pause')).toMatchObject({ status: 'paused' });
		org.resetCalls();
		const pushed = await world.push();
		expect([pushed.outputs('Push', 0), pushed.outputs('Push', 1)]).toEqual([[], [expect.objectContaining({ result: 'refused', message: expect.stringContaining('paused'), input: {} })]]);
		expect(pushed.hints('Push')).toEqual([expect.objectContaining({ type: 'warning', message: expect.stringContaining('activate') })]);
		expect(await world.item('checkHealth')).toMatchObject({ healthy: false, registry: { status: 'paused' }, problems: [{ cause: 'paused', certainty: 'proven' }] });
		const list = world.runner.ask({ type: 'n8n-nodes-crm-sync.crmLeadSync', kind: 'loadOptions', method: 'getObjects', parameters: { connectWith: 'crmSalesforceOAuth2Api' }, credentials: { crmSalesforceOAuth2Api: world.credentials.first } });
		await list.catch(() => undefined);
		expect(org.calls.total).toBe(0);
		expect(await world.item('activate')).toMatchObject({ status: 'active' });
		expect((await world.push()).outputs('Push')).toEqual([expect.objectContaining({ result: 'created' })]);
	});

	it('fails a paused push where the person asked for failing afterwards', async () => {
		const { world } = rig;
		await world.connect();
		await world.item('pause');
		expect((await world.push({}, { options: { failAfterwards: true } })).error?.message).toContain('paused');
	});

	it('pauses the org for all its credentials, also for one that is new', async () => {
		const { world } = rig;
		const org = await world.connect();
		await world.item('pause');
		await world.signIn(org, 'second', org.addUser({ username: 'second@foo.example' }));
		org.resetCalls();
		expect((await world.push({ credential: 'second' })).outputs('Push', 1)).toEqual([expect.objectContaining({ message: expect.stringContaining('paused') })]);
		expect((await world.run('get', {}, { credential: 'second' })).error?.message).toContain('paused');
		expect(org.calls.total).toBe(0);
		expect(await world.item('activate', {}, { credential: 'second' })).toMatchObject({ status: 'active', signIns: [{ credentialId: 'first' }, { credentialId: 'second' }] });
	});

	it('keeps settings and history of a deleted connection for its next use', async () => {
		const { world } = rig;
		await world.connect();
		await world.push();
		await world.item('update', { settings: { name: 'Sales', runAutomatically: false } });
		const { id } = await world.item('get');
		expect(await world.item('delete')).toMatchObject({ id, deletedAt: expect.any(String) });
		expect(await world.items('getAll')).toEqual([]);
		expect(await world.items('getAll', { filters: { includeDeleted: true } })).toEqual([expect.objectContaining({ name: 'Sales' })]);
		await world.push();
		expect(await world.item('get')).toMatchObject({ id, name: 'Sales', runAutomatically: false, deletedAt: null });
		expect((await world.items('getRuns')).filter(({ operation }) => operation === 'push')).toHaveLength(2);
	});
});
