import { callApi } from './callApi';
import { startStandin, type Org, type Standin } from './index';

describe('the rules of an org', () => {
	let standin: Standin;
	let org: Org;
	const lead = { LastName: 'Curie', Company: 'Sorbonne', Email: 'marie@x.org' };

	const create = async (body: object, headers: Record<string, string> = {}) => await callApi(org, 'POST', '/sobjects/Lead', { body, headers });
	const change = async (id: unknown, body: object) => await callApi(org, 'PATCH', `/sobjects/Lead/${String(id)}`, { body });

	beforeEach(async () => {
		standin = await startStandin();
		org = await standin.createOrg({ name: 'Acme' });
	});
	afterEach(async () => await standin.close());

	it('show duplicates, and let an alerting rule be overridden', async () => {
		const twin = org.insert('Lead', lead);
		org.setDuplicateRule('Lead', { action: 'Alert', matchOn: ['Email'] });
		const alerted = await create({ ...lead, Email: 'MARIE@x.org' });
		expect(alerted).toMatchObject({
			status: 400,
			body: [{ errorCode: 'DUPLICATES_DETECTED', message: 'Use one of these records?', duplicateResut: { allowSave: true, matchResults: [{ size: 1, matchRecords: [{ record: { Id: twin.Id } }] }] } }],
		});
		expect((await create(lead, { 'Sforce-Duplicate-Rule-Header': 'allowSave=true' })).status).toBe(201);
		org.setDuplicateRule('Lead', { action: 'Block', matchOn: ['Email'] });
		expect(await create(lead, { 'Sforce-Duplicate-Rule-Header': 'allowSave=true' })).toMatchObject({ status: 400, body: [{ duplicateResut: { allowSave: false } }] });
		expect((await create({ ...lead, Email: null })).status).toBe(201);
	});

	it('show no duplicates in a collection', async () => {
		org.insert('Lead', lead);
		org.setDuplicateRule('Lead', { action: 'Alert', matchOn: ['Email'] });
		const { body } = await callApi(org, 'POST', '/composite/sobjects', { body: { records: [{ attributes: { type: 'Lead' }, ...lead }] } });
		expect(body).toEqual([{ success: false, errors: [{ statusCode: 'DUPLICATES_DETECTED', message: 'Use one of these records?', fields: [] }] }]);
	});

	it('assign changed leads unless the request says no', async () => {
		const queue = org.addQueue('Web leads');
		const ids = [1, 2].map(() => String(org.insert('Lead', lead).Id));
		org.setAssignmentRule(queue);
		const asked: Array<Record<string, string>> = [{}, { 'Sforce-Auto-Assign': 'false' }];
		for (const [at, headers] of asked.entries()) await callApi(org, 'PATCH', `/sobjects/Lead/${ids[at]}`, { body: { Title: 'x' }, headers });
		expect(ids.map((id) => org.row('Lead', id)?.OwnerId)).toEqual([queue, org.users[0].id]);
	});

	it('assign new leads unless the request says no', async () => {
		const queue = org.addQueue('Web leads');
		org.setAssignmentRule(queue);
		const owners = [];
		const asked: Array<Record<string, string>> = [{}, { 'Sforce-Auto-Assign': 'FALSE' }];
		for (const headers of asked) {
			const { id } = (await create(lead, headers)).body as { id: string };
			owners.push(org.row('Lead', id)?.OwnerId);
		}
		expect(owners).toEqual([queue, org.users[0].id]);
	});

	it('refuse with the words of a validation rule', async () => {
		org.addValidationRule({ object: 'Lead', field: 'Phone', message: 'A hot lead needs a phone number', fails: (row) => row.Rating === 'Hot' && row.Phone === null });
		expect(await create({ ...lead, Rating: 'Hot' })).toMatchObject({ status: 400, body: [{ errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'A hot lead needs a phone number', fields: ['Phone'] }] });
		expect((await create({ ...lead, Rating: 'Hot', Phone: '1' })).status).toBe(201);
	});

	it('close a converted lead, except for those who may edit it', async () => {
		const id = String(org.insert('Lead', lead).Id);
		const { contactId } = org.convertLead(id);
		expect(org.row('Lead', id)).toMatchObject({ IsConverted: true, ConvertedContactId: contactId });
		expect(await change(id, { Title: 'x' })).toMatchObject({ status: 400, body: [{ errorCode: 'CANNOT_UPDATE_CONVERTED_LEAD' }] });
		const editor = org.addUser({ editConvertedLeads: true });
		expect((await callApi(org, 'PATCH', `/sobjects/Lead/${id}`, { body: { Title: 'x' }, token: org.issueSession(editor) })).status).toBe(204);
	});

	it('keep inactive users from owning', async () => {
		const former = org.addUser({ active: false });
		expect(await create({ ...lead, OwnerId: former.id })).toMatchObject({ body: [{ errorCode: 'INACTIVE_OWNER_OR_USER', message: `operation performed with inactive user [${former.id}] as owner of lead` }] });
	});

	it('hide and lock fields, for all or for one user', async () => {
		const id = org.insert('Lead', { ...lead, Score__c: 1 }).Id;
		const other = org.addUser();
		org.hideField('Lead', 'Score__c', { user: other });
		org.hideField('Lead', 'Title', { access: 'readOnly' });
		const token = org.issueSession(other);
		expect((await callApi(org, 'GET', `/sobjects/Lead/${String(id)}`, { token })).body).not.toHaveProperty('Score__c');
		expect((await callApi(org, 'GET', `/sobjects/Lead/${String(id)}`)).body).toHaveProperty('Score__c', 1);
		expect(await callApi(org, 'PATCH', `/sobjects/Lead/${String(id)}`, { token, body: { Score__c: 2 } })).toMatchObject({ body: [{ errorCode: 'INVALID_FIELD' }] });
		expect(await change(id, { Title: 'x' })).toMatchObject({ body: [{ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' }] });
		const { fields } = (await callApi(org, 'GET', '/sobjects/Lead/describe', { token })).body as { fields: Array<{ name: string; updateable: boolean }> };
		expect(fields.map((field) => field.name)).not.toContain('Score__c');
		expect(fields.find((field) => field.name === 'Title')).toMatchObject({ updateable: false });
	});

	it('forbid whole objects', async () => {
		const id = org.insert('Lead', lead).Id;
		org.setObjectAccess('Lead', { create: false, update: false, delete: false });
		expect(await create(lead)).toMatchObject({ status: 400, body: [{ errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY' }] });
		expect(await change(id, { Title: 'x' })).toMatchObject({ status: 403, body: [{ errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY' }] });
		org.setObjectAccess('Lead', { read: false });
		expect((await callApi(org, 'GET', '/sobjects/Lead/describe')).status).toBe(404);
		expect((await callApi(org, 'GET', '/query?q=SELECT+Id+FROM+Lead')).body).toMatchObject([{ errorCode: 'INVALID_TYPE' }]);
	});

	it('grow: fields, objects and record types that a test adds', async () => {
		const type = org.addRecordType('Lead', 'Partner lead');
		org.defineField('Lead', { name: 'Shirt__c', type: 'picklist', values: ['S', 'M'], restricted: true, required: true });
		org.defineObject({ name: 'Event__c', fields: [{ name: 'Name', type: 'string', required: true, nameField: true }] });
		expect(await create(lead)).toMatchObject({ body: [{ errorCode: 'REQUIRED_FIELD_MISSING', fields: ['Shirt__c'] }] });
		expect((await create({ ...lead, Shirt__c: 'M', RecordTypeId: type })).status).toBe(201);
		expect((await callApi(org, 'POST', '/sobjects/event__c', { body: { Name: 'Fair' } })).status).toBe(201);
		expect((await callApi(org, 'GET', '/sobjects/Lead/describe')).body).toMatchObject({ recordTypeInfos: [{ developerName: 'Partner_lead', recordTypeId: type, master: false }, { name: 'Master', master: true }] });
	});
});
