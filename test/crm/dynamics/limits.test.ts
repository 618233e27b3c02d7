import type { HttpRequest, HttpResponse } from '../../../src/model/authorizedHttp';
import { CrmError } from '../../../src/model/crmError';
import { DynamicsRest } from '../../../src/crm/dynamics/rest/DynamicsRest';
import { readTogether } from '../../../src/crm/dynamics/rest/batch';
import { json, newLead, openRig, written, type Rig } from './rig';

let rig: Rig;
beforeEach(async () => {
	rig = await openRig();
});
afterEach(() => rig.close());

const many = (count: number) => Array.from({ length: count }, (_, at) => newLead(`P${at}`));
const tooMany = (seconds: number) => json(429, { error: { code: '0x80072326', message: 'Number of concurrent requests exceeded the limit of 52.' } }, { 'retry-after': String(seconds) });

/** Whatever can go on without time passing has gone on. */
const settled = async () => {
	for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** Waits that end when the test says so, in seconds. */
function patientClock() {
	const waits: Array<{ readonly seconds: number; readonly end: () => void }> = [];
	return {
		wait: (ms: number) => new Promise<void>((end) => void waits.push({ seconds: ms / 1000, end })),
		get waits() {
			return waits.map(({ seconds }) => seconds);
		},
		/** Lets those waits end that are no longer than this. */
		pass: async (passed: number) => {
			for (const { seconds, end } of waits) if (seconds <= passed) end();
			await settled();
		},
	};
}

function restOver(answers: HttpResponse[], wait?: (ms: number) => Promise<void>) {
	const sent: string[] = [];
	const http = {
		send: async ({ path }: HttpRequest) => {
			sent.push(path.replace('/api/data/v9.2/', ''));
			return await Promise.resolve(answers.shift() ?? json(200, {}));
		},
	};
	return { sent, rest: new DynamicsRest({ http, instanceUrl: 'https://acme.crm4.dynamics.com', cacheKey: 'a', retryDelayMs: 1, wait }) };
}

test('a wait that one request is asked for holds back all others, and the longest one counts', async () => {
	const clock = patientClock();
	const { rest, sent } = restOver([tooMany(7)], clock.wait);
	const read = async (path: string) => await rest.read({ method: 'GET', path });
	const all = [read('first')];
	await settled();
	all.push(read('second'), rest.write({ method: 'POST', path: 'third', body: '{}' }));
	await settled();
	expect([sent, clock.waits]).toEqual([['first'], [7, 7]]);
	for (const seconds of [9, 2]) rest.heed(new CrmError('throttled', { message: 'later', transient: true, retryAfterMs: seconds * 1_000 }));
	all.push(read('fourth'));
	for (const passed of [2, 7]) {
		await clock.pass(passed);
		expect(sent).toEqual(['first']);
	}
	await clock.pass(9);
	await Promise.all(all);
	expect(sent.toSorted()).toEqual(['first', 'first', 'fourth', 'second', 'third']);
});

test('nobody waits for the hours that are left to a person', async () => {
	const clock = patientClock();
	const { rest, sent } = restOver([tooMany(600)], clock.wait);
	await expect(rest.read({ method: 'GET', path: 'first' })).rejects.toMatchObject({ kind: 'throttled', transient: false });
	await rest.read({ method: 'GET', path: 'second' });
	expect([sent, clock.waits]).toEqual([['first', 'second'], []]);
});

test('stopping a run ends its waits', async () => {
	const stop = new AbortController();
	const http = { send: async () => await Promise.resolve(tooMany(50)) };
	const rest = new DynamicsRest({ http, instanceUrl: 'https://acme.crm4.dynamics.com', cacheKey: 'a', signal: stop.signal });
	const reads = [rest.read({ method: 'GET', path: 'first' }), rest.read({ method: 'GET', path: 'second' })].map((read) => expect(read).rejects.toMatchObject({ kind: 'cancelled' }));
	await settled();
	stop.abort();
	await Promise.all(reads);
});

test('of several operations that were asked to wait, the longest wait counts', async () => {
	rig.env.setMultiple('lead', []);
	const waited: number[] = [];
	const wait = async (ms: number) => await Promise.resolve(void waited.push(ms / 1000));
	const adapter = rig.open({ wait });
	await adapter.describe('lead');
	const limits = [[0, 3], [1, 20], [2, 8]] as const;
	for (const [at, retryAfter] of limits) rig.env.faults.failOperation({ status: 429, code: '0x80072326', message: 'too many', retryAfter, times: 1, when: ({ body }) => JSON.stringify(body ?? '').includes(`"P${at}"`) });
	expect(await written(adapter, many(4))).toEqual(['applied', 'applied', 'applied', 'applied']);
	// Once for what is sent again, once for whatever else would be sent meanwhile.
	expect(waited).toEqual([20, 20]);
	expect(rig.env.rows('lead')).toHaveLength(4);

	waited.length = 0;
	const { rest } = restOver([await batchOf([5, 30, 9])], wait);
	await readTogether(rest, ['a', 'b', 'c'].map((path) => ({ method: 'GET', path }))).catch(() => undefined);
	expect(waited.slice(0, 2)).toEqual([30, 30]);
});

/** The answer to a batch whose operations were all asked to wait. */
async function batchOf(seconds: readonly number[]): Promise<HttpResponse> {
	const part = (one: number) => `--x\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 429 Too Many Requests\r\nRetry-After: ${one}\r\n\r\n${tooMany(one).text}\r\n`;
	return await Promise.resolve({ status: 200, headers: { 'content-type': 'multipart/mixed; boundary=x' }, text: `${seconds.map(part).join('')}--x--\r\n` });
}

test('a write waits as long as it is asked to before it is sent again', async () => {
	const waited: number[] = [];
	const adapter = rig.open({ wait: async (ms) => await Promise.resolve(void waited.push(ms)) });
	await adapter.describe('lead');
	rig.env.calls.reset();
	rig.env.faults.serviceProtection('time', { retryAfter: 12, times: 1 });
	expect(await written(adapter, many(2))).toEqual(['applied', 'applied']);
	expect(waited).toEqual([12_000, 12_000]);
	expect(rig.env.calls.log.map(({ status }) => status)).toEqual([429, 200]);
});

/** Writes 2,000 leads one by one in batches, the first so many operations of which are asked to wait for 55 seconds. */
async function limitedWrite(times: number | undefined) {
	rig.env.setMultiple('lead', []);
	const waited: number[] = [];
	const adapter = rig.open({
		wait: async (ms) => await Promise.resolve(void waited.push(ms / 1000)),
		tamper: async (_, answer) => {
			const given = await answer();
			return { ...given, headers: { ...given.headers, 'x-ms-dop-hint': '1' } };
		},
	});
	await adapter.describe('lead');
	rig.env.calls.reset();
	rig.env.faults.failOperation({ status: 429, code: '0x80072322', message: 'too many', retryAfter: 55, times });
	const outcomes = Map.groupBy(await written(adapter, many(2_000)), (outcome) => outcome);
	return { waited, outcomes: [...outcomes].map(([outcome, all]) => [outcome, all.length]), batches: rig.env.calls.log.map(({ operations }) => operations.length) };
}

test('operations of batches that are asked to wait all wait together, and not without end', async () => {
	const { waited, outcomes, batches } = await limitedWrite(undefined);
	expect(outcomes).toEqual([['refused throttled 0x80072322', 2_000]]);
	expect(batches).toEqual([200, 200, 200]);
	// Twice, each for what is sent again and for whatever else would be sent meanwhile.
	expect(waited).toEqual([55, 55, 55, 55]);
	expect(rig.env.rows('lead')).toEqual([]);
});

test('what waited because others were asked to is written after one wait', async () => {
	const { waited, outcomes, batches } = await limitedWrite(150);
	expect(outcomes).toEqual([['applied', 2_000]]);
	expect(batches).toEqual([200, ...Array<number>(9).fill(200), 150]);
	expect(waited).toEqual([55, 55]);
	expect(rig.env.rows('lead')).toHaveLength(2_000);
});

/** Writes so many batches with what the server recommends; tells how many were under way at once, before and after a limit. */
async function lanesOf(recommended: number, batches: number, limited: boolean) {
	rig.env.setMultiple('lead', []);
	const most = { before: 0, after: 0 };
	let [under, described, limitMet] = [0, false, false];
	const othersDone: Array<() => void> = [];
	const noneUnder = async () => await new Promise<void>((resolve) => (under === 0 ? resolve() : othersDone.push(resolve)));
	const adapter = rig.open({
		// The wait ends when what was under way has been answered.
		wait: noneUnder,
		tamper: async (_, answer) => {
			under += 1;
			const phase = limitMet ? 'after' : 'before';
			if (described) most[phase] = Math.max(most[phase], under);
			const given = await answer();
			under -= 1;
			limitMet ||= given.status === 429;
			if (under === 0) for (const done of othersDone.splice(0)) done();
			return { ...given, headers: { ...given.headers, 'x-ms-dop-hint': String(recommended) } };
		},
	});
	await adapter.describe('lead');
	described = true;
	const fault = limited ? rig.env.faults.serviceProtection('concurrency', { retryAfter: 1, times: 1 }) : undefined;
	expect(new Set(await written(adapter, many(batches * 200)))).toEqual(new Set(['applied']));
	expect([rig.env.rows('lead').length, fault?.struck ?? 1]).toEqual([batches * 200, 1]);
	return most;
}

test('not more than four writes are under way, whatever is recommended', async () => {
	expect(await lanesOf(52, 7, false)).toEqual({ before: 4, after: 0 });
});

test('after a limit was met, one write is under way at a time', async () => {
	expect(await lanesOf(3, 8, true)).toEqual({ before: 3, after: 1 });
});
