import { allOf, json, newLead, openRig, plainOptions, type Rig, type Tamper } from './rig';

let rig: Rig;
beforeEach(async () => {
	rig = await openRig();
});
afterEach(() => rig.close());

const page = (status: number): Tamper => () => ({ status, headers: { 'content-type': 'text/html' }, text: '<!DOCTYPE html><html><title>Proxy</title></html>' });
const strange: ReadonlyArray<readonly [string, Tamper]> = [
	['a page with success', page(200)],
	['a page with 403', page(403)],
	['a page with 404', page(404)],
	['a page with 502', page(502)],
	['nothing', () => ({ status: 200, headers: {}, text: '' })],
	['null', () => json(200, null)],
	['a list', () => json(200, [])],
	['a number', () => json(200, 7)],
	['half of the data', () => ({ status: 200, headers: { 'content-type': 'application/json' }, text: '{"value":[{"leadid"' })],
	['several answers without any', () => ({ status: 200, headers: { 'content-type': 'multipart/mixed; boundary=x' }, text: '--x--' })],
	['rows that are none', () => json(200, { value: [7, null] })],
	['rows without an id', () => json(200, { value: [{ lastname: 'A' }] })],
	['a redirect', () => ({ status: 302, headers: { location: 'https://evil.example' }, text: '' })],
];

describe.each(strange)('%s', (_, tamper) => {
	test('is no identity', async () => {
		await expect(rig.open({ tamper }).identify()).rejects.toMatchObject({ name: 'CrmError', kind: 'unavailable' });
	});

	test('is no finding', async () => {
		let on = false;
		const adapter = rig.open({ tamper: (request, answer) => (on ? tamper(request, answer) : answer()) });
		await adapter.describe('lead');
		on = true;
		await expect(allOf(adapter.match([{ entity: 'lead', field: 'lastname', values: ['A'], select: [] }]))).rejects.toMatchObject({ name: 'CrmError', kind: 'unavailable' });
	});

	test('is no description, and nothing is written on its word', async () => {
		const outcomes = await rig.open({ tamper }).write({ mutations: [newLead('A')], options: plainOptions });
		expect(outcomes).toMatchObject([{ status: 'refused', error: { name: 'CrmError', kind: 'unavailable', replyLost: false } }]);
		expect(rig.requests.every(({ path }) => !path.endsWith('/leads'))).toBe(true);
	});
});

test('an environment that is gone, and one in administration mode, are told apart from a bad sign-in', async () => {
	const user = rig.env.addUser(rig.env.tenant.addUser({}));
	rig.env.setMode('administration');
	await expect(rig.open({ user }).identify()).rejects.toMatchObject({ kind: 'unavailable', reason: 'maintenance' });
	rig.env.setMode('gone');
	await expect(rig.open({ user }).identify()).rejects.toMatchObject({ kind: 'unavailable', message: expect.stringContaining('renamed, deleted or disabled') });
});

test('an app without an application user, a disabled user, a token of another environment and a firewall each say what it is', async () => {
	const user = rig.env.addUser(rig.env.tenant.addUser({}));
	rig.env.setUserDisabled(user, true);
	await expect(rig.open({ user }).identify()).rejects.toMatchObject({ kind: 'auth', reason: 'user-inactive' });
	rig.env.setUserDisabled(user, false);
	const other = await openRig();
	try {
		const foreign = await other.env.issueToken();
		const http = { send: async ({ method, path }: { method: string; path: string }) => {
			const answer = await fetch(`${rig.env.url}${path}`, { method, headers: { authorization: `Bearer ${foreign}` } });
			return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() };
		} };
		await expect(rig.open({ http }).identify()).rejects.toMatchObject({ kind: 'auth', reason: 'token-refused', message: expect.stringContaining('another environment') });
	} finally {
		await other.close();
	}
	rig.env.faults.ipFirewall();
	await expect(rig.open({ user }).identify()).rejects.toMatchObject({ kind: 'auth', reason: 'ip-restricted' });
	rig.env.faults.clear();
	const gone = rig.open({ user });
	await gone.identify();
	rig.env.removeUser(user);
	await expect(gone.identify()).rejects.toMatchObject({ kind: 'auth', reason: 'no-run-as-user' });
});

test('an environment that got another address says so, and nothing is written', async () => {
	rig.env.rename('https://acme-new.crm4.dynamics.com');
	await expect(rig.open().identify()).rejects.toMatchObject({ kind: 'auth', reason: 'audience-refused', message: expect.stringContaining('another address than that of the environment') });
	expect(await rig.open().write({ mutations: [newLead('A')], options: plainOptions })).toMatchObject([{ status: 'refused', error: { kind: 'auth', reason: 'audience-refused' } }]);
	expect(rig.env.rows('lead')).toEqual([]);
});

test('an outage costs four tries, not more', async () => {
	rig.env.faults.serverError({ status: 503 });
	await expect(rig.open().describe('lead')).rejects.toMatchObject({ kind: 'unavailable' });
	await expect(rig.open().identify()).rejects.toMatchObject({ kind: 'unavailable' });
	expect(rig.env.calls.total).toBe(8);
});
