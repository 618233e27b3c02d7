import fc from 'fast-check';
import type { CrmAdapter } from '../../../src/model/crmAdapter';
import type { Mutation, WriteOptions } from '../../../src/model/record';
import { soqlLiteral } from '../../../src/crm/salesforce/soql/soqlLiteral';
import { found } from '../../conformance/reading';
import { openSalesforceWorld } from '../../conformance/salesforceWorld';
import { charactersOf } from '../../standin/salesforce/soql/literals';

type World = Awaited<ReturnType<typeof openSalesforceWorld>>;

const quiet: WriteOptions = { runAssignmentRules: false, saveDespiteDuplicateAlert: false };
const lead = (values: Record<string, string>): Mutation => ({ kind: 'create', entity: 'Lead', values: { LastName: 'Ray', Company: 'Acme', ...values } });
const leads = (count: number): Mutation[] => Array.from({ length: count }, (_, at) => lead({ LastName: `L${at}`, Email: `l${at}@example.com` }));

describe('Salesforce over real HTTP', () => {
	let world: World;
	let adapter: CrmAdapter;

	beforeEach(async () => {
		world = await openSalesforceWorld();
		adapter = world.open();
	});
	afterEach(async () => await world.close());

	const write = async (mutations: readonly Mutation[], options = quiet) => await adapter.write({ mutations, options });

	it('matches 1,000 e-mails on leads and contacts in two calls', async () => {
		const emails = Array.from({ length: 1000 }, (_, at) => `firstname.lastname-${at}@a-rather-long-company-name.example.com`);
		for (const Email of emails) world.seed({ LastName: 'L', Email });
		world.org.insert('Contact', { LastName: 'C', Email: emails[500] });
		const records = await found(adapter, ...['Lead', 'Contact'].map((entity) => ({ entity, field: 'Email', values: emails, select: ['LastName'] })));
		expect(records.filter(({ query }) => query === 0)).toHaveLength(1000);
		expect(records.filter(({ query }) => query === 1)).toHaveLength(1);
		expect(world.callsCounted()).toBeLessThanOrEqual(2);
	});

	it('writes 2,500 leads in three calls', async () => {
		const outcomes = await write(leads(2500));
		expect(outcomes.every(({ status }) => status === 'applied')).toBe(true);
		expect(world.callsCounted()).toBe(3);
		expect(world.people()).toHaveLength(2500);
	});

	it('leaves the owner alone unless assignment rules are to run, alone and in a composite', async () => {
		const queue = world.org.addQueue('Inbound');
		world.org.setAssignmentRule(queue);
		for (const count of [1, 300]) {
			const before = world.people().length;
			await write(leads(count));
			await write(leads(count), { ...quiet, runAssignmentRules: true });
			const owners = world.people().slice(before).map(({ OwnerId }) => OwnerId);
			expect(owners).toEqual([...Array.from({ length: count }, () => world.owner.id), ...Array.from({ length: count }, () => queue)]);
		}
	});

	it('leaves the owner of an existing lead alone, whatever the rules of new ones', async () => {
		const ids = [1, 2].map((at) => world.seed({ LastName: `L${at}` }));
		world.org.setAssignmentRule(world.org.addQueue('Inbound'));
		for (const runAssignmentRules of [true, false]) {
			const updates = ids.map((id): Mutation => ({ kind: 'update', entity: 'Lead', id, values: { Description: 'x' } }));
			await write([...updates, ...leads(1)], { ...quiet, runAssignmentRules });
		}
		expect(world.people().slice(0, 2).map(({ OwnerId }) => OwnerId)).toEqual([world.owner.id, world.owner.id]);
	});

	it("shows a validation rule's own words and field", async () => {
		world.org.addValidationRule({ object: 'Lead', message: 'Please give a phone.', field: 'Phone', fails: ({ Phone }) => Phone === null });
		expect(await write([lead({})])).toMatchObject([{ status: 'refused', error: { kind: 'validation', code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: expect.stringContaining('Please give a phone.'), fields: ['Phone'] } }]);
	});

	it('tells of the record that has a unique value', async () => {
		const existing = world.seed({ External_Id__c: 'A-1' });
		expect(await write([lead({ External_Id__c: 'A-1' })])).toMatchObject([{ status: 'refused', error: { kind: 'conflict', code: 'DUPLICATE_VALUE', existingIds: [existing] } }]);
	});

	it('says when a duplicate rule alerts, and saves when told to', async () => {
		world.seed({ LastName: 'Ray', Email: 'ray@example.com' });
		world.org.setDuplicateRule('Lead', { action: 'Alert', matchOn: ['Email'] });
		expect(await write([lead({ Email: 'ray@example.com' })])).toMatchObject([{ status: 'refused', error: { kind: 'conflict', code: 'DUPLICATES_DETECTED', message: 'A duplicate rule of your Salesforce org found records like this one. It says: Use one of these records?' } }]);
		expect(await write([lead({ Email: 'ray@example.com' })], { ...quiet, saveDespiteDuplicateAlert: true })).toMatchObject([{ status: 'applied' }]);
	});

	it('offers no queue for what only users can own', async () => {
		world.org.addQueue('Inbound');
		expect((await adapter.findOwners('Lead', ['Inbound'])).size).toBe(1);
		await adapter.describe('Contact');
		expect(await adapter.findOwners('Contact', ['Inbound'])).toEqual(new Map());
	});

	it('follows a converted lead to its contact', async () => {
		const id = world.seed({ LastName: 'Ray', Email: 'ray@example.com' });
		const { contactId } = world.org.convertLead(id);
		const { conversion } = await adapter.describe('Lead');
		expect(conversion).toEqual({ flagField: 'IsConverted', targetIdField: 'ConvertedContactId', targetEntity: 'Contact' });
		const [record] = await found(adapter, { entity: 'Lead', field: 'Email', values: ['ray@example.com'], select: ['IsConverted', 'ConvertedContactId'] });
		expect(record.values).toEqual({ Email: 'ray@example.com', IsConverted: true, ConvertedContactId: contactId });
		expect(await adapter.write({ mutations: [{ kind: 'update', entity: 'Lead', id, values: { LastName: 'X' } }], options: quiet })).toMatchObject([{ status: 'refused', error: { code: 'CANNOT_UPDATE_CONVERTED_LEAD' } }]);
	});

	it('does not see a hidden field, and says which one it was asked for', async () => {
		world.org.hideField('Lead', 'Phone');
		expect((await adapter.describe('Lead')).fields.map(({ name }) => name)).not.toContain('Phone');
		await expect(found(adapter, { entity: 'Lead', field: 'Email', values: ['a'], select: ['Phone'] })).rejects.toMatchObject({ kind: 'validation', fields: ['Phone'] });
	});

	it('names both causes of a missing API', async () => {
		world.org.faults.apiDisabled();
		await expect(adapter.identify()).rejects.toMatchObject({ kind: 'permission', code: 'API_DISABLED_FOR_ORG', message: expect.stringMatching(/edition.*"API Enabled"/) });
	});

	it('does not knock again on a policy that refuses the session', async () => {
		world.org.faults.policyUnauthorized();
		await expect(adapter.identify()).rejects.toMatchObject({ kind: 'auth', remedy: expect.stringContaining('does not help') });
		expect(world.org.calls.log.length).toBeLessThanOrEqual(2);
	});

	it('tells the rows of a half-failed batch apart', async () => {
		world.org.faults.halfFailedBatch({ times: 1 });
		const outcomes = await write(leads(10));
		expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['applied', 'refused']));
		expect(world.people()).toHaveLength(outcomes.filter(({ status }) => status === 'applied').length);
	});

	it('keeps the good collections of a composite when another is refused whole', async () => {
		const stray: Mutation = { kind: 'update', entity: 'Nobody_Has_This__c', id: world.person.unusedId, values: { Name: 'x' } };
		const outcomes = await write([...leads(2), stray, ...leads(1)]);
		expect(outcomes.map(({ status }) => status)).toEqual(['applied', 'applied', 'refused', 'applied']);
		expect(outcomes[2]).toMatchObject({ error: { kind: 'notFound', code: 'INVALID_TYPE' } });
		expect(world.people()).toHaveLength(3);
	});

	it('never puts a token into an address', async () => {
		await adapter.identify();
		await adapter.describe('Lead');
		await adapter.findOwners('Lead', ['x']);
		await write(leads(300));
		for (const { path } of world.org.calls.log) expect(decodeURIComponent(path)).not.toMatch(/oauth_token|access_token|00D\w+!/);
	});

	it('stops a request that is under way', async () => {
		const stop = new AbortController();
		world.org.faults.latency(60_000);
		const stopped = world.open(stop.signal).write({ mutations: leads(1001), options: quiet });
		setImmediate(() => stop.abort());
		const outcomes = await stopped;
		expect([outcomes[0], outcomes[1000]]).toMatchObject([{ status: 'unknown', settled: false, error: { kind: 'cancelled' } }, { status: 'refused', error: { kind: 'cancelled' } }]);
	});

	it('escapes text so that it comes back the same', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				expect(charactersOf(soqlLiteral(text))?.map((one) => one.text).join('')).toBe(text.toWellFormed());
			}),
		);
	});
});
