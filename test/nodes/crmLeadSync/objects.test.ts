import { pushRig } from './rig';

const rig = pushRig();

describe('CRM Lead Sync: any object', () => {
	it('offers every object that can be written, by label', async () => {
		const world = await rig.connect();
		const objects = await world.ask<Array<{ name: string; value: string }>>('loadOptions', 'getObjects', {});
		expect(objects).toEqual(expect.arrayContaining([{ name: 'Lead', value: 'Lead' }, { name: 'Contact', value: 'Contact' }, { name: 'Subscription (Subscription__c)', value: 'Subscription__c' }]));
	});

	it.each([
		['Account', { Name: 'Foo', Phone: '={{ $json.value }}' }, 'Name'],
		['Contact', { LastName: 'Foo', Email: 'foo@foo.example', Phone: '={{ $json.value }}' }, 'Email'],
		['Case', { SuppliedEmail: 'foo@foo.example', Subject: '={{ $json.value }}' }, 'SuppliedEmail'],
		['Opportunity', { Name: 'Foo', StageName: 'Prospecting', CloseDate: '2030-01-31', Description: '={{ $json.value }}' }, 'Name'],
		['Subscription__c', { External_Id__c: 'S-1', Plan__c: 'team', Monthly_Price__c: '={{ $json.value }}' }, 'External_Id__c'],
	])('creates and updates %s', async (object, rows, match) => {
		const world = await rig.connect();
		const outcomes = [];
		for (const value of ['1', '1', '2']) outcomes.push((await world.push([{ value }], { object, rows, match })).outcomes[0]);
		expect(outcomes).toEqual(['created', 'unchanged', 'updated']);
		expect(world.rows(object)).toHaveLength(1);
	});

	it('creates and updates a custom object that an admin has just added', async () => {
		const world = await rig.connect();
		world.org.defineObject({ name: 'Visit__c', fields: [{ name: 'Email__c', type: 'email', idLookup: true }, { name: 'Note__c', type: 'string' }] });
		const how = { object: 'Visit__c', rows: { Email__c: '={{ $json.mail }}', Note__c: '={{ $json.note }}' }, match: null };
		expect((await world.push([{ mail: 'a@foo.example', note: '1' }, { mail: 'A@foo.example', note: '2' }], how)).outcomes).toEqual(['created', 'updated']);
		expect(world.rows('Visit__c')).toEqual([expect.objectContaining({ Note__c: '2' })]);
	});

	it('tells apart external ids that differ in case, where the field does', async () => {
		const world = await rig.connect();
		const how = { object: 'Subscription__c', rows: { External_Id__c: '={{ $json.id }}', Plan__c: 'Team' }, match: 'External_Id__c' };
		expect((await world.push([{ id: 'a' }, { id: 'A' }, { id: 'a' }], how)).outcomes).toEqual(['created', 'created', 'unchanged']);
		expect(world.rows('Subscription__c')).toHaveLength(2);
	});

	it('says which right is missing', async () => {
		const world = await rig.connect();
		world.org.setObjectAccess('Lead', { update: false });
		const pushed = await world.push([{ LastName: 'Foo', Company: 'Foo', Email: 'foo@foo.example' }]);
		expect(pushed.failure).toContain('may not edit Leads');
		expect((await world.push([{ LastName: 'Foo', Company: 'Foo', Email: 'foo@foo.example' }], { mode: 'create' })).outcomes).toEqual(['created']);
	});

	it.each(['Nothing__c', 'Lead; drop', '../query'])('refuses the object %j before anything is written', async (object) => {
		const world = await rig.connect();
		const pushed = await world.push([{ LastName: 'Foo' }], { object });
		expect(pushed.result.status).toBe('error');
		expect(pushed.failure).toContain(`There is no object ${JSON.stringify(object)} in the CRM`);
		expect(world.writes).toBe(0);
	});
});
