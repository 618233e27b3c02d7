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

	it('keeps nothing that somebody wrote into a form, also of a push that failed', async () => {
		const { world } = rig;
		const org = await world.connect();
		const value = { LastName: 'Doe', Company: 'Foo', Email: '={{ $json.email }}' };
		const fields = { mappingMode: 'defineBelow', value, matchingColumns: ['Email'], schema: [] };
		org.faults.serverError({ status: 400, body: [{ errorCode: 'MALFORMED_QUERY', message: "WHERE Email IN ('ann@private.example')" }] });
		await world.push({}, { fields, object: '={{ $json.email }}' }, [{ json: { email: 'ann@private.example' } }, { json: { email: 'bob@private.example' } }]);
		await world.push({}, { fields }, [{ json: { email: 'ann@private.example' } }]);
		org.faults.clear();
		const runs = await world.items('getRuns', { returnAll: true });
		expect(runs.filter(({ outcome }) => outcome === 'failed')).toHaveLength(2);
		expect(JSON.stringify(runs)).not.toContain('private.example');
	});

	it('shows nothing more to a credential that was changed to reach somewhere else', async () => {
		const { world } = rig;
		const org = await world.connect();
		org.setSignInPolicy({ passwordFlow: true });
		const other = await world.standin.createOrg({ name: 'Bar Inc' });
		other.setSignInPolicy({ passwordFlow: true });
		other.addApp({ clientId: 'key', clientSecret: 'secret-of-the-app' });
		const how = { credential: 'moving', credentialType: 'crmSalesforceTokenApi' };
		const data = (of: typeof org) => ({ environment: 'myDomain', domain: of.instanceUrl, ...of.credentialsOf(of.users[0]), consumerKey: 'key', consumerSecret: 'secret-of-the-app' });
		world.credentials.moving = data(org);
		expect(await world.item('get', {}, how)).toMatchObject({ name: 'Foo Corp' });
		Object.assign(world.credentials.moving, data(other));
		const { error } = await world.run('get', {}, how);
		expect(error?.message).toContain(other.id);
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

	it.each([
		[{ runAutomatically: 'true' }, /Run Automatically is not true or false/],
		[{ apiBudgetPercent: 'x' }, /API Budget \(%\) is not a number/],
	])('changes nothing where an expression gives %j', async (settings, words) => {
		const { world } = rig;
		await world.connect();
		const before = await world.item('get');
		expect((await world.run('update', { settings })).error?.message).toMatch(words);
		expect(await world.item('get')).toEqual(before);
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

	it('stops a push that is under way before its next page, and hands on what is left', async () => {
		const { world } = rig;
		const org = await world.connect();
		await world.item('get');
		let pausing: Promise<unknown> | undefined;
		org.addValidationRule({ object: 'Lead', message: 'No.', fails: () => ((pausing ??= world.item('pause')), false) });
		const fields = { mappingMode: 'autoMapInputData', value: null, matchingColumns: ['Email'], schema: [] };
		const input = Array.from({ length: 3000 }, (_, index) => ({ json: { LastName: `Person ${index}`, Company: 'Foo', Email: `person${index}@foo.example` } }));
		const pushed = await world.push({}, { fields }, input);
		await pausing;
		const written = org.rows('Lead').length;
		expect(written).toBeLessThan(3000);
		expect(pushed.outputs('Push', 0)).toHaveLength(written);
		const left = pushed.outputs('Push', 1);
		expect(left).toHaveLength(3000 - written);
		expect(left[0]).toMatchObject({ result: 'refused', message: expect.stringContaining('paused'), input: { Company: 'Foo' } });
	}, 60_000);

	it('activates a paused connection by a credential that never signed in', async () => {
		const { world } = rig;
		const org = await world.connect();
		await world.item('pause');
		org.setSignInPolicy({ passwordFlow: true });
		world.credentials.second = { environment: 'myDomain', domain: org.instanceUrl, ...org.credentialsOf(org.users[0]), consumerKey: 'key', consumerSecret: 'secret-of-the-app' };
		const how = { credential: 'second', credentialType: 'crmSalesforceTokenApi' };
		expect((await world.run('get', {}, how)).error?.message).toContain('paused');
		expect(await world.item('activate', {}, how)).toMatchObject({ status: 'active' });
	});

	it.each(['get', 'pause', 'getRuns', 'update'])('lets a failing %s be an item where n8n is to go on', async (operation) => {
		const { world } = rig;
		const org = await world.connect();
		world.credentials.second = { ...world.credentials.first, oauthTokenData: {} };
		const result = await world.run(operation, {}, { credential: 'second', onError: 'continueRegularOutput' });
		expect(result.outputs('Connection')).toEqual([{ error: expect.stringContaining('Nobody has signed in') }]);
		expect((await world.run(operation, {}, { credential: 'second', onError: 'continueErrorOutput' })).items('Connection', 1)).toHaveLength(1);
		expect(org.rows('Lead')).toEqual([]);
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
