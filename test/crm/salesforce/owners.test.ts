import { newCaches } from '../../../src/crm/salesforce/describe/caches';
import { apiError, leadId, scripted, statementsIn, type Script } from './ScriptedHttp';
import { canonicalId } from '../../../src/crm/salesforce/ids';

const user = (at: number) => canonicalId(`005${String(at).padStart(12, '0')}`) ?? '';
const queue = (at: number) => canonicalId(`00G${String(at).padStart(12, '0')}`) ?? '';
const tables: Record<string, object[]> = {
	User: [
		{ Id: user(1), Name: 'Ann Lee', Username: 'ann@acme.example', Email: 'ann@example.com' },
		{ Id: user(2), Name: 'Ann LEE', Username: 'lee@acme.example', Email: 'lee@example.com' },
	],
	Group: [
		{ Id: queue(1), Name: 'Inbound', DeveloperName: 'Inbound_Leads' },
		{ Id: queue(2), Name: 'Cases only', DeveloperName: 'Inbound' },
	],
	QueueSobject: [{ QueueId: queue(1) }],
};

const org = (refusesSupport = false): Script => (request) => ({
	body: {
		compositeResponse: statementsIn(request).map((soql, at) => {
			const from = / FROM (\w+)/.exec(soql)?.[1] ?? '';
			const refused = refusesSupport && from === 'QueueSobject';
			return { referenceId: `part${at}`, httpStatusCode: refused ? 400 : 200, body: refused ? apiError('INVALID_TYPE') : { done: true, records: tables[from] } };
		}),
	},
});

describe('findOwners', () => {
	it('finds users and queues in one call, without case, all that bear the name', async () => {
		const { adapter, http } = scripted(org());
		const found = await adapter.findOwners('Lead', [' ann lee ', 'LEE@example.com', 'inbound', 'Nobody', '']);
		expect(Object.fromEntries(found)).toEqual({
			' ann lee ': [{ id: user(1), name: 'Ann Lee', kind: 'user' }, { id: user(2), name: 'Ann LEE', kind: 'user' }],
			'LEE@example.com': [{ id: user(2), name: 'Ann LEE', kind: 'user' }],
			inbound: [{ id: queue(1), name: 'Inbound', kind: 'queue' }],
		});
		expect(http.requests).toHaveLength(1);
	});

	it('offers every queue where it may not see which object a queue is for', async () => {
		const { adapter } = scripted(org(true));
		expect((await adapter.findOwners('Lead', ['Inbound'])).get('Inbound')?.map(({ id }) => id)).toEqual([queue(1), queue(2)]);
	});

	it('remembers who was found, not who was not', async () => {
		const caches = newCaches(() => 0);
		const { adapter, http } = scripted(org(), { caches });
		await adapter.findOwners('Lead', ['Inbound', 'Nobody']);
		await adapter.findOwners('Lead', ['INBOUND']);
		expect(http.requests).toHaveLength(1);
		await adapter.findOwners('Lead', ['Inbound', 'Nobody']);
		expect(statementsIn(http.requests[1])[0]).not.toMatch(/inbound/i);
		await adapter.findOwners('Case', ['Inbound']);
		expect(http.requests).toHaveLength(3);
	});

	it('finds everybody, however many are asked for', async () => {
		const names = Array.from({ length: 3_000 }, (_, at) => `Person ${at}`);
		const people = names.map((Name, at) => ({ Id: user(at), Name, Username: `p${at}@acme.example`, Email: null }));
		const { adapter } = scripted((request) => {
			const rows = (soql: string) => (soql.includes(' FROM User ') ? people.filter(({ Name }) => soql.includes(`'${Name}'`)) : []);
			return { body: { compositeResponse: statementsIn(request).map((soql, at) => ({ referenceId: `part${at}`, httpStatusCode: 200, body: { done: true, records: rows(soql) } })) } };
		});
		expect((await adapter.findOwners('Lead', names)).size).toBe(3_000);
	});

	it('asks nothing for no names', async () => {
		const { adapter, http } = scripted(org());
		expect((await adapter.findOwners('Lead', [' '])).size + http.requests.length).toBe(0);
	});

	it('passes on a refusal of the search itself', async () => {
		const { adapter } = scripted(() => ({ status: 403, body: apiError('API_DISABLED_FOR_ORG') }));
		await expect(adapter.findOwners('Lead', [leadId(1)])).rejects.toMatchObject({ kind: 'permission' });
	});
});
