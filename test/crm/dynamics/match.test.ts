import { allOf, json, openRig, type Rig } from './rig';

let rig: Rig;
beforeEach(async () => {
	rig = await openRig();
});
afterEach(() => rig.close());

async function values(field: string, wanted: readonly (string | number | boolean)[], select: readonly string[], entity = 'lead') {
	const pages = await allOf(rig.open().match([{ entity, field, values: wanted, select }]));
	return pages.flatMap(({ records }) => records.map((record) => record.values));
}

test('values come in the form in which they are written', async () => {
	rig.env.addColumn('lead', { name: 'new_topics', type: 'MultiSelectPicklist', options: [{ value: 1, label: 'News' }, { value: 3, label: 'Offers' }] });
	const contact = String(rig.env.insert('contact', { lastname: 'Curie' }).contactid);
	rig.env.insert('lead', { lastname: 'Ray', leadsourcecode: 8, new_topics: '1,3', donotemail: true, revenue: 12.5, estimatedclosedate: '2026-01-31', parentcontactid: { table: 'contact', id: contact } });
	expect(await values('lastname', ['ray'], ['leadsourcecode', 'new_topics', 'donotemail', 'revenue', 'estimatedclosedate', 'parentcontactid', 'jobtitle'])).toEqual([
		{ lastname: 'Ray', leadsourcecode: '8', new_topics: '1;3', donotemail: true, revenue: 12.5, estimatedclosedate: '2026-01-31', parentcontactid: contact, jobtitle: null },
	]);
});

test.each<[string, string | number | boolean]>([['leadsourcecode', '8'], ['donotemail', true], ['revenue', 12.5], ['estimatedclosedate', '2026-01-31'], ['numberofemployees', 7], ['createdon', '2020-01-01T10:00:00+02:00']])(
	'a record is found by %s',
	async (field, value) => {
		rig.env.insert('lead', { lastname: 'Ray', leadsourcecode: 8, donotemail: true, revenue: 12.5, estimatedclosedate: '2026-01-31', numberofemployees: 7, createdon: '2020-01-01T08:00:00Z' });
		rig.env.insert('lead', { lastname: 'Sue' });
		expect((await values(field, [value], ['lastname'])).map(({ lastname }) => lastname)).toEqual(['Ray']);
	},
);

test('a record is found by its own id and by the record it refers to', async () => {
	const contact = String(rig.env.insert('contact', { lastname: 'Curie' }).contactid);
	const lead = String(rig.env.insert('lead', { lastname: 'Ray', parentcontactid: { table: 'contact', id: contact } }).leadid);
	expect(await values('leadid', [lead.toUpperCase(), 'no id'], ['lastname'])).toEqual([{ leadid: lead, lastname: 'Ray' }]);
	expect(await values('parentcontactid', [contact], ['lastname'])).toEqual([{ parentcontactid: contact, lastname: 'Ray' }]);
});

test('a record is found among more short values than one search takes', async () => {
	rig.env.addColumn('lead', { name: 'a_n', type: 'Integer' });
	rig.env.insert('lead', { lastname: 'Ray', a_n: 990 });
	const wanted = Array.from({ length: 1_000 }, (_, at) => at + 1);
	expect(await values('a_n', wanted, ['lastname'])).toEqual([{ a_n: 990, lastname: 'Ray' }]);
});

test('what cannot be a value of the column is not asked for', async () => {
	const adapter = rig.open();
	await adapter.describe('lead');
	rig.env.calls.reset();
	expect(await allOf(adapter.match([{ entity: 'lead', field: 'leadsourcecode', values: ["8 or statecode eq 0"], select: [] }, { entity: 'lead', field: 'leadid', values: ["x' or 1 eq 1"], select: [] }]))).toEqual([]);
	expect(rig.env.calls.total).toBe(0);
});

test('in a secured column, nothing and a mask are no values', async () => {
	const user = rig.env.addUser(rig.env.tenant.addUser({}));
	rig.env.insert('lead', { lastname: 'Ray', mobilephone: '+43 1 234', telephone1: '+43 9', jobtitle: 'Head' });
	rig.env.secureColumn('lead', 'mobilephone', { read: 'masked' }, { user });
	rig.env.secureColumn('lead', 'telephone1', { read: 'none' }, { user });
	rig.env.secureColumn('lead', 'jobtitle', { read: 'all' }, { user });
	const read = async (as: typeof user | undefined) => (await allOf(rig.open({ user: as }).match([{ entity: 'lead', field: 'lastname', values: ['Ray'], select: ['mobilephone', 'telephone1', 'jobtitle'] }])))[0].records[0].values;
	expect(await read(user)).toEqual({ lastname: 'Ray', jobtitle: 'Head' });
	expect(await read(undefined)).toEqual({ lastname: 'Ray', mobilephone: '+43 1 234', telephone1: '+43 9', jobtitle: 'Head' });
});

test('what a lead became is told only of a qualified one, and both kinds of closed leads say so', async () => {
	const contact = { table: 'contact', id: String(rig.env.insert('contact', { lastname: 'Curie' }).contactid) };
	for (const [lastname, statecode, statuscode] of [['A', 0, 1], ['B', 1, 3], ['C', 2, 4]] as const) rig.env.insert('lead', { lastname, statecode, statuscode, emailaddress1: 'x@example.com', parentcontactid: contact });
	const { conversion } = await rig.open().describe('lead');
	const found = await values('emailaddress1', ['x@example.com'], ['lastname', conversion!.flagField, conversion!.targetIdField, conversion!.stateField!]);
	expect(found).toEqual([
		{ emailaddress1: 'x@example.com', lastname: 'A', [conversion!.flagField]: false, [conversion!.targetIdField]: null, statecode: '0' },
		{ emailaddress1: 'x@example.com', lastname: 'B', [conversion!.flagField]: true, [conversion!.targetIdField]: contact.id, statecode: '1' },
		{ emailaddress1: 'x@example.com', lastname: 'C', [conversion!.flagField]: true, [conversion!.targetIdField]: null, statecode: '2' },
	]);
});

test('a thousand e-mails on two tables are one request', async () => {
	const emails = Array.from({ length: 1_000 }, (_, at) => `person.number.${at}@a-company.example.com`);
	rig.env.insert('lead', { lastname: 'Last', emailaddress1: emails[999] });
	rig.env.insert('contact', { lastname: 'First', emailaddress1: emails[0] });
	const adapter = rig.open();
	await Promise.all([adapter.describe('lead'), adapter.describe('contact')]);
	rig.env.calls.reset();
	const pages = await allOf(adapter.match(['lead', 'contact'].map((entity) => ({ entity, field: 'emailaddress1', values: emails, select: ['lastname'] }))));
	expect(pages.map(({ query, records }) => [query, records.map(({ values: shown }) => shown.lastname)])).toEqual([[0, ['Last']], [1, ['First']]]);
	expect(rig.env.calls.total).toBe(1);
});

test('all pages are read, each asked for as the first one, below our own host only', async () => {
	for (let at = 0; at < 10_001; at += 1) rig.env.insert('lead', { lastname: `P${at}`, emailaddress1: 'all@example.com' });
	expect(await values('emailaddress1', ['all@example.com'], ['lastname'])).toHaveLength(10_001);
	const [first, ...next] = rig.requests.filter(({ path }) => path.includes('/leads?'));
	expect(next.map(({ path, headers }) => [path.includes('$skiptoken='), headers])).toEqual([[true, first.headers], [true, first.headers]]);
	expect(first.headers).toMatchObject({ prefer: 'odata.maxpagesize=5000' });
	expect(rig.requests.every(({ path }) => path.startsWith('/api/data/v9.2/'))).toBe(true);
});

test('two searches whose pages have the same address are both read to their end', async () => {
	const link = 'https://acme.crm4.dynamics.com/api/data/v9.2/leads?$skiptoken=1';
	const row = (lastname: string) => ({ leadid: rig.env.insert('lead', { lastname }).leadid, lastname });
	let on = false;
	const adapter = rig.open({
		tamper: async (request, answer) => {
			if (!on) return await answer();
			const [asked, ...more] = (request.body ?? request.path).split('leads?').slice(1);
			const part = (text: string) => `--x\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(text.includes('$skiptoken') ? { value: [row('B')] } : { value: [row('A')], '@odata.nextLink': link })}\r\n`;
			return { status: 200, headers: { 'content-type': 'multipart/mixed; boundary=x' }, text: `${[asked, ...more].map(part).join('')}--x--` };
		},
	});
	await adapter.describe('lead');
	on = true;
	const query = { entity: 'lead', field: 'lastname', values: ['A'], select: [] };
	const pages = await allOf(adapter.match([query, query]));
	expect(pages.map(({ query: at, records }) => `${at} ${records.map(({ values: { lastname } }) => lastname).join()}`)).toEqual(['0 A', '1 A', '0 B', '1 B']);
});

test.each([
	['another place of the host', '/api/data/v9.1/leads?$skiptoken=1'],
	['a way out', 'https://evil.example/api/data/v9.2/../../x'],
	['no text', 7],
	['a second line', '/api/data/v9.2/leads?x HTTP/1.1\r\nauthorization: x'],
])('a next page at %s is refused', async (_, link) => {
	const adapter = rig.open({ tamper: async (request, answer) => (request.path.includes('$filter') ? json(200, { value: [], '@odata.nextLink': link }) : await answer()) });
	await expect(allOf(adapter.match([{ entity: 'lead', field: 'lastname', values: ['A'], select: [] }]))).rejects.toMatchObject({ kind: 'unavailable' });
});

test('a next page at another host is asked for at our own, and the same page again and again ends', async () => {
	const adapter = rig.open({ tamper: async (request, answer) => (request.path.includes('leads?') ? json(200, { value: [], '@odata.nextLink': 'https://evil.example/api/data/v9.2/leads?$skiptoken=1' }) : await answer()) });
	await expect(allOf(adapter.match([{ entity: 'lead', field: 'lastname', values: ['A'], select: [] }]))).rejects.toMatchObject({ kind: 'unavailable' });
	expect(rig.requests.map(({ path }) => path).slice(-1)).toEqual(['/api/data/v9.2/leads?$skiptoken=1']);
});

test('a search whose answer was cut in the middle is asked again, for what is missing only', async () => {
	for (const lastname of ['A', 'B', 'C']) rig.env.insert('lead', { lastname });
	const adapter = rig.open();
	await adapter.describe('lead');
	rig.env.calls.reset();
	rig.env.faults.cutBatch({ afterParts: 1, times: 1 });
	const pages = await allOf(adapter.match(['A', 'B', 'C'].map((name) => ({ entity: 'lead', field: 'lastname', values: [name], select: [] }))));
	expect(pages.map(({ query }) => query)).toEqual([0, 1, 2]);
	expect(rig.env.calls.log.map(({ operations }) => operations.length)).toEqual([3, 2]);
});

test('who lost a merge is not found by its values any more, but by its id', async () => {
	const [master, loser] = ['A', 'B'].map((lastname) => String(rig.env.insert('contact', { lastname, emailaddress1: 'x@example.com' }).contactid));
	rig.env.merge('contact', { loser, master });
	expect(await values('emailaddress1', ['x@example.com'], ['lastname'], 'contact')).toEqual([{ emailaddress1: 'x@example.com', lastname: 'A' }]);
	expect(await values('contactid', [loser], ['lastname', 'merged'], 'contact')).toEqual([{ contactid: loser, lastname: 'B', merged: true }]);
});
