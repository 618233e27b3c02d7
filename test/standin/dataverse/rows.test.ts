import { callDataverse, startDataverse, type Dataverse, type DataverseCall, type Environment } from './index';

describe('rows of the stand-in Dataverse', () => {
	let dataverse: Dataverse;
	let environment: Environment;
	const call = async (method: string, path: string, more: DataverseCall = {}) => await callDataverse(environment, method, path, more);
	const post = async (body: object, headers: Record<string, string> = {}) => await call('POST', 'leads', { body, headers });
	const error = (code: string, message = '') => ({ error: { code, message: expect.stringContaining(message) as string } });
	const representation = { Prefer: 'return=representation' };

	beforeEach(async () => {
		dataverse = await startDataverse({ now: () => Date.UTC(2026, 10, 22, 7, 0, 0, 900) });
		environment = await dataverse.createEnvironment();
	});
	afterEach(async () => await dataverse.close());

	it('creates with nothing but the address, or with the row', async () => {
		const quiet = await post({ lastname: 'Curie' });
		expect(quiet).toMatchObject({ status: 204, body: '' });
		const [, id] = /\/api\/data\/v9\.2\/leads\(([0-9a-f-]{36})\)$/.exec(quiet.headers.get('odata-entityid') ?? '') ?? [];
		expect(environment.row('lead', id)).toMatchObject({
			fullname: 'Curie',
			ownerid: { table: 'systemuser', id: environment.admin.id },
			createdon: '2026-11-22T07:00:00Z',
		});
		const loud = await post({ lastname: 'Noether', firstname: 'Emmy' }, representation);
		expect(loud).toMatchObject({
			status: 201,
			body: { fullname: 'Emmy Noether', statecode: 0, statuscode: 1, _ownerid_value: environment.admin.id, emailaddress1: null },
		});
		expect(loud.headers.get('preference-applied')).toBe('return=representation');
	});

	it.each<[string, object, number, string, string]>([
		['an unknown column', { nope: 1 }, 400, '0x80048d19', "property 'nope' does not exist"],
		['a column in other letters', { LastName: 'x' }, 400, '0x80048d19', "property 'LastName'"],
		[
			'a text that is too long',
			{ firstname: 'x'.repeat(51) },
			400,
			'0x80044331',
			"'firstname' attribute of the 'lead' entity exceeded the maximum allowed length of '50'",
		],
		['a value that is no option', { leadsourcecode: 99 }, 400, '0x8004431a', 'outside the valid range'],
		['a text for a number', { numberofemployees: '7' }, 400, '0x80048d19', 'Edm.Int32'],
		['a status reason of another status', { statecode: 0, statuscode: 7 }, 400, '0x80048408', '7 is not a valid status code for state code LeadState.Open'],
		['a lookup without a navigation property', { _parentcontactid_value: 'x' }, 400, '0x80048d19', 'Navigation properties'],
		[
			'a bound record that is not there',
			{ 'parentcontactid@odata.bind': '/contacts(00000000-0000-0000-0000-000000000001)' },
			404,
			'0x80040217',
			'Does Not Exist',
		],
		[
			'a bound record of another table',
			{ 'parentcontactid@odata.bind': '/systemusers(00000000-0000-0000-0000-000000000001)' },
			404,
			'0x80040217',
			'systemuser',
		],
		['a date that is none', { estimatedclosedate: '22.11.2026' }, 400, '0x80048d19', 'Edm.Date'],
	])('refuses %s', async (_name, body, status, code, message) => {
		await expect(post(body)).resolves.toMatchObject({ status, body: error(code, message) });
		expect(environment.rows('lead')).toEqual([]);
	});

	it('stores what fits: empty text is nothing, read-only columns are left out, times are in UTC', async () => {
		environment.addColumn('lead', { name: 'new_seenon', type: 'DateTime' });
		environment.addColumn('lead', {
			name: 'new_interests',
			type: 'MultiSelectPicklist',
			options: [
				{ value: 1, label: 'Events' },
				{ value: 2, label: 'News' },
			],
		});
		const body = {
			lastname: 'Curie',
			jobtitle: '',
			createdon: '2001-01-01T00:00:00Z',
			new_seenon: '2026-03-01T02:00:00+02:00',
			new_interests: '2,1',
			revenue: 10.005,
		};
		const { body: row } = await post(body, representation);
		expect(row).toMatchObject({
			jobtitle: null,
			createdon: '2026-11-22T07:00:00Z',
			new_seenon: '2026-03-01T00:00:00Z',
			new_interests: '2,1',
			revenue: expect.closeTo(10, 1) as number,
		});
	});

	it('updates, upserts and deletes by id', async () => {
		const { leadid } = environment.insert('lead', { lastname: 'Curie' });
		const path = `leads(${String(leadid)})`;
		await expect(call('PATCH', path, { body: { firstname: 'Marie' }, headers: { 'If-Match': '*', ...representation } })).resolves.toMatchObject({
			status: 200,
			body: { fullname: 'Marie Curie' },
		});
		const fresh = 'leads(11111111-1111-4111-8111-111111111111)';
		await expect(call('PATCH', fresh, { body: { lastname: 'x' }, headers: { 'If-Match': '*' } })).resolves.toMatchObject({
			status: 404,
			body: error('0x80040217', 'lead With Id = 11111111'),
		});
		await expect(call('PATCH', fresh, { body: { lastname: 'Upserted' } })).resolves.toMatchObject({ status: 204 });
		await expect(call('PATCH', fresh, { body: { lastname: 'x' }, headers: { 'If-None-Match': '*' } })).resolves.toMatchObject({
			status: 412,
			body: error('0x80040237', 'matching key values'),
		});
		await expect(call('DELETE', path)).resolves.toMatchObject({ status: 204 });
		await expect(call('DELETE', path)).resolves.toMatchObject({ status: 404 });
		await expect(call('GET', path)).resolves.toMatchObject({ status: 404, body: error('0x80040217', 'Does Not Exist') });
	});

	it('writes only what has not changed since', async () => {
		const { leadid } = environment.insert('lead', { lastname: 'Curie' });
		const path = `leads(${String(leadid)})`;
		const first = (await call('GET', path)).body as { '@odata.etag': string };
		const headers = { 'If-Match': first['@odata.etag'] };
		await expect(call('GET', path, { headers: { 'If-None-Match': first['@odata.etag'] } })).resolves.toMatchObject({ status: 304 });
		await expect(call('PATCH', path, { body: { firstname: 'Marie' }, headers })).resolves.toMatchObject({ status: 204 });
		await expect(call('PATCH', path, { body: { firstname: 'M.' }, headers })).resolves.toMatchObject({
			status: 412,
			body: error('0x80060882', "doesn't match the RowVersion"),
		});
		await expect(call('DELETE', path, { headers })).resolves.toMatchObject({ status: 412 });
	});

	it('finds, upserts and protects by alternate key', async () => {
		environment.addColumn('lead', { name: 'new_shopid', type: 'String' });
		await expect(call('PATCH', "leads(new_shopid='A1')", { body: { lastname: 'x' } })).resolves.toMatchObject({
			status: 400,
			body: error('0x80060888', "not valid for resource 'Microsoft.Dynamics.CRM.lead'"),
		});
		environment.addKey('lead', { name: 'new_shopkey', columns: ['new_shopid'], status: 'Pending' });
		await expect(call('PATCH', "leads(new_shopid='A1')", { body: { lastname: 'x' } })).resolves.toMatchObject({ status: 400 });
		environment.addKey('lead', { name: 'new_shopkey', columns: ['new_shopid'] });
		const made = await call('PATCH', "leads(new_shopid='O%27%27Brian')", { body: { lastname: 'Upserted' }, headers: representation });
		expect(made).toMatchObject({ status: 201, body: { new_shopid: "O'Brian" } });
		await expect(call('PATCH', "leads(new_shopid=@k)?@k='o''brian'", { body: { firstname: 'Pat' }, headers: representation })).resolves.toMatchObject({
			status: 200,
			body: { fullname: 'Pat Upserted' },
		});
		await expect(call('GET', "leads(new_shopid='B')")).resolves.toMatchObject({ status: 404, body: error('0x80060891') });
		await expect(post({ lastname: 'Twin', new_shopid: "O'BRIAN" })).resolves.toMatchObject({ status: 412, body: error('0x80060892', 'new_shopkey violated') });
		await expect(call('GET', "leads(new_shopid='a%2Fb')")).resolves.toMatchObject({ status: 400, body: error('0x80060888', 'potentially dangerous') });
	});

	it('binds lookups by id, by alternate key and with typed names', async () => {
		environment.addKey('account', { name: 'number', columns: ['accountnumber'] });
		const account = environment.insert('account', { name: 'Sorbonne', accountnumber: 'S1' });
		const body = { lastname: 'Curie', 'parentcustomerid_account@odata.bind': "/accounts(accountnumber='S1')" };
		const { body: row } = await call('POST', 'contacts', { body, headers: { Prefer: 'return=representation,odata.include-annotations="*"' } });
		expect(row).toMatchObject({
			_parentcustomerid_value: account.accountid,
			'_parentcustomerid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'account',
			'_parentcustomerid_value@OData.Community.Display.V1.FormattedValue': 'Sorbonne',
			'_parentcustomerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty': 'parentcustomerid_account',
			'statecode@OData.Community.Display.V1.FormattedValue': 'Active',
		});
		await expect(call('POST', 'contacts', { body: { 'parentcustomerid@odata.bind': `/accounts(${String(account.accountid)})` } })).resolves.toMatchObject({
			status: 400,
			body: error('0x80048d19', 'undeclared property'),
		});
		const contact = row as { contactid: string };
		await expect(call('PATCH', `contacts(${contact.contactid})`, { body: { 'parentcustomerid_account@odata.bind': null } })).resolves.toMatchObject({
			status: 204,
		});
		expect(environment.row('contact', contact.contactid)?.parentcustomerid).toBeNull();
	});

	it('reads and writes single values and links', async () => {
		const contact = environment.insert('contact', { lastname: 'Curie' });
		const account = environment.insert('account', { name: 'Sorbonne' });
		const path = `accounts(${String(account.accountid)})`;
		await expect(call('PUT', `${path}/name`, { body: { value: 'Paris' } })).resolves.toMatchObject({ status: 204 });
		await expect(call('GET', `${path}/name`)).resolves.toMatchObject({ status: 200, body: { value: 'Paris' } });
		await call('PUT', `${path}/primarycontactid/$ref`, { body: { '@odata.id': `${environment.apiUrl}/contacts(${String(contact.contactid)})` } });
		await expect(call('GET', `${path}/primarycontactid?$select=lastname`)).resolves.toMatchObject({
			body: { lastname: 'Curie', contactid: contact.contactid },
		});
		await call('DELETE', `${path}/primarycontactid/$ref`);
		await expect(call('GET', `${path}/primarycontactid`)).resolves.toMatchObject({ status: 204 });
	});

	it('keeps closed leads and cases as they are until they are opened', async () => {
		const { leadid } = environment.insert('lead', { lastname: 'Curie', companyname: 'Sorbonne', statecode: 2, statuscode: 4 });
		const path = `leads(${String(leadid)})`;
		await expect(call('PATCH', path, { body: { firstname: 'x' } })).resolves.toMatchObject({ status: 400, body: error('0x80040203', 'read-only') });
		await expect(call('PATCH', path, { body: { statecode: 0 }, headers: representation })).resolves.toMatchObject({ status: 200, body: { statuscode: 1 } });
		const qualified = await call('POST', `${path}/Microsoft.Dynamics.CRM.QualifyLead`, {
			body: { CreateAccount: true, CreateContact: true, CreateOpportunity: false, Status: -1 },
		});
		expect(qualified).toMatchObject({
			status: 200,
			body: { value: [{ '@odata.type': '#Microsoft.Dynamics.CRM.account', name: 'Sorbonne' }, { lastname: 'Curie' }] },
		});
		expect(environment.row('lead', String(leadid))).toMatchObject({ statecode: 1, statuscode: 3, parentcontactid: { table: 'contact' } });
		await expect(call('POST', 'incidents', { body: { title: 'x' } })).resolves.toMatchObject({
			status: 400,
			body: error('0x80040203', 'parent contact or account'),
		});
	});

	it('asks duplicate rules only when told to', async () => {
		environment.setDuplicateRule('lead', ['emailaddress1']);
		const twin = { lastname: 'Twin', emailaddress1: 'a@example.com' };
		await post(twin);
		await expect(post(twin)).resolves.toMatchObject({ status: 204 });
		await expect(post({ ...twin, emailaddress1: 'A@example.com' }, { 'MSCRM.SuppressDuplicateDetection': 'false' })).resolves.toMatchObject({
			status: 412,
			body: error('0x80040333', 'duplicate of the current record'),
		});
	});

	it('lets customer code refuse, unless it knows the writer by the tag or is left out', async () => {
		environment.addPlugin('lead', { on: ['Create'], check: (row, { tag }) => (row.jobtitle === null && tag !== 'crm-sync' ? 'Give a job title.' : undefined) });
		await expect(post({ lastname: 'x' })).resolves.toMatchObject({ status: 400, body: error('0x80040265', 'Give a job title.') });
		await expect(call('POST', 'leads?tag=crm-sync', { body: { lastname: 'x' } })).resolves.toMatchObject({ status: 204 });
		await expect(post({ lastname: 'x' }, { 'MSCRM.BypassCustomPluginExecution': 'true' })).resolves.toMatchObject({ status: 204 });
	});
});
