import { CrmError } from '../../../src/model/crmError';
import type { Mutation, WriteOptions } from '../../../src/model/record';
import { answerEach, apiError, leadId, scripted, type Script, type ScriptedAnswer } from './ScriptedHttp';

const options: WriteOptions = { runAssignmentRules: false, saveDespiteDuplicateAlert: false };
const creates = (count: number): Mutation[] => Array.from({ length: count }, (_, at) => ({ kind: 'create', entity: 'Lead', values: { LastName: `L${at}` } }));
const saving: Script = (request) => answerEach(request, ({ body }) => (body as { records: unknown[] }).records.map((_, at) => ({ id: leadId(at), success: true, errors: [] })));

/** Error bodies of gateways and proxies. */
const notSalesforce = ['<html><body>Service Unavailable</body></html>', '', 'upstream connect error', 'Bad_Gateway', '[]', '{"error":"Internal Server Error","status":500}', '{"message":"Endpoint request timed out"}', '[{"errorCode":"proxy timeout"}]'];
const subrequests = (body = '') => (JSON.parse(body) as { compositeRequest: Array<{ referenceId: string }> }).compositeRequest;

/** Fails the second request, and the third where it says so. */
const failing = (answer: () => ScriptedAnswer, times = 1): Script => (request, at) => (at >= 1 && at < 1 + times ? answer() : saving(request, at));
const statuses = (outcomes: ReadonlyArray<{ readonly status: string }>) => [0, 1000, 2000].map((at) => outcomes[at].status);

const unsent = () => {
	throw new CrmError('unavailable', { message: 'connection refused' });
};
const lost = () => {
	throw new CrmError('unavailable', { message: 'connection reset', replyLost: true });
};

describe('a failed write', () => {
	it('with a broken server is unknown but settled, and the rest goes on', async () => {
		const { adapter, http } = scripted(failing(() => ({ status: 500, body: apiError('UNKNOWN_EXCEPTION') })));
		const outcomes = await adapter.write({ mutations: creates(3000), options });
		expect(statuses(outcomes)).toEqual(['applied', 'unknown', 'applied']);
		expect(outcomes[1000]).toMatchObject({ settled: true, error: { kind: 'unavailable', httpStatus: 500 } });
		expect(http.requests).toHaveLength(3);
	});

	it('with a lost reply is unknown and not settled, and is not sent again', async () => {
		const { adapter, http } = scripted(failing(lost));
		const outcomes = await adapter.write({ mutations: creates(3000), options });
		expect(statuses(outcomes)).toEqual(['applied', 'unknown', 'applied']);
		expect(outcomes[1000]).toMatchObject({ settled: false });
		expect(http.requests).toHaveLength(3);
		expect(adapter.usage().callsMade).toBe(3);
	});

	it.each([408, 500, 502, 503, 504, 520].flatMap((status) => notSalesforce.map((body) => [status, body] as const)))('answered with %i %j by something before Salesforce is not settled, alone and in a composite', async (status, body) => {
		const { adapter, http } = scripted(() => ({ status, body }));
		expect(await adapter.write({ mutations: creates(1), options })).toMatchObject([{ status: 'unknown', settled: false, error: { kind: 'unavailable', replyLost: true } }]);
		expect(http.requests).toHaveLength(1);
		const inside = scripted((request) => ({ body: { compositeResponse: subrequests(request.body).map(({ referenceId }) => ({ referenceId, httpStatusCode: status, body })) } }));
		expect(new Set((await inside.adapter.write({ mutations: creates(300), options })).map((outcome) => outcome.status === 'unknown' && outcome.settled))).toEqual(new Set([false]));
	});

	it.each([408, 500, 503])("answered with %i in Salesforce's own form is settled, whatever its code", async (status) => {
		for (const code of ['UNKNOWN_EXCEPTION', 'APEX_ERROR', 'INVALID_FIELD']) {
			const { adapter } = scripted(() => ({ status, body: apiError(code) }));
			expect(await adapter.write({ mutations: creates(1), options })).toMatchObject([{ status: 'unknown', settled: true, error: { kind: 'unavailable' } }]);
		}
	});

	it('twice in a row sends nothing more, so that the rest is surely not done', async () => {
		const { adapter, http } = scripted(failing(lost, 9));
		const outcomes = await adapter.write({ mutations: creates(4000), options });
		expect([...statuses(outcomes), outcomes[3000].status]).toEqual(['applied', 'unknown', 'unknown', 'refused']);
		expect(outcomes[3000]).toMatchObject({ error: { kind: 'unavailable', replyLost: false } });
		expect(http.requests).toHaveLength(3);
	});

	it('that surely never left is sent again and then refused, with everything after it', async () => {
		const { adapter, http } = scripted(failing(unsent, 9));
		const outcomes = await adapter.write({ mutations: creates(3000), options });
		expect(statuses(outcomes)).toEqual(['applied', 'refused', 'refused']);
		expect(outcomes[2000]).toMatchObject({ error: { kind: 'unavailable', replyLost: false } });
		expect(http.requests).toHaveLength(5);
		expect(adapter.usage().callsMade).toBe(1);
	});

	it('that never left at first arrives', async () => {
		const { adapter } = scripted(failing(unsent, 2));
		expect(statuses(await adapter.write({ mutations: creates(3000), options }))).toEqual(['applied', 'applied', 'applied']);
	});

	it('over the daily limit is refused with all after it, without another call', async () => {
		const { adapter, http } = scripted(failing(() => ({ status: 403, body: apiError('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.') }), 9));
		const outcomes = await adapter.write({ mutations: creates(3000), options });
		expect(statuses(outcomes)).toEqual(['applied', 'refused', 'refused']);
		expect(outcomes[2999]).toMatchObject({ error: { kind: 'throttled', transient: false } });
		expect(http.requests).toHaveLength(2);
	});

	it('because of too many requests at once waits and goes on', async () => {
		const { adapter, http } = scripted(failing(() => ({ status: 403, body: apiError('REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.') }), 2));
		expect(statuses(await adapter.write({ mutations: creates(3000), options }))).toEqual(['applied', 'applied', 'applied']);
		expect(http.requests).toHaveLength(5);
	});

	it.each([
		[401, 'INVALID_SESSION_ID', 'auth'],
		[403, 'API_DISABLED_FOR_ORG', 'permission'],
	])('with %i %s is refused with all after it, without another call', async (status, code, kind) => {
		const { adapter, http } = scripted(failing(() => ({ status, body: apiError(code) }), 9));
		const outcomes = await adapter.write({ mutations: creates(3000), options });
		expect(statuses(outcomes)).toEqual(['applied', 'refused', 'refused']);
		expect(outcomes[2999]).toMatchObject({ error: { kind } });
		expect(http.requests).toHaveLength(2);
	});

	it.each(['<html>Please sign in to the proxy</html>', '', 'null', '[]', '{"compositeResponse":[]}', '[{"success":true}]', '{"compositeResp'])('answered with %j is unknown, never a crash', async (body) => {
		const { adapter } = scripted(() => ({ body }));
		for (const count of [1, 300]) expect((await adapter.write({ mutations: creates(count), options })).map(({ status }) => status)).toEqual(Array.from({ length: count }, () => 'unknown'));
	});

	it('answered for another record is unknown', async () => {
		const { adapter } = scripted(() => ({ body: [{ id: leadId(2), success: true, errors: [] }] }));
		expect(await adapter.write({ mutations: [{ kind: 'update', entity: 'Lead', id: leadId(1), values: {} }], options })).toMatchObject([{ status: 'unknown' }]);
	});
});

describe('a stopped run', () => {
	it('leaves what was under way unknown and refuses the rest', async () => {
		const controller = new AbortController();
		const { adapter, http } = scripted(
			failing(() => {
				controller.abort();
				throw new CrmError('cancelled', { message: 'stopped' });
			}),
			{ signal: controller.signal },
		);
		const outcomes = await adapter.write({ mutations: creates(3000), options });
		expect(statuses(outcomes)).toEqual(['applied', 'unknown', 'refused']);
		expect(outcomes[1000]).toMatchObject({ settled: false, error: { kind: 'cancelled', replyLost: true } });
		expect(outcomes[2000]).toMatchObject({ error: { kind: 'cancelled', replyLost: false } });
		expect(http.requests).toHaveLength(2);
	});

	it('before the first call makes none', async () => {
		const { adapter, http } = scripted(saving, { signal: AbortSignal.abort() });
		expect(await adapter.write({ mutations: creates(1), options })).toMatchObject([{ status: 'refused', error: { kind: 'cancelled' } }]);
		await expect(adapter.describe('Lead')).rejects.toMatchObject({ kind: 'cancelled' });
		await expect(adapter.identify()).rejects.toMatchObject({ kind: 'cancelled' });
		expect(http.requests).toHaveLength(0);
	});

	it('ends a wait between two tries', async () => {
		const controller = new AbortController();
		const { adapter } = scripted(
			() => {
				setImmediate(() => controller.abort());
				return { status: 503, body: apiError('SERVER_UNAVAILABLE') };
			},
			{ signal: controller.signal, retryDelayMs: 1_000_000 },
		);
		await expect(adapter.listEntities()).rejects.toMatchObject({ kind: 'cancelled' });
	});
});
