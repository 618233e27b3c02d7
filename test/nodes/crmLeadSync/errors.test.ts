import { createServer } from 'node:net';

import type { IDataObject } from 'n8n-workflow';

import { people, pushRig, type World } from './rig';

const rig = pushRig();
const regular = { onError: 'continueRegularOutput' as const };
const errorOutput = { onError: 'continueErrorOutput' as const };

/** What keeps a run from starting, and what the person reads. */
const obstacles: Array<[string, (world: World) => void | Promise<void>, RegExp]> = [
	['nobody has connected the credential', (world) => void delete world.tokens.access_token, /Nobody has signed in[\s\S]*connect the account/],
	['the sign-in was revoked', ({ org }) => (org.faults.refreshRevoked(), org.faults.expireSessionsOnce()), /no longer valid|has ended|revoked/],
	['every session is refused', ({ org }) => void org.faults.alwaysUnauthorized(), /Salesforce[\s\S]*(connect|sign)/i],
	['the API is off', ({ org }) => void org.faults.apiDisabled(), /API/],
	['the day\'s calls are used up', ({ org }) => void org.faults.requestLimitExceeded(), /used all API calls[\s\S]*REQUEST_LIMIT_EXCEEDED/],
	['Salesforce cannot be reached', async (world) => void (world.tokens.instance_url = `http://127.0.0.1:${await freePort()}`), /could not be reached at 127\.0\.0\.1/],
];

describe('CRM Lead Sync: a run that cannot start', () => {
	it.each(obstacles)('fails with what to do when %s', async (_, harm, words) => {
		const world = await rig.connect();
		await harm(world);
		const pushed = await world.push(people(3));
		expect([pushed.result.status, pushed.failure]).toEqual(['error', expect.stringMatching(words)]);
		expect([world.rows(), world.writes]).toEqual([[], 0]);
	}, 60_000);

	it.each(obstacles)('refuses every item, which comes along, where n8n is to go on although %s', async (_, harm, words) => {
		const world = await rig.connect();
		await harm(world);
		const pushed = await world.push(people(3), { node: regular });
		expect(pushed.result.status).toBe('success');
		expect(pushed.counts).toEqual({ refused: 3 });
		expect(pushed.done).toEqual([]);
		for (const [index, item] of pushed.inOrder.entries()) {
			const [problem] = item.problems as IDataObject[];
			expect(`${problem.reason as string}\n${problem.remedy as string}`).toMatch(words);
			expect(item).toMatchObject({ input: people(3)[index], error: problem.reason });
		}
	}, 60_000);

	it('sends the items to the error output where the node has one', async () => {
		const world = await rig.connect();
		delete world.tokens.access_token;
		const pushed = await world.push(people(3), { node: errorOutput });
		expect([pushed.items(0), pushed.items(1)]).toEqual([[], []]);
		expect(pushed.items(2).map(({ json, pairedItem }) => [pairedItem, json.error, (json.details as IDataObject).input])).toEqual(
			people(3).map((input, item) => [{ item }, expect.stringContaining('Nobody has signed in'), input]),
		);
	});

	it('keeps at the error output what came in, beside what went wrong', async () => {
		const world = await rig.connect();
		delete world.tokens.access_token;
		const start = { name: 'Start', type: 'n8n-nodes-base.manualTrigger' };
		const result = await rig.runner.run({ nodes: [start, world.draft({ node: errorOutput })], credentials: world.credentials, input: people(2).map((json) => ({ json })) });
		expect(result.outputs('Push', 2)).toEqual(people(2).map((input) => expect.objectContaining({ ...input, error: expect.stringContaining('Nobody has signed in') })));
	});

	it('says at the item, not as an error, that the mapping is wrong, where n8n is to go on', async () => {
		const world = await rig.connect();
		const pushed = await world.push(people(2), { rows: { Fone: '1' }, node: regular });
		expect(pushed.problems(1)).toEqual([expect.objectContaining({ reason: expect.stringContaining('Lead has no field Fone') })]);
	});

	it('answers an AI agent where n8n is to go on', async () => {
		const world = await rig.connect();
		delete world.tokens.access_token;
		expect(await world.callTool({}, { node: regular })).toEqual([expect.objectContaining({ result: 'refused' })]);
	});

	it('links an error about the sign-in to the credential', async () => {
		const world = await rig.connect();
		delete world.tokens.access_token;
		expect((await world.push(people(1))).failure).toMatch(/home\/credentials\/credential-\d+/);
	});
});

describe('CRM Lead Sync: single items that fail', () => {
	const mixed = people(4, (index) => (index === 1 ? { Email: 'no address' } : {}));

	it.each([['stopping', {}], ['going on', regular], ['going on, the old way', { continueOnFail: true }], ['an error output', errorOutput]])('leave by Needs Attention, with %s on errors', async (_, node) => {
		const world = await rig.connect();
		const pushed = await world.push(mixed, { node });
		expect(pushed.outcomes).toEqual(['created', 'refused', 'created', 'created']);
		expect(pushed.attention).toEqual([expect.objectContaining({ result: 'refused' })]);
		expect(pushed.items(2)).toEqual([]);
	});

	it('do not fail the run afterwards where n8n is to go on', async () => {
		const world = await rig.connect();
		const pushed = await world.push(mixed, { node: regular, options: { failAfterwards: true } });
		expect(pushed.counts).toEqual({ created: 3, refused: 1 });
	});
});

describe('CRM Lead Sync: n8n\'s Retry On Fail', () => {
	const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

	it('creates no duplicate when the first try failed after some were written', async () => {
		const world = await rig.connect();
		let rejections = 2;
		world.org.addValidationRule({ object: 'Lead', message: 'Not today.', fails: ({ LastName }) => LastName === 'Person 3' && (rejections -= 1) >= 0 });
		const pushed = await world.push(people(10), { node: retry, options: { failAfterwards: true } });
		expect(pushed.counts).toEqual({ unchanged: 9, created: 1 });
		expect(world.rows()).toHaveLength(10);
	});

	it('creates no duplicate when the first replies were lost', async () => {
		const world = await rig.connect();
		world.org.faults.resetAfterCommit({ times: 1, when: ({ kind }) => kind === 'collections' });
		world.org.faults.requestLimitExceeded({ times: 1, when: ({ kind }) => kind === 'composite' && world.rows().length > 0 });
		const pushed = await world.push(people(10), { node: retry, options: { failAfterwards: true } });
		expect(pushed.counts).toEqual({ unchanged: 10 });
		expect(world.rows()).toHaveLength(10);
	});

	it('ends as failed when no try went well, still without a duplicate', async () => {
		const world = await rig.connect();
		world.org.addValidationRule({ object: 'Lead', message: 'Never.', fails: ({ LastName }) => LastName === 'Person 3' });
		const pushed = await world.push(people(10), { node: retry, options: { failAfterwards: true } });
		expect(pushed.failure).toMatch(/1 of 10 items need attention \(9 unchanged, 1 refused\)/);
		expect(world.rows()).toHaveLength(9);
	});

	it('tries again what could not start', async () => {
		const world = await rig.connect();
		world.org.faults.requestLimitExceeded({ times: 1 });
		expect((await world.push(people(3), { node: retry })).counts).toEqual({ created: 3 });
	});
});

async function freePort(): Promise<number> {
	const server = createServer();
	const port = await new Promise<number>((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)));
	await new Promise((resolve) => server.close(resolve));
	return port;
}
