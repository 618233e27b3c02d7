import { callApi } from './callApi';
import { startStandin, type Org, type Standin } from './index';

describe('single records', () => {
	let standin: Standin;
	let org: Org;
	const lead = { LastName: 'Curie', Company: 'Sorbonne' };

	const create = async (body: object, headers: Record<string, string> = {}) => await callApi(org, 'POST', '/sobjects/Lead', { body, headers });
	const stored = (answer: { body: unknown }) => org.row('Lead', (answer.body as { id: string }).id);

	beforeEach(async () => {
		standin = await startStandin({ now: () => Date.parse('2026-03-10T12:00:00.789Z') });
		org = await standin.createOrg({ name: 'Acme' });
	});
	afterEach(async () => await standin.close());

	it('are stored the way Salesforce normalises them', async () => {
		const answer = await create({
			...lead, FirstName: '  Marie ', Title: '', Email: 'Marie@X.ORG', Score__c: 12.345, Interests__c: 'Training;events;Training', Description: 'a\nb',
			Demo_At__c: '2026-03-10T09:00:00.5+01:00', DoNotCall: 'true', NumberOfEmployees: '7',
		});
		expect(answer).toMatchObject({ status: 201, body: { success: true, errors: [] } });
		expect(answer.headers.get('location')).toBe(`/services/data/v65.0/sobjects/Lead/${(answer.body as { id: string }).id}`);
		expect(stored(answer)).toMatchObject({
			FirstName: 'Marie', Name: 'Marie Curie', Title: null, Email: 'marie@x.org', Score__c: 12.35, Interests__c: 'Events;Training', Description: 'a\r\nb',
			Demo_At__c: '2026-03-10T08:00:00.000+0000', DoNotCall: true, NumberOfEmployees: 7, Status: 'Open - Not Contacted', OwnerId: org.users[0].id,
			SystemModstamp: '2026-03-10T12:00:00.000+0000', Full_Label__c: 'Marie Curie @ Sorbonne',
		});
	});

	it.each<[string, object, string, string, string[]]>([
		['nothing required', {}, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [LastName, Company]', ['LastName', 'Company']],
		['only blanks', { ...lead, Company: '  ' }, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [Company]', ['Company']],
		['a long text', { ...lead, Title: 'x'.repeat(129) }, 'STRING_TOO_LONG', `Title: data value too large: ${'x'.repeat(129)} (max length=128)`, ['Title']],
		['a wrong address', { ...lead, Email: 'a@b' }, 'INVALID_EMAIL_ADDRESS', 'Email: invalid email address: a@b', ['Email']],
		['a wrong choice', { ...lead, Status: 'New' }, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 'Lead Status: bad value for restricted picklist field: New', ['Status']],
		['a wrong choice of several', { ...lead, Interests__c: 'Events;Chess' }, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 'Interests: bad value for restricted picklist field: Chess', ['Interests__c']],
		['a large number', { ...lead, Score__c: 1_000_000 }, 'NUMBER_OUTSIDE_VALID_RANGE', 'Score: value outside of valid range on numeric field: 1000000', ['Score__c']],
		['an empty checkbox', { ...lead, DoNotCall: null }, 'INVALID_TYPE_ON_FIELD_IN_RECORD', 'Do Not Call: value not of required type: ', ['DoNotCall']],
		['a formula', { ...lead, Full_Label__c: 'x' }, 'INVALID_FIELD_FOR_INSERT_UPDATE', 'Unable to create/update fields: Full_Label__c', ['Full_Label__c']],
		['a stamp and a whole name', { ...lead, CreatedDate: '2026-01-01T00:00:00Z', Name: 'x' }, 'INVALID_FIELD_FOR_INSERT_UPDATE', 'Unable to create/update fields: CreatedDate, Name', ['CreatedDate', 'Name']],
		['an unknown field', { ...lead, Nope__c: 1 }, 'INVALID_FIELD', "No such column 'Nope__c' on sobject of type Lead", []],
		['an id of another kind', { ...lead, OwnerId: '001000000000001AAA' }, 'MALFORMED_ID', 'Owner ID: id value of incorrect type: 001000000000001AAA', ['OwnerId']],
		['an id of nobody', { ...lead, OwnerId: '005000000000001AAA' }, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', []],
	])('with %s are refused', async (_what, body, errorCode, message, fields) => {
		const answer = await create(body);
		expect(answer).toMatchObject({ status: 400, body: [{ errorCode, fields, message: expect.stringContaining(message) as string }] });
		expect(org.rows('Lead')).toEqual([]);
	});

	it.each<[string, unknown, string]>([
		['Score__c', 'many', 'Cannot deserialize instance of double from VALUE_STRING value many or request may be missing a required field at [line:1, column:'],
		['Birthday__c', '10.03.2026', 'Cannot deserialize instance of date from VALUE_STRING value 10.03.2026'],
		['Demo_At__c', '2026-03-10 08:00:00', 'Cannot deserialize instance of datetime from VALUE_STRING value 2026-03-10 08:00:00'],
		['Company', { a: 1 }, 'Cannot deserialize instance of string from START_OBJECT value {'],
	])('with a value of the wrong kind in %s cannot be read', async (field, value, message) => {
		const answer = await create({ ...lead, [field]: value });
		expect(answer).toMatchObject({ status: 400, body: [{ errorCode: 'JSON_PARSER_ERROR', message: expect.stringContaining(message) as string }] });
	});

	it('keep a unique external id unique in any case, and free it when deleted', async () => {
		const first = await create({ ...lead, External_Id__c: 'A-1' });
		const { id } = first.body as { id: string };
		const second = await create({ ...lead, External_Id__c: 'a-1' });
		expect(second.body).toEqual([{ errorCode: 'DUPLICATE_VALUE', message: `duplicate value found: External_Id__c duplicates value on record with id: ${id.slice(0, 15)}`, fields: [] }]);
		await callApi(org, 'DELETE', `/sobjects/Lead/${id}`);
		expect((await create({ ...lead, External_Id__c: 'a-1' })).status).toBe(201);
	});

	it('are upserted by external id: 201, then 200, 404 for another field, 300 for several', async () => {
		org.defineField('Lead', { name: 'Shop_Id__c', type: 'string', externalId: true, length: 20 });
		const path = '/sobjects/Lead/Shop_Id__c/a%2Fb';
		expect(await callApi(org, 'PATCH', path, { body: lead })).toMatchObject({ status: 201, body: { success: true, created: true } });
		expect(await callApi(org, 'PATCH', path, { body: { Title: 'x' } })).toMatchObject({ status: 200, body: { created: false } });
		expect(await callApi(org, 'GET', path)).toMatchObject({ status: 200, body: { Title: 'x', Shop_Id__c: 'a/b' } });
		expect(await callApi(org, 'PATCH', '/sobjects/Lead/Title/x', { body: lead })).toMatchObject({ status: 404, body: [{ errorCode: 'NOT_FOUND', message: 'Provided external ID field does not exist or is not accessible: Title' }] });
		expect(await callApi(org, 'PATCH', path, { body: { Shop_Id__c: 'a/b' } })).toMatchObject({ status: 400, body: [{ errorCode: 'INVALID_FIELD' }] });
		org.insert('Lead', { ...lead, Shop_Id__c: 'a/b' });
		const several = await callApi(org, 'PATCH', path, { body: { Title: 'y' } });
		expect(several).toMatchObject({ status: 300, body: org.rows('Lead').map((row) => `/services/data/v65.0/sobjects/Lead/${String(row.Id)}`) });
	});

	it('answer 404 once deleted, and for what never was', async () => {
		const id = String(org.insert('Lead', lead).Id);
		expect((await callApi(org, 'DELETE', `/sobjects/Lead/${id}`)).status).toBe(204);
		for (const method of ['GET', 'DELETE', 'PATCH']) {
			expect(await callApi(org, method, `/sobjects/Lead/${id}`, method === 'PATCH' ? { body: { Title: 'x' } } : {})).toMatchObject({ status: 404, body: [{ errorCode: 'ENTITY_IS_DELETED', message: 'entity is deleted' }] });
		}
		expect(await callApi(org, 'GET', '/sobjects/Lead/00Q000000000001EAA')).toMatchObject({ status: 404, body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }] });
		expect(await callApi(org, 'GET', '/sobjects/Lead/nobody')).toMatchObject({ status: 404, body: [{ errorCode: 'NOT_FOUND', message: 'Provided external ID field does not exist or is not accessible: nobody' }] });
		expect(await callApi(org, 'PUT', `/sobjects/Lead/${id}`, { body: {} })).toMatchObject({ status: 405, body: [{ errorCode: 'METHOD_NOT_ALLOWED', message: "HTTP Method 'PUT' not allowed. Allowed are HEAD,GET,PATCH,DELETE" }] });
	});
});
