import { json, openRig, type Rig } from './rig';

let rig: Rig;
beforeEach(async () => {
	rig = await openRig();
});
afterEach(() => rig.close());

async function field(entity: string, name: string) {
	return (await rig.open().describe(entity)).fields.find((one) => one.name === name);
}

test.each<[string, string, object]>([
	['lead', 'leadid', { type: 'id', createable: false, updateable: false, required: false, unique: true }],
	['lead', 'lastname', { type: 'text', label: 'Last Name', length: 50, required: false, clearable: true }],
	['lead', 'emailaddress1', { type: 'email', length: 100, filterable: true, caseSensitive: false }],
	['lead', 'mobilephone', { type: 'phone' }],
	['lead', 'websiteurl', { type: 'url' }],
	['lead', 'description', { type: 'text', length: 2000, filterable: false }],
	['lead', 'donotemail', { type: 'boolean', clearable: false, createable: true, picklist: [{ value: 'true', label: 'Do Not Allow' }, { value: 'false', label: 'Allow' }] }],
	['lead', 'revenue', { type: 'decimal', scale: 2, precision: 17 }],
	['lead', 'numberofemployees', { type: 'integer', scale: 0, precision: 7 }],
	['lead', 'estimatedclosedate', { type: 'date' }],
	['lead', 'createdon', { type: 'datetime', createable: false, updateable: false }],
	['lead', 'fullname', { type: 'text', createable: false, updateable: false }],
	['lead', 'versionnumber', { type: 'other', filterable: false }],
	['lead', 'statecode', { type: 'picklist', restricted: true, required: false, clearable: false }],
	['lead', 'ownerid', { type: 'reference', referenceTo: ['systemuser', 'team'], namedBy: 'owner', ownedBy: 'team', required: false, clearable: false }],
	['lead', 'parentcontactid', { type: 'reference', referenceTo: ['contact'], clearable: true }],
	['contact', 'parentcustomerid', { type: 'reference', referenceTo: ['account', 'contact'], createable: true }],
	['contact', 'birthdate', { type: 'date' }],
	['incident', 'title', { type: 'text' }],
	['incident', 'customerid', { type: 'reference', referenceTo: ['account', 'contact'] }],
])('%s.%s is described', async (entity, name, expected) => {
	expect(await field(entity, name)).toMatchObject(expected);
});

test('companions of choices and lookups are no fields of their own', async () => {
	const names = (await rig.open().describe('lead')).fields.map(({ name }) => name);
	expect(names).not.toContain('leadsourcecodename');
	expect(names).not.toContain('parentcontactidname');
	expect(new Set(names).size).toBe(names.length);
});

test('choices have their number, the label of the user and those of other languages', async () => {
	expect((await field('lead', 'leadsourcecode'))?.picklist.slice(0, 2)).toEqual([
		{ value: '1', label: 'Advertisement', otherLabels: ['Publicité'] },
		{ value: '2', label: 'Employee Referral' },
	]);
});

test('labels are those of the signed-in user', async () => {
	const french = await openRig({ language: 1036 });
	try {
		const { label, fields } = await french.open().describe('lead');
		expect(label).toBe('Prospect');
		expect(fields.find(({ name }) => name === 'leadsourcecode')?.picklist[0]).toEqual({ value: '1', label: 'Publicité', otherLabels: ['Advertisement'] });
	} finally {
		await french.close();
	}
});

test('custom tables, choices of several, shared choices, keys and times without a zone', async () => {
	rig.env.addTable({
		name: 'new_course',
		label: 'Course',
		pluralLabel: 'Courses',
		keys: [{ name: 'new_code', columns: ['new_code'] }, { name: 'new_pair', columns: ['new_code', 'new_title'] }, { name: 'new_old', columns: ['new_old'], status: 'Failed' }],
		columns: [
			{ name: 'new_title', type: 'String', required: 'SystemRequired' },
			{ name: 'new_code', type: 'String', maxLength: 20 },
			{ name: 'new_old', type: 'String' },
			{ name: 'new_days', type: 'MultiSelectPicklist', options: [{ value: 1, label: 'Mon' }, { value: 2, label: 'Tue' }] },
			{ name: 'new_level', type: 'Picklist', globalOptionSet: 'new_levels', options: [{ value: 100, label: 'Easy' }] },
			{ name: 'new_at', type: 'DateTime', behavior: 'TimeZoneIndependent' },
			{ name: 'new_sum', type: 'Decimal', sourceType: 1 },
			{ name: 'new_number', type: 'String', autoNumberFormat: 'C-{SEQNUM:4}' },
			{ name: 'new_teacher', type: 'Lookup', targets: ['contact'], schemaName: 'new_Teacher' },
		],
	});
	const { label, labelPlural, fields, createable } = await rig.open().describe('new_course');
	expect({ label, labelPlural, createable }).toEqual({ label: 'Course', labelPlural: 'Courses', createable: true });
	const of = (name: string) => fields.find((one) => one.name === name);
	expect(of('new_title')).toMatchObject({ required: true, clearable: false });
	expect([of('new_code')?.externalId, of('new_title')?.externalId, of('new_old')?.externalId]).toEqual([true, false, false]);
	expect(of('new_days')).toMatchObject({ type: 'multipicklist', filterable: false, picklist: [{ value: '1', label: 'Mon' }, { value: '2', label: 'Tue' }] });
	expect(of('new_level')?.picklist).toEqual([{ value: '100', label: 'Easy' }]);
	expect(of('new_at')).toMatchObject({ type: 'clocktime', createable: true, updateable: true });
	expect(of('new_sum')).toMatchObject({ calculated: true, createable: false, updateable: false });
	expect(of('new_number')).toMatchObject({ calculated: true, createable: false });
	expect((await rig.open().listEntities()).find(({ name }) => name === 'new_course')).toEqual({ name: 'new_course', label: 'Course', createable: true, updateable: true, custom: true });
});

test('a table is described by one request, and the list of all tables is asked for once', async () => {
	const adapter = rig.open();
	await adapter.describe('lead');
	await adapter.describe('contact');
	expect(rig.env.calls.log.map(({ kind, operations }) => [kind, operations.filter(({ path }) => path.startsWith('EntityDefinitions?')).length])).toEqual([['batch', 1], ['batch', 0]]);
	expect(adapter.usage()).toEqual({ callsMade: 2, operationsMade: rig.env.calls.platformRequests });
});

test('leads need Sales, cases Customer Service', async () => {
	const plain = await openRig({ sales: false, service: false });
	try {
		for (const name of ['lead', 'incident']) await expect(plain.open().describe(name)).rejects.toMatchObject({ kind: 'notFound', code: '0x80041102', message: expect.stringContaining('Dynamics 365 Sales') });
		expect((await plain.open().describe('contact')).name).toBe('contact');
	} finally {
		await plain.close();
	}
});

test('who may not ask for bulk messages gets none, and everything else', async () => {
	rig.env.faults.failOperation({ status: 403, code: '0x80040220', message: 'no', when: ({ path }) => path.startsWith('/sdkmessagefilters') || path.startsWith('sdkmessagefilters') });
	expect((await rig.open().describe('lead')).name).toBe('lead');
});

test.each([
	['no columns', json(200, { LogicalName: 'lead' })],
	['a page', { status: 200, headers: { 'content-type': 'text/html' }, text: '<html>' }],
	['an empty answer', { status: 200, headers: {}, text: '' }],
])('%s instead of a description is refused', async (_, answer) => {
	await expect(rig.open({ tamper: () => answer }).describe('lead')).rejects.toMatchObject({ name: 'CrmError', kind: 'unavailable' });
});
