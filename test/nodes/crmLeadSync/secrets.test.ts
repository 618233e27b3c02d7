import { inspect } from 'node:util';

import { LoggerProxy } from 'n8n-workflow';

import { people, pushRig, type Pushed, type World } from './rig';

const rig = pushRig();

/** What n8n and the node wrote to the log. */
const log: unknown[] = [];
beforeEach(() => {
	log.length = 0;
	const note = (...entry: unknown[]) => void log.push(entry);
	LoggerProxy.init({ debug: note, info: note, warn: note, error: note, scoped: () => LoggerProxy, options: {} } as never);
	for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) jest.spyOn(console, method).mockImplementation(note);
});
afterEach(() => jest.restoreAllMocks());

/** Everything that a run left behind, errors with causes, stacks and contexts included, in one text. */
function traces(world: World, { result }: Pushed): string {
	const { run, messages, nodes } = result;
	const seen = [log, run, messages, nodes, world.org.calls.log.map(({ path, body, headers }) => ({ path, body, headers }))];
	return [...seen.map((part) => inspect(part, { depth: Infinity, showHidden: true, maxArrayLength: null, maxStringLength: null })), JSON.stringify(run)].join('\n');
}

/** The secrets a credential has had, before and after a renewal. */
function secretsOf(world: World): string[] {
	const { access_token: access, refresh_token: refresh, id_token: id } = world.tokens;
	return [access, refresh, id, world.app.clientSecret].filter((secret): secret is string => typeof secret === 'string' && secret !== '');
}

describe('CRM Lead Sync: secrets', () => {
	it.each<[string, (world: World) => unknown, object?]>([
		['a run that goes well', () => undefined],
		['a renewal', ({ org }) => org.faults.expireSessionsOnce()],
		['a renewal that is refused', ({ org }) => (org.faults.refreshRevoked(), org.faults.expireSessionsOnce())],
		['a session that is refused for ever', ({ org }) => org.faults.alwaysUnauthorized()],
		['a policy that refuses', ({ org }) => org.faults.policyUnauthorized()],
		['an answer that repeats the token', (world) => world.org.faults.serverError({ status: 500, body: `Bearer ${String(world.tokens.access_token)} is odd` })],
		['a refusal that repeats the token', (world) => world.org.faults.serverError({ status: 400, body: [{ message: `Bearer ${String(world.tokens.access_token)} is odd`, errorCode: 'ODD' }] })],
		['a connection that breaks', ({ org }) => org.faults.resetBeforeCommit()],
		['a lost reply', ({ org }) => org.faults.resetAfterCommit({ when: ({ kind }) => kind === 'collections' })],
		['items that are refused', ({ org }) => org.addValidationRule({ object: 'Lead', message: 'No.', fails: () => true })],
		['a failure afterwards', ({ org }) => org.addValidationRule({ object: 'Lead', message: 'No.', fails: () => true }), { options: { failAfterwards: true } }],
		['going on after an error', ({ org }) => org.faults.alwaysUnauthorized(), { node: { onError: 'continueRegularOutput' } }],
	])('shows none in %s', async (_, harm, how = {}) => {
		const world = await rig.connect();
		const secrets = secretsOf(world);
		harm(world);
		const pushed = await world.push(people(3), how);
		const left = traces(world, pushed);
		expect(left).toContain('Running node "Push" started');
		for (const secret of new Set([...secrets, ...secretsOf(world)])) {
			expect(left).not.toContain(secret);
			expect(left).not.toContain(encodeURIComponent(secret));
		}
	}, 60_000);

	it('shows none in the lists of the editor that fail', async () => {
		const world = await rig.connect();
		world.org.faults.serverError({ status: 400, body: [{ message: `Bearer ${String(world.tokens.access_token)} is odd`, errorCode: 'ODD' }] });
		for (const [kind, method] of [['loadOptions', 'getObjects'], ['resourceMapping', 'getMappingFields']] as const) {
			const error: unknown = await world.ask(kind, method, { object: 'Lead' }).then(() => undefined, (thrown: unknown) => thrown);
			const shown = inspect(error, { depth: Infinity, showHidden: true });
			expect(shown).toContain('ODD');
			for (const secret of secretsOf(world)) expect(shown).not.toContain(secret);
		}
	});
});
