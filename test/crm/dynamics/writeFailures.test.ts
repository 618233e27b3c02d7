import { changedLead, json, newLead, openRig, written, type Rig, type Tamper } from './rig';

let rig: Rig;
beforeEach(async () => {
	rig = await openRig();
});
afterEach(() => rig.close());

const many = (count: number) => Array.from({ length: count }, (_, at) => newLead(`P${at}`));
const isWrite: Parameters<Rig['env']['faults']['latency']>[1] = { when: ({ method, path }) => method !== 'GET' && !path.includes('EntityDefinitions') };

async function seen(tamper?: Tamper) {
	let on = false;
	const adapter = rig.open({ tamper: (request, answer) => (on && tamper ? tamper(request, answer) : answer()) });
	await adapter.describe('lead');
	on = true;
	rig.env.calls.reset();
	return adapter;
}

test('a plug-in speaks to the person, and only its own record is refused', async () => {
	rig.env.addPlugin('lead', { on: ['Create'], check: ({ lastname }) => (lastname === 'P1' ? 'We take no P1 here.' : undefined) });
	const outcomes = await rig.open().write({ mutations: many(3), options: { runAssignmentRules: false, saveDespiteDuplicateAlert: false } });
	expect(outcomes.map(({ status }) => status)).toEqual(['applied', 'refused', 'applied']);
	expect(outcomes[1]).toMatchObject({ error: { kind: 'validation', code: '0x80040265', message: expect.stringContaining('We take no P1 here.') } });
});

test.each([400, 500])('a plug-in that breaks with %i, as one does whose maker forgot a case, refuses only its own record', async (status) => {
	const adapter = await seen();
	rig.env.faults.failOperation({ status, code: '0x80040224', message: 'Object reference not set to an instance of an object.', when: ({ body }) => JSON.stringify(body ?? '').includes('"P7"') });
	const outcomes = await written(adapter, many(50));
	expect(outcomes.flatMap((outcome, at) => (outcome === 'applied' ? [] : [[at, outcome]]))).toEqual([[7, 'refused validation 0x80040224']]);
	expect(rig.env.calls.log.map(({ kind }) => kind)).toEqual(['multiple', 'batch']);
});

test('a bulk message whose reply is lost is not repeated, in no form', async () => {
	const adapter = await seen();
	rig.env.faults.resetAfterCommit({ times: 1 });
	expect(await written(adapter, many(3))).toEqual(['unknown unavailable', 'unknown unavailable', 'unknown unavailable']);
	expect(rig.env.calls.total).toBe(1);
	expect(rig.env.rows('lead')).toHaveLength(3);
});

test('of a batch that was cut in the middle, what arrived is known and the rest is not', async () => {
	rig.env.setMultiple('lead', []);
	const adapter = await seen();
	rig.env.faults.cutBatch({ afterParts: 2, times: 1 });
	expect(await written(adapter, many(4))).toEqual(['applied', 'applied', 'unknown unavailable', 'unknown unavailable']);
	expect(rig.env.calls.total).toBe(1);
	expect(rig.env.rows('lead')).toHaveLength(4);
});

test('a lock passes, and is not waited for without end', async () => {
	const adapter = await seen();
	rig.env.faults.deadlock({ times: 2 });
	expect(await written(adapter, many(3))).toEqual(['applied', 'applied', 'applied']);
	expect(rig.env.calls.total).toBe(3);
	rig.env.faults.deadlock();
	expect(await written(adapter, many(1))).toEqual(['refused conflict 0x80044150']);
	expect(rig.env.calls.total).toBe(6);
	expect(rig.env.rows('lead')).toHaveLength(3);
});

test('a lock that lasts refuses only the record that is locked', async () => {
	const adapter = await seen();
	rig.env.faults.deadlock({ when: ({ body }) => JSON.stringify(body ?? '').includes('"P7"') });
	const outcomes = await written(adapter, many(50));
	expect(outcomes.flatMap((outcome, at) => (outcome === 'applied' ? [] : [[at, outcome]]))).toEqual([[7, 'refused conflict 0x80044150']]);
	expect(rig.env.calls.log.map(({ kind }) => kind)).toEqual(['multiple', 'multiple', 'batch']);
});

test('a bulk message that took too long goes again in smaller ones', async () => {
	const adapter = await seen();
	rig.env.faults.sqlTimeout({ times: 1 });
	expect(new Set(await written(adapter, many(450)))).toEqual(new Set(['applied']));
	expect(rig.env.calls.total).toBe(4);
	expect(rig.env.rows('lead')).toHaveLength(450);
});

test('a failure of the server leaves open what was done, and a read shows it', async () => {
	const adapter = await seen();
	rig.env.faults.serverError({ status: 500, ...isWrite, times: 1 });
	expect(await written(adapter, many(2))).toEqual(['unknown settled unavailable 0x80040216', 'unknown settled unavailable 0x80040216']);
	expect(rig.env.rows('lead')).toEqual([]);
});

test('limits are waited for as long as the server asks, and refused when it asks for long', async () => {
	const adapter = await seen();
	rig.env.faults.serviceProtection('time', { retryAfter: 0, times: 2 });
	expect(await written(adapter, many(2))).toEqual(['applied', 'applied']);
	rig.env.faults.serviceProtection('requests', { retryAfter: 240 });
	const outcomes = await adapter.write({ mutations: many(2), options: { runAssignmentRules: false, saveDespiteDuplicateAlert: false } });
	expect(outcomes[0]).toMatchObject({ status: 'refused', error: { kind: 'throttled', code: '0x80072322', transient: false, retryAfterMs: 240_000 } });
	expect(rig.env.calls.total).toBe(4);
});

test('an operation that meets a limit inside a batch is sent again, alone', async () => {
	rig.env.setMultiple('lead', []);
	const adapter = await seen();
	rig.env.faults.failOperation({ status: 429, code: '0x80072326', message: 'Number of concurrent requests exceeded the limit of 52.', times: 1 });
	expect(await written(adapter, many(3))).toEqual(['applied', 'applied', 'applied']);
	expect(rig.env.calls.log.map(({ kind }) => kind)).toEqual(['batch', 'rows']);
	expect(rig.env.rows('lead')).toHaveLength(3);
});

test('after two failures in a row no more is sent, and what was not sent is surely not done', async () => {
	rig.env.setMultiple('lead', []);
	const adapter = rig.open({
		tamper: async (request, answer) => {
			const given = await answer();
			return request.body?.includes('POST') ? json(503, { error: { code: '0x80040216', message: 'busy' } }) : { ...given, headers: { ...given.headers, 'x-ms-dop-hint': '1' } };
		},
	});
	const counted = Map.groupBy(await written(adapter, many(1_000)), (outcome) => outcome);
	expect([...counted].map(([outcome, all]) => [outcome, all.length])).toEqual([['unknown settled unavailable 0x80040216', 400], ['refused unavailable 0x80040216', 600]]);
	expect(rig.env.rows('lead')).toHaveLength(400);
});

test.each<[string, Tamper]>([
	['fewer ids than records', () => json(200, { Ids: ['1f0c8a55-4a0e-4c39-9f3c-1d2e3f405162'] })],
	['the same id twice', () => json(200, { Ids: ['1f0c8a55-4a0e-4c39-9f3c-1d2e3f405162', '1f0c8a55-4a0e-4c39-9f3c-1d2e3f405162'] })],
	['ids that are none', () => json(200, { Ids: [1, 'x'] })],
	['no ids', () => json(200, {})],
	['nothing', () => ({ status: 204, headers: {}, text: '' })],
	['a page', () => ({ status: 200, headers: { 'content-type': 'text/html' }, text: '<html>sign in</html>' })],
	['half of the data', () => ({ status: 200, headers: { 'content-type': 'application/json' }, text: '{"Ids":["1f0c' })],
])('a bulk message answered with %s leaves open what was done', async (_, tamper) => {
	expect(await written(await seen(tamper), many(2))).toEqual(['unknown unavailable', 'unknown unavailable']);
});

test.each<[string, Tamper]>([
	['without an address', () => ({ status: 204, headers: {}, text: '' })],
	['with an address of nothing', () => ({ status: 204, headers: { 'odata-entityid': 'https://x/leads(x)' }, text: '' })],
])('a create answered %s leaves open what was done', async (_, tamper) => {
	expect(await written(await seen(tamper), many(1))).toEqual(['unknown unavailable']);
});

test('an update answered for another record leaves open what was done', async () => {
	const id = String(rig.env.insert('lead', { lastname: 'Ray' }).leadid);
	const adapter = await seen(() => ({ status: 204, headers: { 'odata-entityid': 'https://x/leads(1f0c8a55-4a0e-4c39-9f3c-1d2e3f405162)' }, text: '' }));
	expect(await written(adapter, [changedLead(id, { jobtitle: 'x' })])).toEqual(['unknown unavailable']);
});

test('a request that is too large is halved', async () => {
	rig.env.setMultiple('lead', []);
	const adapter = await seen(async (request, answer) => ((request.body?.length ?? 0) > 2_000 ? { status: 413, headers: {}, text: '<html>Request Entity Too Large</html>' } : await answer()));
	expect(new Set(await written(adapter, many(20)))).toEqual(new Set(['applied']));
	expect(rig.env.rows('lead')).toHaveLength(20);
});
