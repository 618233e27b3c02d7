import type { ResourceMapperFields } from 'n8n-workflow';

import { lead, pushRig, type PushHow, type World } from './rig';

const rig = pushRig();
const known = { LastName: 'Known', Company: 'Foo', Email: 'known@foo.example' };
const fieldsOf = async (world: World) =>
	(await world.ask<ResourceMapperFields>('resourceMapping', 'getMappingFields', { object: 'Lead' })).fields;

describe('CRM Lead Sync: the fields that the editor shows', () => {
	it('shows label, kind, whether required, and the choices, as the CRM describes them', async () => {
		const fields = await fieldsOf(await rig.connect());
		const byId = Object.fromEntries(fields.map((field) => [field.id, field]));
		expect(byId.LastName).toMatchObject({ displayName: 'Last Name (required)', type: 'string', required: true, removed: false, readOnly: false });
		expect(byId.Email).toMatchObject({ displayName: 'Email', required: false, defaultMatch: true, canBeUsedToMatch: true, removed: false });
		expect(byId.Rating).toMatchObject({ type: 'options', options: [{ name: 'Hot', value: 'Hot' }, { name: 'Warm', value: 'Warm' }, { name: 'Cold', value: 'Cold' }], canBeUsedToMatch: false });
		expect(byId.NumberOfEmployees).toMatchObject({ displayName: 'Employees (NumberOfEmployees)', type: 'number' });
		expect(byId.DoNotCall).toMatchObject({ type: 'boolean' });
		expect(byId.Demo_At__c).toMatchObject({ type: 'dateTime' });
		expect(byId.Full_Label__c).toMatchObject({ readOnly: true, removed: true, displayName: expect.stringContaining('read-only, calculated') });
		expect(byId.Interests__c.displayName).toContain('several of: Events; Newsletter; Product; Training');
		expect(byId.OwnerId.displayName).toContain('name, user name, e-mail, queue or ID');
		expect(fields.slice(0, 2).map(({ id }) => id).sort()).toEqual(['Company', 'LastName']);
	});

	it('shows a field at once that an admin has just added, and none that is hidden', async () => {
		const world = await rig.connect();
		await fieldsOf(world);
		world.org.defineField('Lead', { name: 'Newest__c', type: 'string' });
		world.org.hideField('Lead', 'Phone');
		const ids = (await fieldsOf(world)).map(({ id }) => id);
		expect(ids).toContain('Newest__c');
		expect(ids).not.toContain('Phone');
	});

	it('shows why there are none, instead of an empty list', async () => {
		const world = await rig.connect();
		world.org.faults.apiDisabled();
		await expect(fieldsOf(world)).rejects.toThrow(/API/);
		await expect(world.ask('loadOptions', 'getObjects', {})).rejects.toThrow(/API/);
	});
});

describe('CRM Lead Sync: where values come from', () => {
	it('sends raw values, not what an expression makes of them as text', async () => {
		const world = await rig.connect();
		const rows = { ...lead, NumberOfEmployees: '={{ $json.count }}', DoNotCall: '={{ $json.not }}', Interests__c: '={{ $json.interests }}', Rating: '={{ $json.rating }}' };
		await world.push([{ ...known, count: 12, not: true, interests: ['Training', 'Events'], rating: 'hot' }], { rows });
		expect(world.rows()).toEqual([expect.objectContaining({ NumberOfEmployees: 12, DoNotCall: true, Interests__c: 'Events;Training', Rating: 'Hot' })]);
	});

	it.each([
		['a plain name', '={{ $json.Phone }}', '1'],
		['a nested one', '={{ $json.contact.phone }}', '2'],
		['brackets', "={{ $json['contact']['home phone'] }}", '3'],
		['a list', '={{ $json.phones[1] }}', '5'],
		['text around it', '=+{{ $json.Phone }}-{{ $json.contact.phone }}', '+1-2'],
		['a method', "={{ $json.contact.phone.padStart(4, '0') }}", '0002'],
		['a length', '={{ $json.phones.length }}', '2'],
		['another item', '={{ $("Push").params.object ? $input.first().json.Phone : 0 }}', '1'],
		['a constant', '6', '6'],
		['a text that begins like a template', '{{ $json.Phone }}', '{{ $json.Phone }}'],
	])('reads %s', async (_, Phone, expected) => {
		const world = await rig.connect();
		await world.push([{ ...known, Phone: '1', contact: { phone: '2', 'home phone': '3' }, phones: ['4', '5'] }], { rows: { ...lead, Phone } });
		expect(world.rows()).toEqual([expect.objectContaining({ Phone: expected })]);
	});

	it('refuses only the item for which an expression fails', async () => {
		const world = await rig.connect();
		const rows = { ...lead, Birthday__c: '={{ $json.born.toDateTime().toISODate() }}' };
		const items = ['1906-12-09', 'in spring', '1815-12-10'].map((born, index) => ({ ...known, Email: `${index}@foo.example`, born }));
		const pushed = await world.push(items, { rows });
		expect(pushed.outcomes).toEqual(['created', 'refused', 'created']);
		expect(pushed.problems(1)).toEqual([expect.objectContaining({ field: 'Birthday__c', reason: expect.stringContaining('its expression failed: cannot convert to Luxon DateTime') })]);
	});

	it('clears nothing where n8n makes nothing of an expression', async () => {
		const world = await rig.connect();
		world.org.insert('Lead', { ...known, Phone: '1' });
		const pushed = await world.push([known], { rows: { ...lead, Phone: '={{ $json.contact.phone.trim() }}' }, options: { emptyValues: 'clear' } });
		expect(pushed.outcomes).toEqual(['unchanged']);
	});

	it('maps automatically by name, and tells in a hint what it did not use', async () => {
		const world = await rig.connect();
		const pushed = await world.push([{ ...known, Phone: '1', utm_source: 'x', '<b>Id</b>': 1 }, { ...known, Email: 'b@foo.example', Full_Label__c: 'x' }], { automatic: true });
		expect(pushed.outcomes).toEqual(['created', 'created']);
		expect(world.rows()[0]).toMatchObject({ ...known, Phone: '1' });
		expect(pushed.hints).toEqual([expect.stringMatching(/^info: Not sent, because Lead has no field of that name that can be written: utm_source, .*Full_Label__c$/)]);
		expect(pushed.hints[0]).not.toContain('<b>');
	});

	it('refuses, of an automatic mapping, the items that miss what a lead needs', async () => {
		const world = await rig.connect();
		const pushed = await world.push([known, { LastName: 'Foo', Email: 'foo@foo.example' }, { LastName: 'Bar', Company: 'Bar' }], { automatic: true });
		expect(pushed.outcomes).toEqual(['created', 'refused', 'refused']);
		expect(pushed.problems(1)).toEqual([expect.objectContaining({ field: 'Company' })]);
		expect(pushed.problems(2)).toEqual([expect.objectContaining({ field: 'Email', reason: expect.stringContaining('no existing record can be found') })]);
	});
});

describe('CRM Lead Sync: a mapping that cannot work', () => {
	it.each([
		['no mapping', { rows: {} }, /No field of Lead gets a value/],
		['an unknown field', { rows: { ...lead, Fone: '1' } }, /Lead has no field Fone/],
		['a field in other letters', { rows: { ...lead, phone: '1' } }, /Lead has no field phone[\s\S]*Did you mean Phone\?/],
		['a read-only field', { rows: { ...lead, LastActivityDate: '2030-01-01' } }, /Last Activity Date is read-only/],
		['a calculated field', { rows: { ...lead, Full_Label__c: 'x' } }, /Full Label \(Full_Label__c\) is calculated/],
		['a match field without a value', { rows: { LastName: 'Foo', Company: 'Foo' } }, /match field Email gets no value/],
		['an unknown match field', { match: 'Mail' }, /no field Mail to match on/],
		['a match field that finds nothing', { match: 'Description', rows: { ...lead, Description: 'x' } }, /cannot be found by Description/],
		['a required field without a value', { rows: { LastName: 'Foo', Email: 'foo@foo.example' } }, /needs Company,/],
		['one expression for everything', { fields: '={{ $json }}' }, /field mapping cannot be one expression/],
		['a time zone that is none', { options: { timeZone: 'Mars/Olympus' } }, /"Mars\/Olympus" is not a time zone/],
	])('stops %s before anything is written, naming it', async (_, how, message) => {
		const world = await rig.connect();
		const pushed = await world.push([known], how);
		expect([pushed.result.status, pushed.failure]).toEqual(['error', expect.stringMatching(message)]);
		expect(world.writes).toBe(0);
	});

	it('stops when a mapped field is hidden from the user', async () => {
		const world = await rig.connect();
		world.org.hideField('Lead', 'Phone');
		expect((await world.push([known], { rows: { ...lead, Phone: '1' } })).failure).toMatch(/Lead has no field Phone, or the signed-in user may not see it/);
	});
});

describe('CRM Lead Sync: parameters that hold for all items', () => {
	it.each<[string, PushHow, RegExp]>([
		['object', { object: '={{ $json.what }}' }, /parameter object must be the same for all items: it is "Lead" for the first and "Contact" for item 2/],
		['dry run', { dryRun: '={{ $json.what === "Lead" }}' }, /parameter dryRun must be the same/],
		['option', { options: { target: '={{ $json.what === "Lead" ? "skip" : "create" }}' } }, /parameter options must be the same/],
	])('stop before anything is written when an expression makes the %s differ', async (_, how, message) => {
		const world = await rig.connect();
		const items = ['Lead', 'Lead', 'Contact'].map((what, index) => ({ ...known, Email: `${index}@foo.example`, what }));
		const pushed = await world.push(items, how);
		expect([pushed.failure, world.org.calls.total]).toEqual([expect.stringMatching(message), 0]);
	});

	it('write nothing when the expression of Dry Run gives nothing', async () => {
		const world = await rig.connect();
		const pushed = await world.push([known], { dryRun: '={{ $json.test }}' });
		expect([pushed.failure, world.rows()]).toEqual([expect.stringContaining('Dry Run cannot be empty'), []]);
	});

	it('may come from an expression that gives the same for all', async () => {
		const world = await rig.connect();
		const items = [known, { ...known, Email: 'b@foo.example' }].map((item) => ({ ...item, what: 'Lead' }));
		expect((await world.push(items, { object: '={{ $json.what }}', options: { timeZone: '={{ "Europe/Vienna" }}' } })).outcomes).toEqual(['created', 'created']);
	});
});
