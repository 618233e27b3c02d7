import fc from 'fast-check';
import { callDataverse, startDataverse, type Dataverse, type Environment } from './index';

interface Page {
	readonly value: ReadonlyArray<Record<string, unknown>>;
	readonly '@odata.nextLink'?: string;
	readonly '@odata.count'?: number;
}

const seed = process.env.FC_SEED === undefined ? {} : { seed: Number(process.env.FC_SEED) };

describe('queries of the stand-in Dataverse', () => {
	let dataverse: Dataverse;
	let environment: Environment;
	const get = async (path: string, headers: Record<string, string> = {}) => await callDataverse(environment, 'GET', path, { headers });
	const page = async (path: string, headers: Record<string, string> = {}) => (await get(path, headers)).body as Page;
	const found = async (filter: string) =>
		(await page(`leads?$select=lastname&$orderby=lastname&$filter=${encodeURIComponent(filter)}`)).value.map((row) => row.lastname);

	beforeAll(async () => {
		dataverse = await startDataverse({ now: () => Date.UTC(2026, 10, 22, 7) });
		environment = await dataverse.createEnvironment({ language: 1036 });
		environment.addColumn('lead', { name: 'new_interests', type: 'MultiSelectPicklist', options: [1, 2, 3].map((value) => ({ value, label: `I${value}` })) });
		const contact = environment.insert('contact', { contactid: '22222222-2222-4222-8222-222222222222', lastname: 'Pierre' });
		const rows = [
			{
				lastname: 'Curie',
				emailaddress1: 'Marie@Example.com',
				revenue: 10,
				numberofemployees: 3,
				new_interests: '1,3',
				parentcontactid: { table: 'contact', id: String(contact.contactid) },
			},
			{ lastname: "O'Brian", revenue: 20, donotemail: true, estimatedclosedate: '2026-05-01', modifiedon: '2026-01-01T00:00:00Z' },
			{ lastname: 'Müller 50%', emailaddress1: 'm@example.com', leadsourcecode: 8 },
			{ lastname: 'muller_x', statecode: 2 },
		];
		for (const row of rows) environment.insert('lead', row);
	});
	afterAll(async () => await dataverse.close());

	it.each<[string, string[]]>([
		["lastname eq 'CURIE '", ['Curie']],
		["lastname eq 'O''Brian'", ["O'Brian"]],
		["contains(lastname,'ULLER')", ['Müller 50%', 'muller_x']],
		["startswith(lastname,'m') and not contains(lastname,'x')", ['Müller 50%']],
		["endswith(emailaddress1,'example.com') or donotemail eq true", ['Curie', 'Müller 50%', "O'Brian"]],
		["contains(lastname,'r_e')", ['Curie']],
		["contains(lastname,'r[_]x')", ['muller_x']],
		['revenue ge 10 and revenue lt 20', ['Curie']],
		['revenue ne 10', ['Müller 50%', 'muller_x', "O'Brian"]],
		['emailaddress1 eq null', ['muller_x', "O'Brian"]],
		['estimatedclosedate gt 2026-04-30', ["O'Brian"]],
		['modifiedon lt 2026-02-01T00:00:00Z', ["O'Brian"]],
		['(statecode eq 2 or leadsourcecode eq 8)', ['Müller 50%', 'muller_x']],
		['_parentcontactid_value eq 22222222-2222-4222-8222-222222222222', ['Curie']],
		["_parentcontactid_value eq '22222222-2222-4222-8222-222222222222'", ['Curie']],
		["parentcontactid/lastname eq 'pierre'", ['Curie']],
		["Microsoft.Dynamics.CRM.In(PropertyName='lastname',PropertyValues=[\"O'Brian\",'curie'])", ['Curie', "O'Brian"]],
		["Microsoft.Dynamics.CRM.Between(PropertyName='revenue',PropertyValues=['5','15'])", ['Curie']],
		["Microsoft.Dynamics.CRM.ContainValues(PropertyName='new_interests',PropertyValues=['3'])", ['Curie']],
		["Microsoft.Dynamics.CRM.OnOrBefore(PropertyName='modifiedon',PropertyValue='2026-01-01')", ["O'Brian"]],
		["firstname eq lastname or lastname eq 'curie'", ['Curie']],
	])('finds by %s', async (filter, lastnames) => {
		expect(await found(filter)).toEqual(lastnames);
	});

	it.each<[string, string]>([
		["leads?$filter=nope eq 'x'", "property named 'nope' on type 'Microsoft.Dynamics.CRM.lead'"],
		['leads?$select=nope', "property named 'nope'"],
		['leads?$filter=lastname eq 5', 'incompatible types'],
		["leads?$filter=numberofemployees eq '3'", 'incompatible types'],
		["leads?$filter=lastname eq 'O'Brian'", 'unterminated literal'],
		['leads?$filter=lastname is 5', 'Syntax error'],
		['leads?$skip=5', 'Skip Clause'],
		['leads?$nope=5', '$nope'],
		['leads?$top=-1', '$top'],
		['leads?$skiptoken=nonsense', 'paging cookie'],
	])('refuses %s', async (path, message) => {
		await expect(get(path)).resolves.toMatchObject({
			status: 400,
			body: { error: { code: '0x80060888', message: expect.stringContaining(message) as string } },
		});
	});

	it('takes 500 conditions in a search and no more', async () => {
		const search = async (conditions: number) => await get(`leads?$select=lastname&$filter=not (${Array<string>(conditions).fill('revenue eq 1').join(' or ')})`);
		expect(await search(500)).toMatchObject({ status: 200 });
		expect(await search(501)).toMatchObject({ status: 400, body: { error: { code: '0x8004430c' } } });
	});

	it('finds the same rows whether an index helps or not', async () => {
		const quoted = fc.constantFrom('curie', 'CURIE ', 'muller_x', "o''brian", 'müller 50%', 'nobody').map((text) => `lastname eq '${text}'`);
		await fc.assert(
			fc.asyncProperty(fc.array(quoted, { minLength: 1, maxLength: 4 }), async (parts) => {
				const filter = parts.join(' or ');
				expect(await found(filter)).toEqual(await found(`${filter} or revenue eq -1`));
			}),
			{ numRuns: 20, ...seed },
		);
	});

	it('takes values from aliases, counts, orders and shows related records', async () => {
		const aliased = await page("leads?$filter=lastname eq @a&@a='curie'&$count=true&$expand=parentcontactid($select=lastname)&$select=leadid");
		expect(aliased).toMatchObject({ '@odata.count': 1, value: [{ parentcontactid: { lastname: 'Pierre' } }] });
		expect(Object.keys(aliased.value[0])).toEqual(['@odata.etag', 'leadid', 'parentcontactid']);
		expect((await page('leads?$select=revenue&$orderby=revenue desc,lastname')).value.map((row) => row.revenue)).toEqual([20, 10, null, null]);
		await expect(get("leads/$count?$filter=lastname eq 'curie'")).resolves.toMatchObject({ status: 200, body: 1 });
	});

	it('writes labels in the language of the environment', async () => {
		const [row] = (
			await page("leads?$select=leadsourcecode,statecode,statuscode,revenue,donotemail&$filter=lastname eq 'curie'", {
				Prefer: 'odata.include-annotations="OData.Community.Display.V1.FormattedValue"',
			})
		).value;
		expect(row).toMatchObject({
			'statecode@OData.Community.Display.V1.FormattedValue': 'Ouvert',
			'statuscode@OData.Community.Display.V1.FormattedValue': 'Nouveau',
			'revenue@OData.Community.Display.V1.FormattedValue': '$10.00',
			'donotemail@OData.Community.Display.V1.FormattedValue': 'Allow',
			leadsourcecode: null,
		});
		expect(row).not.toHaveProperty('leadsourcecode@OData.Community.Display.V1.FormattedValue');
	});

	it('ignores $top beside a page size, and ends after the last page', async () => {
		const headers = { Prefer: 'odata.maxpagesize=3' };
		const first = await get('leads?$select=lastname&$top=1', headers);
		expect(first.headers.get('preference-applied')).toBe('odata.maxpagesize=3');
		const next = (first.body as Page)['@odata.nextLink'] ?? '';
		expect(next).toMatch(/\$skiptoken=%3Ccookie%20pagenumber=%222%22%20pagingcookie=%22%253ccookie/);
		const last = await page(next, headers);
		expect([(first.body as Page).value.length, last.value.length, last['@odata.nextLink']]).toEqual([3, 1, undefined]);
		expect((await page('leads?$top=1')).value).toHaveLength(1);
	});

	it('gives every row once, whatever the page size and the order', async () => {
		for (let index = 0; index < 40; index++) environment.insert('account', { name: `A${index % 7}`, ...(index % 3 ? { revenue: index % 5 } : {}) });
		const order = fc.constantFrom('', '&$orderby=name', '&$orderby=revenue desc,name', '&$orderby=revenue,name desc');
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 1, max: 45 }), order, async (size, orderby) => {
				const headers = { Prefer: `odata.maxpagesize=${size}` };
				const ids: unknown[] = [];
				for (let next: string | undefined = `accounts?$select=accountid${orderby}`; next !== undefined; ) {
					const one: Page = await page(next, headers);
					ids.push(...one.value.map((row) => row.accountid));
					next = one['@odata.nextLink'];
				}
				expect(new Set(ids).size).toBe(40);
				expect(ids).toEqual((await page(`accounts?$select=accountid${orderby}`)).value.map((row) => row.accountid));
			}),
			{ numRuns: 20, ...seed },
		);
	});
});
