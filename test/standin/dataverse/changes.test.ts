import { callDataverse, startDataverse, type Dataverse, type Environment } from './index';

interface Delta {
	readonly '@odata.context': string;
	readonly '@odata.deltaLink'?: string;
	readonly '@odata.nextLink'?: string;
	readonly value: ReadonlyArray<Record<string, unknown>>;
}

const day = 86_400_000;

describe('change tracking of the stand-in Dataverse', () => {
	let now: number;
	let dataverse: Dataverse;
	let environment: Environment;
	const get = async (path: string, prefer?: string) =>
		await callDataverse(environment, 'GET', path, { headers: prefer === undefined ? {} : { Prefer: prefer } });
	const read = async (path: string, prefer?: string) => (await get(path, prefer)).body as Delta;
	const start = async () => (await read('leads?$select=lastname', 'odata.track-changes'))['@odata.deltaLink'] ?? '';
	const shown = ({ value }: Delta) => value.map((row) => row.lastname ?? `${String(row.reason)} ${String(row.id)}`);
	const error = (code: string, message: string) => ({ error: { code, message: expect.stringContaining(message) as string } });
	const id = (row: Readonly<Record<string, unknown>>) => String(row.leadid);

	beforeEach(async () => {
		now = Date.UTC(2026, 10, 22, 7);
		dataverse = await startDataverse({ now: () => now });
		environment = await dataverse.createEnvironment();
	});
	afterEach(async () => await dataverse.close());

	it('gives every row and a link first, later what changed, deletions last', async () => {
		const [curie, noether] = ['Curie', 'Noether'].map((lastname) => environment.insert('lead', { lastname }));
		const first = await get('leads?$select=lastname', 'odata.track-changes');
		expect(first.headers.get('preference-applied')).toBe('odata.track-changes');
		const { '@odata.deltaLink': link = '', ...rest } = first.body as Delta;
		expect(shown(rest)).toEqual(['Curie', 'Noether']);
		expect(link).toMatch(/leads\?\$select=lastname&\$deltatoken=\d+%2111%2f22%2f2026%2007%3a00%3a00$/);
		environment.update('lead', id(noether), { lastname: 'Emmy' });
		environment.remove('lead', id(curie));
		environment.insert('lead', { lastname: 'Meitner' });
		const passing = environment.insert('lead', { lastname: 'Passing' });
		environment.remove('lead', id(passing));
		await expect(get(`leads/$count?${link.split('?')[1]}`)).resolves.toMatchObject({ body: 4 });
		const delta = await read(link);
		expect(shown(delta)).toEqual(['Emmy', 'Meitner', `deleted ${id(curie)}`, `deleted ${id(passing)}`]);
		expect(delta['@odata.context']).toBe(`${environment.apiUrl}/$metadata#leads(lastname)/$delta`);
		expect(delta.value[2]['@odata.context']).toBe(`${environment.apiUrl}/$metadata#leads/$deletedEntity`);
		expect(shown(await read(delta['@odata.deltaLink'] ?? ''))).toEqual([]);
		expect(shown(await read(link))).toHaveLength(4);
	});

	it('puts the link on the last page only, and loses no change made between the pages', async () => {
		const rows = Array.from({ length: 5 }, (_one, index) => environment.insert('lead', { lastname: `L${index}` }));
		const prefer = 'odata.track-changes,odata.maxpagesize=2';
		const first = await read('leads?$select=lastname', prefer);
		expect([shown(first), first['@odata.deltaLink']]).toEqual([['L0', 'L1'], undefined]);
		environment.update('lead', id(rows[0]), { lastname: 'L0 again' });
		environment.remove('lead', id(rows[1]));
		const seen: unknown[] = [];
		let page = first;
		while (page['@odata.nextLink'] !== undefined) {
			page = await read(page['@odata.nextLink'], prefer);
			seen.push(...shown(page));
		}
		expect(seen.slice(0, 3)).toEqual(['L2', 'L3', 'L4']);
		expect(shown(await read(page['@odata.deltaLink'] ?? ''))).toEqual(['L0 again', `deleted ${id(rows[1])}`]);
	});

	it.each(["filter=lastname eq 'x'", 'orderby=lastname', 'expand=parentcontactid', 'top=5'])('refuses $%s', async (option) => {
		const name = option.split('=')[0];
		await expect(get(`leads?$${option}`, 'odata.track-changes')).resolves.toMatchObject({
			status: 400,
			body: error('0x80060888', `The "\${${name}}" query parameter isn't supported when Change Tracking is enabled.`),
		});
	});

	it('refuses a table that is not tracked', async () => {
		environment.setChangeTracking('lead', false);
		await expect(get('leads', 'odata.track-changes')).resolves.toMatchObject({
			status: 400,
			body: error('0x80072491', "lead isn't enabled for change tracking"),
		});
		await expect(get("EntityDefinitions(LogicalName='lead')?$select=ChangeTrackingEnabled")).resolves.toMatchObject({ body: { ChangeTrackingEnabled: false } });
	});

	it.each<[string, (environment: Environment) => void]>([
		[
			'seven days',
			() => {
				now += 7 * day + 1000;
			},
		],
		['a change of the table', (of) => of.touchMetadata('lead')],
		['a new column', (of) => of.addColumn('lead', { name: 'new_x', type: 'String' })],
		['a restore', (of) => of.expireDeltaLinks()],
	])('wants a full reading after %s', async (_name, change) => {
		const link = await start();
		change(environment);
		await expect(get(link)).resolves.toMatchObject({ status: 400, body: error('0x80044352', 'Please perform a full sync.') });
		expect((await get(await start())).status).toBe(200);
	});

	it('wants the right to read the whole organization', async () => {
		const user = environment.addUser(dataverse.tenant.addUser());
		environment.setTableAccess('lead', { read: 'user' }, { user });
		const token = await environment.issueToken(user);
		environment.insert('lead', { lastname: 'Of somebody else' });
		const own = await callDataverse(environment, 'GET', 'leads?$select=lastname', { token });
		expect(own).toMatchObject({ status: 200, body: { value: [] } });
		const tracked = await callDataverse(environment, 'GET', 'leads?$select=lastname', { token, headers: { Prefer: 'odata.track-changes' } });
		expect(tracked).toMatchObject({ status: 403, body: error('0x80040220', 'prvReadLead') });
	});
});
