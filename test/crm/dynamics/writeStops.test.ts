import { json, newLead, openRig, plainOptions, written, type Rig, type Tamper } from './rig';

let rig: Rig;
beforeEach(async () => {
	rig = await openRig();
});
afterEach(() => rig.close());

const many = (count: number, bad: readonly number[] = []) => Array.from({ length: count }, (_, at) => newLead(`P${at}`, bad.includes(at) ? { leadsourcecode: '99' } : {}));
const kinds = () => rig.env.calls.log.map(({ kind }) => kind);
const counted = (outcomes: readonly string[]) => Object.fromEntries([...Map.groupBy(outcomes, (outcome) => outcome)].map(([outcome, all]) => [outcome, all.length]));

/** Knows the table; from then on writes go one at a time, and `tamper` works. */
async function oneLane(tamper: Tamper = async (_, answer) => await answer()) {
	let on = false;
	const adapter = rig.open({
		tamper: async (request, answer) => {
			const given = on ? await tamper(request, answer) : await answer();
			return { ...given, headers: { ...given.headers, 'x-ms-dop-hint': '1' } };
		},
	});
	await adapter.describe('lead');
	on = true;
	rig.env.calls.reset();
	return adapter;
}

test('rows that were never judged alone do not bear what was said of all', async () => {
	const adapter = await oneLane();
	let sent = 0;
	rig.env.faults.serviceProtection('requests', { retryAfter: 240, when: () => (sent += 1) > 2 });
	expect(counted(await written(adapter, many(450, [3])))).toEqual({ 'refused throttled 0x80072322': 450 });
	expect(kinds()).toEqual(['multiple', 'multiple', 'multiple']);
	expect(rig.env.rows('lead')).toEqual([]);
});

test('a row that waited for a lock, and is then stopped with others, says what stopped it', async () => {
	const adapter = await oneLane();
	let sent = 0;
	rig.env.faults.deadlock({ times: 1 });
	rig.env.faults.failOperation({ status: 400, code: '0x80040265', message: 'no', when: ({ kind }) => kind === 'multiple' });
	rig.env.faults.serviceProtection('requests', { retryAfter: 240, when: () => (sent += 1) > 2 });
	expect(counted(await written(adapter, many(3)))).toEqual({ 'refused throttled 0x80072322': 3 });
	expect(kinds()).toEqual(['multiple', 'multiple', 'batch']);
});

test.each<[string, (of: Rig) => unknown, string]>([
	['a limit of hours', ({ env }) => env.faults.serviceProtection('requests', { retryAfter: 240 }), 'refused throttled 0x80072322'],
	['a refused sign-in', ({ env }) => env.faults.alwaysUnauthorized(), 'refused auth'],
	['a firewall', ({ env }) => env.faults.ipFirewall(), 'refused auth 0x80095ffe'],
])('after %s nothing more is sent', async (_, happens, outcome) => {
	rig.env.setMultiple('lead', []);
	const adapter = await oneLane();
	happens(rig);
	expect(counted(await written(adapter, many(1_000)))).toEqual({ [outcome]: 1_000 });
	expect(new Set(rig.requests.slice(1).map(({ body }) => body)).size).toBe(1);
	expect(rig.env.rows('lead')).toEqual([]);
});

test('after a limit of hours that one operation of a batch met, no other batch is sent', async () => {
	rig.env.setMultiple('lead', []);
	const adapter = await oneLane();
	rig.env.faults.failOperation({ status: 429, code: '0x80072322', message: 'too many', retryAfter: 240, times: 1 });
	expect(counted(await written(adapter, many(600)))).toEqual({ applied: 199, 'refused throttled 0x80072322': 401 });
	expect(kinds()).toEqual(['batch']);
});

test.each<[string, Awaited<ReturnType<Tamper>>]>([
	['an empty success', { status: 200, headers: {}, text: '' }],
	['nothing at all', { status: 204, headers: {}, text: '' }],
	['a success that is none of Dataverse', json(200, {})],
])('updates answered with %s may be done or not', async (_, given) => {
	const ids = ['A', 'B'].map((lastname) => String(rig.env.insert('lead', { lastname }).leadid));
	const update = (id: string) => ({ kind: 'update' as const, entity: 'lead', id, values: { jobtitle: 'x' } });
	const adapter = await oneLane(() => given);
	expect(await written(adapter, [update(ids[0])])).toEqual(['unknown unavailable']);
	expect(await written(adapter, ids.map(update))).toEqual(['unknown unavailable', 'unknown unavailable']);
});

test('an update answered in the protocol of Dataverse is done, whatever of the 200s it is', async () => {
	const id = String(rig.env.insert('lead', { lastname: 'A' }).leadid);
	const adapter = await oneLane(() => json(200, { leadid: id }, { 'odata-version': '4.0' }));
	expect(await written(adapter, [{ kind: 'update', entity: 'lead', id, values: { jobtitle: 'x' } }])).toEqual(['applied']);
});

test('what a batch did not come to is sent again, and only that', async () => {
	rig.env.setMultiple('lead', []);
	const adapter = rig.open({
		tamper: async (request, answer) => {
			if (request.body?.includes('POST')) delete (request.headers as Record<string, string>).prefer;
			return await answer();
		},
	});
	await adapter.describe('lead');
	rig.env.calls.reset();
	expect(await written(adapter, many(4, [1]))).toEqual(['applied', 'refused validation 0x8004431a', 'applied', 'applied']);
	expect(rig.env.calls.log.map(({ operations }) => operations.length)).toEqual([2, 2]);
	expect(rig.env.rows('lead').map(({ lastname }) => lastname)).toEqual(['P0', 'P2', 'P3']);
});

test.each([
	['Principal user (Id=1, type=8, roleCount=1) is missing prvCreateLead privilege (Id=2) on OTC=4'],
	['SecLib::CrmCheckPrivilege failed. Returned hr = -2147220960 on UserId: 1 and Privilege: prvCreateLead'],
])('the right to create at all is missed once: %s', async (message) => {
	const adapter = await oneLane();
	rig.env.faults.failOperation({ status: 403, code: '0x80040220', message, when: ({ kind }) => kind !== 'query' });
	expect(counted(await written(adapter, many(300)))).toEqual({ 'refused permission 0x80040220': 300 });
	expect(kinds()).toEqual(['multiple']);
});

test.each([
	['Principal user (Id=1, type=8, roleCount=1) is missing prvCreateTask privilege (Id=2) on OTC=4212'],
	['SecLib::CrmCheckPrivilege failed. Returned hr = -2147220960 on UserId: 1 and Privilege: prvWriteLead'],
])('a right that the plug-in of one row misses refuses this row alone: %s', async (message) => {
	const adapter = await oneLane();
	rig.env.faults.failOperation({ status: 403, code: '0x80040220', message, when: ({ body }) => JSON.stringify(body ?? '').includes('"P7"') });
	expect(counted(await written(adapter, many(20)))).toEqual({ applied: 19, 'refused permission 0x80040220': 1 });
	expect(kinds()).toEqual(['multiple', 'batch']);
});

test('a refusal of one row with 405 does not mean that the table has no bulk messages', async () => {
	const adapter = await oneLane();
	rig.env.faults.failOperation({ status: 405, code: '0x80040227', message: 'not P1', when: ({ body }) => JSON.stringify(body ?? '').includes('"P1"') });
	expect(await written(adapter, many(3))).toEqual(['applied', 'refused conflict 0x80040227', 'applied']);
	await written(adapter, [newLead('X'), newLead('Y')]);
	expect(kinds()).toEqual(['multiple', 'batch', 'multiple']);
});

test.each([
	[404, '0x80060888', "Resource not found for the segment 'Microsoft.Dynamics.CRM.CreateMultiple'."],
	[501, '0x80040216', 'CreateMultiple has not yet been implemented.'],
])('a table that answers bulk messages with %i has none', async (status, code, message) => {
	const adapter = await oneLane();
	rig.env.faults.failOperation({ status, code, message, when: ({ kind }) => kind === 'multiple' });
	expect(await written(adapter, many(3))).toEqual(['applied', 'applied', 'applied']);
	await written(adapter, many(2));
	expect(kinds()).toEqual(['multiple', 'batch', 'batch']);
});

test('a value that the database does not take is found, and the others are written', async () => {
	const adapter = await oneLane();
	rig.env.faults.sqlError(8152, { when: ({ body }) => JSON.stringify(body ?? '').includes('"P7"') });
	const outcomes = await adapter.write({ mutations: many(20), options: plainOptions });
	expect(outcomes.flatMap(({ status }, at) => (status === 'applied' ? [] : [at]))).toEqual([7]);
	expect(outcomes[7]).toMatchObject({ status: 'refused', error: { kind: 'validation', transient: false, message: expect.stringMatching(/^The database of Dynamics 365 refused the record\. It said: .*8152/) } });
	expect(kinds()).toEqual(['multiple', 'batch']);
});

test('a database that was lost in the middle is not written to again', async () => {
	const adapter = await oneLane();
	rig.env.faults.sqlError(10054, { times: 1 });
	expect(await written(adapter, many(3))).toEqual(['unknown unavailable 0x80044150', 'unknown unavailable 0x80044150', 'unknown unavailable 0x80044150']);
	expect(kinds()).toEqual(['multiple']);
});
