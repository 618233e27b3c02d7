import type { Input, PushOptions } from '../../sync/pushing';
import { pushThrough } from './pushing';
import { openRig, type Rig } from './rig';

let rig: Rig;
let ids: Readonly<Record<'acme' | 'ray', string>>;
beforeEach(async () => {
	rig = await openRig();
	rig.env.addKey('account', { name: 'number', columns: ['accountnumber'] });
	rig.env.addKey('contact', { name: 'external', columns: ['externaluseridentifier'] });
	rig.env.addTable({
		name: 'new_course',
		columns: [
			{ name: 'new_title', type: 'String', label: 'Title', required: 'SystemRequired' },
			{ name: 'new_level', type: 'Picklist', label: 'Level', options: [{ value: 100, label: 'Beginner' }, { value: 200, label: 'Master' }] },
			{ name: 'new_seats', type: 'Integer', label: 'Seats' },
			{ name: 'new_host', type: 'Lookup', label: 'Host', targets: ['account'], schemaName: 'new_Host' },
			{ name: 'new_guest', type: 'Customer', label: 'Guest', schemaName: 'new_Guest' },
		],
	});
	ids = {
		acme: String(rig.env.insert('account', { name: 'Acme', accountnumber: 'A-1', emailaddress1: 'office@acme.example' }).accountid),
		ray: String(rig.env.insert('contact', { lastname: 'Ray', externaluseridentifier: 'C-7', emailaddress1: 'ray@example.com' }).contactid),
	};
});
afterEach(() => rig.close());

interface Row {
	readonly table: string;
	readonly matchField: string;
	/** An item as an app sends it: labels of choices, alternate keys of linked records. */
	readonly item: Input;
	/** What the record then holds. */
	readonly held: () => object;
	/** A change of that item, and what it makes of the record. */
	readonly change: Input;
	readonly changed: object;
}

const account = (id: string) => ({ table: 'account', id });
const contact = (id: string) => ({ table: 'contact', id });
const rows: readonly Row[] = [
	{
		table: 'account',
		matchField: 'name',
		item: { name: 'Foo Works', primarycontactid: 'C-7', parentaccountid: 'A-1', industrycode: 'Accounting', revenue: '12.5' },
		held: () => ({ name: 'Foo Works', primarycontactid: contact(ids.ray), parentaccountid: account(ids.acme), industrycode: 1, revenue: 12.5 }),
		change: { revenue: '13' },
		changed: { revenue: 13, industrycode: 1 },
	},
	{
		table: 'contact',
		matchField: 'emailaddress1',
		item: { lastname: 'Noether', emailaddress1: 'noether@example.com', parentcustomerid: 'A-1', preferredcontactmethodcode: 'Phone', birthdate: '1882-03-23' },
		held: () => ({ lastname: 'Noether', parentcustomerid: account(ids.acme), preferredcontactmethodcode: 3, birthdate: '1882-03-23' }),
		change: { preferredcontactmethodcode: 'email' },
		changed: { preferredcontactmethodcode: 2 },
	},
	{
		table: 'incident',
		matchField: 'title',
		item: { title: 'Broken', customerid: 'C-7', prioritycode: 'High', caseorigincode: 'Web' },
		held: () => ({ title: 'Broken', customerid: contact(ids.ray), prioritycode: 1, caseorigincode: 3 }),
		change: { prioritycode: 'Low' },
		changed: { prioritycode: 3, caseorigincode: 3 },
	},
	{
		table: 'new_course',
		matchField: 'new_title',
		item: { new_title: 'Physics', new_level: 'Master', new_seats: '30', new_host: 'A-1', new_guest: 'C-7' },
		held: () => ({ new_title: 'Physics', new_level: 200, new_seats: 30, new_host: account(ids.acme), new_guest: contact(ids.ray) }),
		change: { new_level: 'Beginner' },
		changed: { new_level: 100, new_seats: 30 },
	},
];

/** Requests that were sent twice, word by word. */
function repeated(): readonly string[] {
	const sent = rig.requests.map(({ method, path, body = '' }) => `${method} ${path} ${body}`);
	return sent.filter((request, at) => sent.indexOf(request) !== at);
}

async function pushed(inputs: readonly Input[], options: PushOptions) {
	rig.requests.length = 0;
	const results = await pushThrough(rig.open(), inputs, options);
	expect(repeated()).toEqual([]);
	return results.map(({ status, problems }) => [status, ...problems.map(({ reason }) => reason)].join(' '));
}

test.each(rows.map((row) => [row.table, row] as const))('into %s: created, found again, changed, and never asked the same twice', async (_, { table, matchField, item, held, change, changed }) => {
	const only = () => rig.env.rows(table).filter((row) => row[matchField] === item[matchField]);
	const settings = { entity: table, matchField };
	expect(await pushed([item], settings)).toEqual(['created']);
	expect(only()).toMatchObject([held()]);
	expect(await pushed([item], settings)).toEqual(['unchanged']);
	expect(await pushed([{ ...item, ...change }], settings)).toEqual(['updated']);
	expect(only()).toMatchObject([changed]);
	const other = { ...item, [matchField]: `another.${String(item[matchField])}` };
	const bad = { ...other, [matchField]: `no.${String(item[matchField])}`, ...Object.fromEntries(Object.keys(item).filter((name) => /code$|level$/.test(name)).map((name) => [name, 'Nonsense'])) };
	expect(await pushed([item, other, bad], settings)).toEqual(['updated', 'created', expect.stringMatching(/^refused .*Nonsense/)]);
});

test('a mixed push asks nothing twice, word by word', async () => {
	rig.env.insert('lead', { lastname: 'Sue', emailaddress1: 'sue@example.com' });
	rig.env.insert('lead', { lastname: 'Closed', emailaddress1: 'closed@example.com', statecode: 1, statuscode: 3, parentcontactid: contact(ids.ray) });
	const lead = (name: string, more: Input = {}): Input => ({ lastname: name, emailaddress1: `${name.toLowerCase()}@example.com`, ...more });
	const inputs = [lead('Ray'), lead('Sue', { jobtitle: 'Head' }), lead('Closed', { jobtitle: 'Head' }), lead('New', { ownerid: rig.env.admin.name, parentaccountid: 'A-1' }), lead('Bad', { leadsourcecode: 'Nonsense' })];
	expect((await pushed(inputs, { converted: 'updateTarget' })).map((said) => said.split(' ')[0])).toEqual(['needsAttention', 'updated', 'updated', 'created', 'refused']);
});
