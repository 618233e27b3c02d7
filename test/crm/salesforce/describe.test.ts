import { newCaches } from '../../../src/crm/salesforce/describe/caches';
import { CrmError } from '../../../src/model/crmError';
import { apiError, scripted } from './ScriptedHttp';

const field = (name: string, type: string, more: object = {}) => ({ name, label: name, type, createable: true, updateable: true, nillable: true, filterable: true, ...more });
const lead = {
	name: 'Lead',
	label: 'Lead',
	labelPlural: 'Leads',
	queryable: true,
	createable: true,
	updateable: true,
	custom: false,
	fields: [
		field('Id', 'id', { createable: false, updateable: false, nillable: false, defaultedOnCreate: true }),
		field('LastName', 'string', { nillable: false, length: 80 }),
		field('DoNotCall', 'boolean', { nillable: false, defaultedOnCreate: true }),
		field('Status', 'picklist', { restrictedPicklist: true, picklistValues: [{ value: 'Open', label: 'Offen', active: true }, { value: 'Old', label: 'Old', active: false }] }),
		field('Budget__c', 'currency', { precision: 18, scale: 2, length: 0 }),
		field('Seats__c', 'int', { digits: 8, precision: 0 }),
		field('Score__c', 'double', { calculated: true, createable: false, updateable: false, precision: 5, scale: 0 }),
		field('Address', 'address'),
		field('OwnerId', 'reference', { referenceTo: ['Group', 'User'], nillable: false, defaultedOnCreate: true }),
		field('RecordTypeId', 'reference', { referenceTo: ['RecordType'] }),
		field('Hidden__c', 'string', { deprecatedAndHidden: true }),
		field('IsConverted', 'boolean'),
		field('ConvertedContactId', 'reference', { referenceTo: ['Contact'] }),
	],
	recordTypeInfos: [
		{ recordTypeId: '012000000000000AAA', name: 'Master', developerName: 'Master', master: true, available: true, active: true },
		{ recordTypeId: '012000000000001', name: 'Partner', developerName: 'Partner_Lead', master: false, available: true, active: true },
		{ recordTypeId: '012000000000002', name: 'Gone', developerName: 'Gone', master: false, available: true, active: false },
	],
};

describe('describe', () => {
	it('maps the fields', async () => {
		const { adapter } = scripted(() => ({ body: lead }));
		const { fields, recordTypes, conversion } = await adapter.describe('Lead');
		const of = (name: string) => fields.find((one) => one.name === name);
		expect(fields.map(({ name, type }) => `${name} ${type}`)).toEqual([
			'Id id', 'LastName text', 'DoNotCall boolean', 'Status picklist', 'Budget__c decimal', 'Seats__c integer', 'Score__c decimal', 'Address other', 'OwnerId reference', 'RecordTypeId reference', 'IsConverted boolean', 'ConvertedContactId reference',
		]);
		expect(fields.filter(({ required }) => required).map(({ name }) => name)).toEqual(['LastName']);
		expect(of('LastName')).toMatchObject({ length: 80, clearable: false });
		expect(of('Status')).toMatchObject({ restricted: true, clearable: true, picklist: [{ value: 'Open', label: 'Offen' }] });
		expect(of('Budget__c')).toMatchObject({ precision: 18, scale: 2 });
		expect(of('Seats__c')).toMatchObject({ precision: 8, scale: 0 });
		expect(of('Score__c')).toMatchObject({ calculated: true, createable: false });
		expect([of('OwnerId')?.namedBy, of('RecordTypeId')?.namedBy, of('ConvertedContactId')?.namedBy]).toEqual(['owner', 'recordType', undefined]);
		expect(recordTypes).toEqual([
			{ id: '012000000000001AAA', name: 'Partner', developerName: 'Partner_Lead', available: true },
			{ id: '012000000000002AAA', name: 'Gone', developerName: 'Gone', available: false },
		]);
		expect(conversion).toEqual({ flagField: 'IsConverted', targetIdField: 'ConvertedContactId', targetEntity: 'Contact' });
	});

	it('searches a field by its described type, when it is known without a call', async () => {
		const { adapter, http } = scripted((request) => ({ body: request.path.endsWith('/describe') ? lead : { done: true, records: [] } }));
		await adapter.describe('Lead');
		for await (const page of adapter.match([{ entity: 'lead', field: 'budget__c', values: ['12.50', 'none'], select: [] }])) expect(page.records).toEqual([]);
		expect(decodeURIComponent(http.requests[1].path)).toContain('budget__c IN (12.50)');
	});
});

describe('the memory of descriptions', () => {
	it('lasts ten minutes, per sign-in, and can be passed by', async () => {
		let now = 0;
		const caches = newCaches(() => now);
		const one = scripted(() => ({ body: lead }), { caches });
		const other = scripted(() => ({ body: lead }), { caches, cacheKey: 'somebody else' });
		await one.adapter.describe('Lead');
		now = 10 * 60 * 1000 - 1;
		await one.adapter.describe('LEAD');
		expect(one.http.requests).toHaveLength(1);
		await other.adapter.describe('Lead');
		expect(other.http.requests).toHaveLength(1);
		now += 1;
		await one.adapter.describe('Lead');
		await one.adapter.describe('Lead', true);
		expect(one.http.requests).toHaveLength(3);
	});

	it('shares one request among those who ask at the same time', async () => {
		const { adapter, http } = scripted(() => ({ body: lead }));
		const [first, second] = await Promise.all([adapter.describe('Lead'), adapter.describe('Lead')]);
		expect(second).toBe(first);
		expect(http.requests).toHaveLength(1);
	});

	it('never keeps a failure', async () => {
		const { adapter } = scripted((_, at) => (at === 0 ? { status: 404, body: apiError('NOT_FOUND') } : { body: lead }));
		await expect(Promise.all([adapter.describe('Lead'), adapter.describe('Lead')])).rejects.toMatchObject({ kind: 'notFound' });
		expect((await adapter.describe('Lead')).name).toBe('Lead');
	});

	it('does not end the waiting of one run when another is stopped', async () => {
		const caches = newCaches(() => 0);
		const stop = new AbortController();
		const stopped = scripted(
			() => {
				stop.abort();
				throw new CrmError('cancelled', { message: 'stopped' });
			},
			{ caches, signal: stop.signal },
		);
		const going = scripted(() => ({ body: lead }), { caches });
		const answers = await Promise.allSettled([stopped.adapter.describe('Lead'), going.adapter.describe('Lead')]);
		expect(answers.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
	});

	it('ends the waiting of a run that is stopped itself', async () => {
		const caches = newCaches(() => 0);
		const stop = new AbortController();
		const slow = Promise.withResolvers<{ body: object }>();
		const going = scripted(() => slow.promise, { caches });
		const stopped = scripted(() => ({ body: lead }), { caches, signal: stop.signal });
		const waiting = [going.adapter.describe('Lead'), stopped.adapter.describe('Lead')];
		stop.abort();
		await expect(waiting[1]).rejects.toMatchObject({ kind: 'cancelled' });
		slow.resolve({ body: lead });
		expect((await waiting[0]).name).toBe('Lead');
	});

	it('keeps 200 descriptions, those used last', async () => {
		const { adapter, http } = scripted((request) => ({ body: { ...lead, name: request.path.split('/')[5] } }));
		for (let at = 0; at < 200; at += 1) await adapter.describe(`Object${at}__c`);
		await adapter.describe('Object0__c');
		await adapter.describe('Object200__c');
		expect(http.requests).toHaveLength(201);
		await adapter.describe('Object0__c');
		expect(http.requests).toHaveLength(201);
		await adapter.describe('Object1__c');
		expect(http.requests).toHaveLength(202);
	});
});

describe('listEntities', () => {
	it('leaves out what no person works with, by label', async () => {
		const sobject = (name: string, more: object = {}) => ({ name, label: name, queryable: true, layoutable: true, createable: true, updateable: true, custom: name.endsWith('__c'), ...more });
		const sobjects = [sobject('Lead'), sobject('LeadHistory', { associateEntityType: 'History' }), sobject('Event__e', { queryable: false }), sobject('Zoo__c', { label: 'Animals' }), sobject('ApexLog', { layoutable: false, createable: false }), sobject('Setting__c', { customSetting: true }), sobject('Old', { deprecatedAndHidden: true })];
		const { adapter } = scripted(() => ({ body: { sobjects } }));
		expect(await adapter.listEntities()).toEqual([
			{ name: 'Zoo__c', label: 'Animals', createable: true, updateable: true, custom: true },
			{ name: 'Lead', label: 'Lead', createable: true, updateable: true, custom: false },
		]);
	});
});
