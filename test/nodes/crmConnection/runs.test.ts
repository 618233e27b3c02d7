import { connectionRig } from './connectionRig';

const rig = connectionRig();

describe('CRM Connection: the history of runs', () => {
	it('has a row for every run of every node, with counts, calls and words', async () => {
		const { world } = rig;
		const org = await world.connect();
		await world.push({ mode: 'webhook' });
		org.addValidationRule({ object: 'Lead', message: 'No more.', fails: () => true });
		await world.push({}, { fields: { mappingMode: 'defineBelow', value: { LastName: 'B', Company: 'B', Email: 'b@foo.example' }, matchingColumns: ['Email'], schema: [] } });
		await world.push({}, { object: 'Nothing__c' });
		await world.item('checkHealth');
		const runs = await world.items('getRuns');
		expect(runs.map(({ node, operation, outcome, startedBy, counts }) => [node, operation, outcome, startedBy, counts])).toEqual([
			['Connection', 'getRuns', 'running', 'person', {}],
			['Connection', 'checkHealth', 'succeeded', 'person', { healthy: 1, unhealthy: 0 }],
			['Push', 'push', 'failed', 'person', {}],
			['Push', 'push', 'needsAttention', 'person', { refused: 1 }],
			['Push', 'push', 'succeeded', 'workflow', { created: 1 }],
		]);
		const [, , failed, , first] = runs;
		expect(first).toMatchObject({
			connection: 'Foo Corp',
			nodeType: 'crmLeadSync',
			workflow: { id: 'core-run', name: 'Core run' },
			execution: { id: '1', url: 'http://localhost:5678/workflow/core-run/executions/1' },
			message: expect.stringContaining('1 created'),
			apiCalls: 4,
			durationSeconds: expect.any(Number),
		});
		expect(failed.message).toBe('Something that the node names does not exist in the CRM, or is hidden from the signed-in user. (NOT_FOUND)');
	});

	it('filters, and pages by time', async () => {
		const { world } = rig;
		await world.connect();
		for (let run = 0; run < 5; run += 1) await world.push();
		const pushes = await world.items('getRuns', { returnAll: true, filters: { nodeType: 'crmLeadSync' } });
		expect(pushes).toHaveLength(5);
		const [, , third] = pushes;
		expect(await world.items('getRuns', { limit: 1, filters: { nodeType: 'crmLeadSync', startedBefore: third.startedAt } })).toEqual([pushes[3]]);
		expect(await world.items('getRuns', { returnAll: true, filters: { nodeType: 'crmLeadSync', startedFrom: third.startedAt } })).toEqual(pushes.slice(0, 3));
		expect(await world.items('getRuns', { filters: { workflowId: 'another' } })).toEqual([]);
		expect((await world.run('getRuns', { filters: { startedBefore: 'yesterday' } })).error?.message).toContain('Started Before');
	});

	it.each([{ limit: 2.5 }, { limit: 0 }, { limit: 'x' }])('refuses %j in words', async (parameters) => {
		const { world } = rig;
		await world.connect();
		expect((await world.run('getRuns', parameters)).error?.message).toBe('Limit is not a whole number of at least 1.');
	});

	it('takes an outcome that an expression gives as a text', async () => {
		const { world } = rig;
		await world.connect();
		await world.push();
		expect(await world.items('getRuns', { filters: { outcomes: 'succeeded' } })).toEqual([expect.objectContaining({ operation: 'push' })]);
	});

	it('keeps a run that failed before its connection was known, for its own credential only', async () => {
		const { world } = rig;
		const org = await world.connect();
		world.credentials.second = { ...world.credentials.first, oauthTokenData: {} };
		expect((await world.push({ credential: 'second' })).error?.message).toContain('Nobody has signed in');
		expect(await world.items('getRuns', { filters: { outcomes: ['failed'] } })).toEqual([]);
		await world.signIn(org, 'second', org.addUser({ username: 'second@foo.example' }));
		expect(await world.items('getRuns', { filters: { outcomes: ['failed'] } }, { credential: 'second' })).toEqual([expect.objectContaining({ message: expect.stringContaining('Nobody has signed in'), connection: 'Foo Corp' })]);
	});
});
