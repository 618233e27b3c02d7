import { CrmError } from '../../../src/model/crmError';
import { AuthorizedTransport } from '../../../src/crm/salesforce/rest/AuthorizedTransport';
import { UsageMeter } from '../../../src/crm/salesforce/rest/UsageMeter';
import { allOf, answerEach, apiError, leadId, nothingFound, scripted, ScriptedHttp } from './ScriptedHttp';

const emails = (query = 'Email') => [{ entity: 'Lead', field: query, values: ['a@example.com'], select: [] }];
const oneUpdate = { mutations: [{ kind: 'update' as const, entity: 'Lead', id: leadId(1), values: { LastName: 'Ray' } }], options: { runAssignmentRules: false, saveDespiteDuplicateAlert: false } };

describe('traps of jsforce', () => {
	it('asks once and no more when every sign-in is refused', async () => {
		const { adapter, http } = scripted(() => ({ status: 401, body: apiError('INVALID_SESSION_ID', 'Session expired or invalid') }));
		await expect(adapter.describe('Lead')).rejects.toMatchObject({ kind: 'auth', httpStatus: 401, code: 'INVALID_SESSION_ID' });
		expect(http.requests).toHaveLength(1);
	});

	it('reads past 10,000 rows', async () => {
		const page = (at: number) => ({
			totalSize: 12_000,
			done: at === 5,
			...(at < 5 ? { nextRecordsUrl: `/services/data/v67.0/query/01gRO0000016PIAYA2-${(at + 1) * 2000}` } : {}),
			records: Array.from({ length: 2000 }, (_, row) => ({ attributes: { type: 'Lead' }, Id: leadId(at * 2000 + row), Email: 'a@example.com' })),
		});
		const { adapter } = scripted((_, at) => ({ body: page(at) }));
		const found = await allOf(adapter.match(emails()));
		expect(new Set(found.flatMap(({ records }) => records.map(({ id }) => id))).size).toBe(12_000);
	});

	it('refuses a name or an id that would change the path instead of sending it', async () => {
		const { adapter, http } = scripted(() => ({ body: nothingFound }));
		await expect(adapter.describe('Lead/../User')).rejects.toMatchObject({ kind: 'notFound' });
		await expect(allOf(adapter.match(emails('Email?x=1')))).rejects.toMatchObject({ kind: 'validation' });
		const outcomes = await adapter.write({ ...oneUpdate, mutations: [{ ...oneUpdate.mutations[0], id: '00Q/../../x?y#' }] });
		expect(outcomes).toMatchObject([{ status: 'refused', error: { kind: 'validation' } }]);
		expect(http.requests).toHaveLength(0);
		expect(adapter.recordUrl('Lead', 'a/b?c')).toBe('https://acme.my.salesforce.com/a%2Fb%3Fc');
	});

	it.each([300, 403, 404, 412, 414, 500])('keeps the HTTP status %i', async (status) => {
		const { adapter } = scripted(() => ({ status, body: '<html>nobody reads this</html>' }));
		const error: unknown = await adapter.listEntities().catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(CrmError);
		expect(error).toMatchObject({ httpStatus: status });
		expect(String(error)).not.toContain('html');
	});

	it.each([420, 429, 500, 502, 503, 504])('never repeats a write that was answered with %i, unless surely nothing was done', async (status) => {
		const { adapter, http } = scripted(() => ({ status, body: 'no' }));
		await adapter.write(oneUpdate);
		expect(http.requests).toHaveLength(status === 429 ? 4 : 1);
	});

	it('refuses an address that has no API with words of its own', () => {
		expect(() => scripted(() => ({}), { instanceUrl: 'https://acme.lightning.force.com' })).toThrow(expect.objectContaining({ name: 'CrmError', kind: 'validation' }));
	});

	it('follows no redirect', async () => {
		const { adapter, http } = scripted(() => ({ status: 302, headers: { location: 'https://evil.example/services/data' } }));
		await expect(adapter.describe('Lead')).rejects.toMatchObject({ kind: 'unavailable', httpStatus: 302 });
		expect(http.requests).toHaveLength(1);
	});

	it('sends paths below the host only, without a token and without a header of sign-in', async () => {
		const { adapter, http } = scripted((request) => (request.path.includes('userinfo') ? { body: { user_id: `005${'0'.repeat(12)}`, preferred_username: 'a@b' } } : answerEach(request, () => ({ done: true, records: [{ Id: `00D${'0'.repeat(12)}`, IsSandbox: true }] }))));
		await adapter.identify();
		for (const { path, headers } of http.requests) {
			expect(path).toMatch(/^\/services\//);
			expect(path).not.toMatch(/token|00D.*!/i);
			expect(Object.keys(headers ?? {}).map((name) => name.toLowerCase())).not.toContain('authorization');
		}
	});

	it('does not follow an address of another host inside an answer', async () => {
		const { adapter, http } = scripted(() => ({ body: { done: false, nextRecordsUrl: 'https://evil.example/services/data/v67.0/query/01g', records: [] } }));
		await expect(allOf(adapter.match(emails()))).rejects.toMatchObject({ kind: 'unavailable' });
		expect(http.requests).toHaveLength(1);
	});

	it('sends nothing to another host, whoever asks', async () => {
		const http = new ScriptedHttp(() => ({ body: {} }));
		const transport = new AuthorizedTransport(http, 'https://acme.my.salesforce.com', new UsageMeter());
		for (const url of ['https://evil.example/services/data', 'https://acme.my.salesforce.com.evil.example/', '//evil.example/'])
			await expect(transport.httpRequest({ method: 'GET', url })).rejects.toBeInstanceOf(CrmError);
		await transport.httpRequest({ method: 'GET', url: 'https://acme.my.salesforce.com/services/data', headers: { Authorization: 'Bearer x', cookie: 'sid=x', 'X-Ours': '1' } });
		expect(http.requests).toMatchObject([{ path: '/services/data', headers: { 'X-Ours': '1' } }]);
		expect(Object.keys(http.requests[0].headers ?? {})).toEqual(['X-Ours']);
	});

	it('keeps the usage that Salesforce last reported', async () => {
		const limitInfo = 'api-usage=25/5000; per-app-api-usage=17/250(appName=sample-app)';
		const { adapter } = scripted((_, at) => ({ body: { sobjects: [] }, ...(at === 0 ? { headers: { 'sforce-limit-info': limitInfo } } : {}) }));
		await adapter.listEntities();
		await adapter.listEntities();
		expect(adapter.usage()).toEqual({ used: 25, limit: 5000, callsMade: 2 });
	});
});
