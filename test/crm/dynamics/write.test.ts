import { allOf, changedLead, newLead, openRig, plainOptions, written, type Rig } from './rig';

let rig: Rig;
beforeEach(async () => {
	rig = await openRig();
});
afterEach(() => rig.close());

const many = (count: number, more: (at: number) => Readonly<Record<string, string>> = () => ({})) => Array.from({ length: count }, (_, at) => newLead(`P${at}`, more(at)));
const names = () => rig.env.rows('lead').map(({ lastname }) => lastname);
const kinds = () => rig.env.calls.log.filter(({ method }) => method !== 'GET').map(({ kind, operations }) => (kind === 'batch' ? `batch ${operations.length}` : kind));

async function seen() {
	const adapter = rig.open();
	await adapter.describe('lead');
	rig.env.calls.reset();
	return adapter;
}

test('values are written in the form that each column takes', async () => {
	rig.env.addColumn('lead', { name: 'new_topics', type: 'MultiSelectPicklist', options: [{ value: 1, label: 'News' }, { value: 3, label: 'Offers' }] });
	const contact = String(rig.env.insert('contact', { lastname: 'Curie' }).contactid);
	const values = { leadsourcecode: '8', new_topics: '1;3', donotemail: true, revenue: 12.5, numberofemployees: 7, estimatedclosedate: '2026-01-31', parentcontactid: contact.toUpperCase(), jobtitle: null, parentaccountid: null };
	expect(await written(rig.open(), [newLead('Ray', values)])).toEqual(['applied']);
	expect(rig.env.rows('lead')[0]).toMatchObject({ ...values, leadsourcecode: 8, new_topics: '1,3', parentcontactid: { table: 'contact', id: contact }, parentaccountid: null });
});

test('a lookup is emptied by nothing', async () => {
	const contact = { table: 'contact', id: String(rig.env.insert('contact', { lastname: 'Curie' }).contactid) };
	const ids = [1, 2].map((at) => String(rig.env.insert('lead', { lastname: `P${at}`, parentcontactid: contact }).leadid));
	expect(await written(rig.open(), ids.map((id) => changedLead(id, { parentcontactid: null })))).toEqual(['applied', 'applied']);
	expect(rig.env.rows('lead').map(({ parentcontactid }) => parentcontactid)).toEqual([null, null]);
});

test.each<[string, Parameters<typeof newLead>[1], string]>([
	['an unknown column', { nobody_has_this: 1 }, 'refused validation'],
	['its own id', { leadid: '1f0c8a55-4a0e-4c39-9f3c-1d2e3f405162' }, 'refused validation'],
	['a column name that redirects', { 'ownerid@odata.bind': '/systemusers(1)' }, 'refused validation'],
	['@odata.type', { '@odata.type': 'Microsoft.Dynamics.CRM.systemuser' }, 'refused validation'],
	['a choice that is no number', { leadsourcecode: 'Web' }, 'refused validation'],
	['two choices where one is', { leadsourcecode: '1;8' }, 'refused validation'],
	['a lookup that is no id', { parentcontactid: "x')/y" }, 'refused validation'],
])('%s is refused before anything is sent', async (_, values, outcome) => {
	const adapter = await seen();
	expect(await written(adapter, [newLead('A', values)])).toEqual([outcome]);
	expect(rig.env.calls.total).toBe(0);
});

test('a lookup to a record that does not exist refuses its row alone', async () => {
	const missing = '00000000-0000-4000-8000-000000000999';
	const outcomes = await written(rig.open(), [newLead('A'), newLead('B', { parentcontactid: missing }), newLead('C')]);
	expect(outcomes).toEqual(['applied', 'refused notFound 0x80040217', 'applied']);
	expect(names()).toEqual(['A', 'C']);
});

test('a lookup to several tables finds the table of its record, and says when there is none', async () => {
	const [account, contact] = [String(rig.env.insert('account', { name: 'Acme' }).accountid), String(rig.env.insert('contact', { lastname: 'Curie' }).contactid)];
	const adapter = rig.open();
	await adapter.describe('incident');
	rig.env.calls.reset();
	const mutations = [account, contact, '00000000-0000-4000-8000-000000000999'].map((customerid, at) => ({ kind: 'create' as const, entity: 'incident', values: { title: `Case ${at}`, customerid } }));
	expect(await written(adapter, mutations)).toEqual(['applied', 'applied', 'refused notFound']);
	expect(rig.env.rows('incident').map(({ customerid }) => customerid)).toEqual([{ table: 'account', id: account }, { table: 'contact', id: contact }]);
	expect(rig.env.calls.total).toBe(2);
	await written(adapter, mutations.slice(0, 1));
	expect(rig.env.calls.total).toBe(3);
});

test('one record is one request, several of a table are one bulk message', async () => {
	const adapter = await seen();
	await written(adapter, [newLead('A')]);
	await written(adapter, many(3));
	expect(kinds()).toEqual(['rows', 'multiple']);
});

test('without bulk messages, records travel in batches', async () => {
	rig.env.setMultiple('lead', []);
	const adapter = await seen();
	expect(new Set(await written(adapter, many(1_000)))).toEqual(new Set(['applied']));
	expect(kinds()).toEqual(Array.from({ length: 5 }, () => 'batch 200'));
	expect(rig.env.rows('lead')).toHaveLength(1_000);
});

test('a bulk message that the table turns out not to have is not tried again', async () => {
	const adapter = await seen();
	rig.env.setMultiple('lead', []);
	expect(await written(adapter, many(3))).toEqual(['applied', 'applied', 'applied']);
	expect(await written(adapter, many(2))).toEqual(['applied', 'applied']);
	expect(kinds()).toEqual(['multiple', 'batch 3', 'batch 2']);
});

test.each([[[7]], [[0, 999]], [[3, 203, 403, 603, 803]], [Array.from({ length: 1_000 }, (_, at) => at)]])('bad rows are found in a bounded number of requests, and no good one is lost or written twice', async (bad) => {
	const adapter = await seen();
	const outcomes = await written(adapter, many(1_000, (at): Record<string, string> => (bad.includes(at) ? { leadsourcecode: '99' } : {})));
	expect(outcomes.flatMap((outcome, at) => (outcome === 'applied' ? [] : [at]))).toEqual(bad);
	expect(new Set(bad.map((at) => outcomes[at]))).toEqual(new Set(['refused validation 0x8004431a']));
	expect(names().toSorted()).toEqual(Array.from({ length: 1_000 }, (_, at) => at).filter((at) => !bad.includes(at)).map((at) => `P${at}`).toSorted());
	expect(rig.env.calls.total).toBeLessThanOrEqual(11);
});

test('what every row would meet is met once', async () => {
	const user = rig.env.addUser(rig.env.tenant.addUser({}));
	rig.env.setTableAccess('lead', { create: false }, { user });
	const adapter = rig.open({ user });
	await adapter.describe('lead');
	rig.env.calls.reset();
	expect(new Set(await written(adapter, many(500)))).toEqual(new Set(['refused permission 0x80040220']));
	expect(rig.env.calls.total).toBe(1);
});

test('an update is no create: what is gone stays gone', async () => {
	const id = String(rig.env.insert('lead', { lastname: 'Ray' }).leadid);
	const gone = '00000000-0000-4000-8000-000000000999';
	expect(await written(rig.open(), [changedLead(gone, { jobtitle: 'x' })])).toEqual(['refused notFound 0x80040217']);
	expect(await written(rig.open(), [changedLead(gone, { jobtitle: 'x' }), changedLead(id, { jobtitle: 'x' })])).toEqual(['refused notFound 0x80040217', 'applied']);
	expect(rig.env.rows('lead').map(({ jobtitle }) => jobtitle)).toEqual(['x']);
});

test('with a stamp, a record is written only while it has that version', async () => {
	const ids = ['A', 'B'].map((lastname) => String(rig.env.insert('lead', { lastname }).leadid));
	const stampOf = (id: string) => `W/"${String(rig.env.row('lead', id)?.versionnumber)}"`;
	const stamps = ids.map(stampOf);
	rig.env.update('lead', ids[1], { jobtitle: 'changed meanwhile' });
	const adapter = rig.open();
	expect(adapter.capabilities?.compareAndSet).toBe(true);
	expect(await written(adapter, ids.map((id, at) => changedLead(id, { jobtitle: 'ours' }, stamps[at])))).toEqual(['applied', 'refused conflict 0x80060882']);
	expect(await written(adapter, [changedLead(ids[0], { jobtitle: 'again' }, 'W/"1"\r\nmscrmcallerid: 1')])).toEqual(['refused conflict 0x80060882']);
	expect(rig.env.rows('lead').map(({ jobtitle }) => jobtitle)).toEqual(['ours', 'changed meanwhile']);
});

test('duplicate rules warn unless the record is to be saved all the same', async () => {
	rig.env.setDuplicateRule('lead', ['emailaddress1']);
	rig.env.insert('lead', { lastname: 'Old', emailaddress1: 'a@example.com' });
	const mutations = [newLead('A', { emailaddress1: 'a@example.com' }), newLead('B', { emailaddress1: 'b@example.com' })];
	expect(await written(rig.open(), mutations)).toEqual(['refused conflict 0x80040333', 'applied']);
	expect(await written(rig.open(), mutations.slice(0, 1), { ...plainOptions, saveDespiteDuplicateAlert: true })).toEqual(['applied']);
});

test('a qualified and a disqualified lead are read-only, and say so', async () => {
	const ids = [[1, 3], [2, 4]].map(([statecode, statuscode]) => String(rig.env.insert('lead', { lastname: 'Ray', statecode, statuscode }).leadid));
	const outcomes = await rig.open().write({ mutations: ids.map((id) => changedLead(id, { jobtitle: 'x' })), options: plainOptions });
	const readOnly = { status: 'refused', error: { kind: 'conflict', code: '0x80040203', message: expect.stringMatching(/qualified or disqualified lead.*read-only/), remedy: expect.stringContaining('Reactivate') } };
	expect(outcomes).toMatchObject([readOnly, readOnly]);
	expect(await written(rig.open(), [changedLead(ids[1], { statecode: '0', jobtitle: 'x' })])).toEqual(['applied']);
});

test('an owner may be a user or a team', async () => {
	rig.env.insert('team', { name: 'Sales Team' });
	const adapter = rig.open();
	const owners = await adapter.findOwners('lead', ['sales team', rig.env.admin.name, "O'Nobody"]);
	expect([...owners].map(([name, candidates]) => [name, candidates.map(({ kind }) => kind)])).toEqual([['sales team', ['team']], [rig.env.admin.name, ['user']]]);
	rig.env.calls.reset();
	expect(await written(adapter, [...owners.values()].map(([{ id }], at) => newLead(`P${at}`, { ownerid: id })))).toEqual(['applied', 'applied']);
	expect(rig.env.rows('lead').map(({ ownerid }) => (ownerid as { table: string }).table)).toEqual(['team', 'systemuser']);
	expect(rig.env.calls.total).toBe(1);
});

test('a team that only gives access to records is no owner', async () => {
	rig.env.addTeam({ name: 'Helpers', type: 'access' });
	const { id } = rig.env.addTeam({ name: 'Sellers' });
	expect([...(await rig.open().findOwners('lead', ['Helpers', 'Sellers']))]).toEqual([['Sellers', [{ id, name: 'Sellers', kind: 'team' }]]]);
});

test('a time that is the same on every clock is written and read as it is', async () => {
	rig.env.addColumn('lead', { name: 'new_at', type: 'DateTime', behavior: 'TimeZoneIndependent' });
	const adapter = rig.open();
	expect(await written(adapter, [newLead('Ray', { new_at: '2026-03-29T02:30:00', emailaddress1: 'ray@example.com' }), newLead('Noether', { new_at: null })])).toEqual(['applied', 'applied']);
	expect(rig.env.rows('lead').map(({ new_at: at }) => at)).toEqual(['2026-03-29T02:30:00Z', null]);
	const pages = await allOf(adapter.match([{ entity: 'lead', field: 'emailaddress1', values: ['ray@example.com'], select: ['new_at'] }]));
	expect(pages.flatMap(({ records }) => records.map(({ values }) => values.new_at))).toEqual(['2026-03-29T02:30:00']);
});

test('several writes at once go as far as the server recommends', async () => {
	rig.env.setMultiple('lead', []);
	let [under, most] = [0, 0];
	const adapter = rig.open({
		tamper: async (request, answer) => {
			under += 1;
			most = Math.max(most, under);
			const given = await answer();
			under -= 1;
			return { ...given, headers: { ...given.headers, 'x-ms-dop-hint': request.path.includes('WhoAmI') ? '1' : '2' } };
		},
	});
	await adapter.describe('lead');
	await written(adapter, many(1_000));
	expect(most).toBe(2);
	expect(rig.env.rows('lead')).toHaveLength(1_000);
});

test('a custom table is written, with its own lookup', async () => {
	rig.env.addTable({ name: 'new_course', columns: [{ name: 'new_title', type: 'String', required: 'SystemRequired' }, { name: 'new_teacher', type: 'Lookup', targets: ['contact'], schemaName: 'new_Teacher' }] });
	const contact = String(rig.env.insert('contact', { lastname: 'Curie' }).contactid);
	const create = (values: Record<string, string>) => ({ kind: 'create' as const, entity: 'new_course', values });
	expect(await written(rig.open(), [create({ new_title: 'Physics', new_teacher: contact }), create({ new_title: 'Chemistry' }), create({ new_teacher: contact })])).toEqual(['applied', 'applied', 'refused validation REQUIRED_COLUMN_EMPTY']);
	expect(rig.env.rows('new_course').map(({ new_title, new_teacher }) => [new_title, new_teacher])).toEqual([['Physics', { table: 'contact', id: contact }], ['Chemistry', null]]);
});

test('an elastic table, which keeps the good rows of a refused bulk message, gets none', async () => {
	const adapter = rig.open({
		tamper: async (request, answer) => {
			const given = await answer();
			return request.body?.includes('EntityDefinitions') ? { ...given, text: given.text.replace('"TableType":"Standard"', '"TableType":"Elastic"') } : given;
		},
	});
	await adapter.describe('lead');
	rig.env.calls.reset();
	expect(await written(adapter, many(3))).toEqual(['applied', 'applied', 'applied']);
	expect(kinds()).toEqual(['batch 3']);
});

test('a lookup to several tables is refused where none may be read, or the search for it fails', async () => {
	const account = String(rig.env.insert('account', { name: 'Acme' }).accountid);
	const open = async () => {
		const adapter = rig.open();
		await adapter.describe('incident');
		return adapter;
	};
	const mutation = { kind: 'create' as const, entity: 'incident', values: { title: 'Broken', customerid: account } };
	const [first, second] = [await open(), await open()];
	const hidden = rig.env.faults.failOperation({ status: 403, code: '0x80040220', message: 'no', when: ({ method }) => method === 'GET' });
	expect(await written(first, [mutation])).toEqual(['refused notFound']);
	hidden.clear();
	rig.env.faults.failOperation({ status: 503, code: '0x80040216', message: 'busy', when: ({ method }) => method === 'GET' });
	expect(await written(second, [mutation, newLead('Ray')])).toEqual(['refused unavailable 0x80040216', 'refused unavailable 0x80040216']);
	expect(rig.env.rows('incident')).toEqual([]);
});
