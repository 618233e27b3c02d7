import { people, pushRig } from './rig';

const rig = pushRig();
const known = { LastName: 'Known', Company: 'Foo', Email: 'known@foo.example' };

describe('CRM Lead Sync: finding what is already there', () => {
	it.each(['KNOWN@foo.example', '  known@foo.example\t', 'Known@Foo.Example'])('takes %j for the address of the lead', async (Email) => {
		const world = await rig.connect();
		const { Id } = world.org.insert('Lead', known);
		const pushed = await world.push([{ ...known, LastName: 'Renamed', Email }]);
		expect(pushed.inOrder).toEqual([expect.objectContaining({ result: 'updated', recordId: Id, changedFields: ['LastName'] })]);
		expect(world.rows()).toHaveLength(1);
	});

	it('matches on the e-mail where nobody chose a field', async () => {
		const world = await rig.connect();
		world.org.insert('Lead', known);
		expect((await world.push([{ ...known, LastName: 'Renamed' }], { match: null })).outcomes).toEqual(['updated']);
		const fields = { mappingMode: 'defineBelow', value: { LastName: 'Fixed', Company: 'Foo', Email: known.Email } };
		expect((await world.push([{}], { fields })).outcomes).toEqual(['updated']);
	});

	it('matches on another field, a number and an external id included', async () => {
		const world = await rig.connect();
		world.org.insert('Lead', { ...known, External_Id__c: 'A-1', NumberOfEmployees: 7 });
		const rows = { LastName: 'Renamed', Company: 'Foo', External_Id__c: '={{ $json.id }}' };
		expect((await world.push([{ id: 'a-1' }], { rows, match: 'External_Id__c' })).outcomes).toEqual(['updated']);
		const byNumber = { LastName: 'Again', Company: 'Foo', NumberOfEmployees: '={{ $json.count }}' };
		expect((await world.push([{ count: '7' }], { rows: byNumber, match: 'NumberOfEmployees' })).outcomes).toEqual(['updated']);
	});

	it('puts an item whose e-mail several leads have on Needs Attention, with links to all', async () => {
		const world = await rig.connect();
		const ids = [1, 2, 3].map((number) => String(world.org.insert('Lead', { ...known, LastName: `Known ${number}` }).Id));
		const pushed = await world.push([known, ...people(1)]);
		expect(pushed.outcomes).toEqual(['needsAttention', 'created']);
		const [item] = pushed.attention;
		expect(item.candidates).toEqual(expect.arrayContaining(ids.map((recordId) => ({ object: 'Lead', recordId, recordUrl: `${world.org.instanceUrl}/${recordId}` }))));
		expect(item.candidates).toHaveLength(3);
		expect(item.message).toContain('3 Leads have this Email');
		expect(world.rows().map(({ LastName }) => LastName)).toEqual(['Known 1', 'Known 2', 'Known 3', 'Person 0']);
	});

	it('only creates, or only updates, when told so', async () => {
		const world = await rig.connect();
		const { Id } = world.org.insert('Lead', known);
		const create = await world.push([{ ...known, LastName: 'Renamed' }, ...people(1)], { mode: 'create' });
		expect(create.outcomes).toEqual(['refused', 'created']);
		expect(create.attention[0]).toMatchObject({ message: expect.stringContaining('There already is a Lead'), candidates: [{ recordId: Id }] });
		const update = await world.push([{ ...known, LastName: 'Renamed' }, { ...known, Email: 'nobody@foo.example' }], { mode: 'update' });
		expect(update.outcomes).toEqual(['updated', 'refused']);
		expect(update.attention[0].message).toContain('No Lead has this Email');
		expect(world.rows().map(({ LastName }) => LastName)).toEqual(['Renamed', 'Person 0']);
	});

	it('updates with only what changes, though required fields are not mapped', async () => {
		const world = await rig.connect();
		world.org.insert('Lead', known);
		const rows = { Email: '={{ $json.Email }}', Phone: '1' };
		expect((await world.push([known], { rows, mode: 'update' })).inOrder[0]).toMatchObject({ result: 'updated', changedFields: ['Phone'] });
	});

	it('lets the second of two items with one e-mail update what the first created', async () => {
		const world = await rig.connect();
		const pushed = await world.push([
			{ ...known, LastName: 'First' },
			{ ...known, LastName: 'Second', Email: ' KNOWN@FOO.EXAMPLE' },
			{ ...known, LastName: 'Second' },
		]);
		expect(pushed.outcomes).toEqual(['created', 'updated', 'unchanged']);
		expect(new Set(pushed.inOrder.map(({ recordId }) => recordId)).size).toBe(1);
		expect(world.rows().map(({ LastName }) => LastName)).toEqual(['Second']);
	});

	it('lets the second create the lead when the first was refused', async () => {
		const world = await rig.connect();
		const pushed = await world.push([{ ...known, Company: '' }, { ...known, LastName: 'x'.repeat(100) }, { ...known, LastName: 'Third' }]);
		expect(pushed.outcomes).toEqual(['refused', 'refused', 'created']);
	});

	it('does so across pages', async () => {
		const world = await rig.connect();
		const pushed = await world.push([...people(1_000), { LastName: 'Again', Company: 'Foo', Email: 'person0@foo.example' }]);
		expect(pushed.counts).toEqual({ created: 1_000, updated: 1 });
		expect(pushed.inOrder[1_000].recordId).toBe(pushed.inOrder[0].recordId);
		expect(world.rows()).toHaveLength(1_000);
	});

	it('creates nothing when it runs again', async () => {
		const world = await rig.connect();
		await world.push(people(30));
		expect((await world.push(people(30))).counts).toEqual({ unchanged: 30 });
		expect(world.rows()).toHaveLength(30);
	});

	it('takes no deleted lead for one that is there', async () => {
		const world = await rig.connect();
		world.org.remove('Lead', String(world.org.insert('Lead', known).Id));
		expect((await world.push([known])).outcomes).toEqual(['created']);
	});
});
