import { people, pushRig } from './rig';

const rig = pushRig();
const grace = { LastName: 'Grace', Company: 'Foo', Email: 'grace@foo.example' };
const link = (world: { org: { instanceUrl: string } }, object: string, recordId: unknown) => ({ object, recordId, recordUrl: `${world.org.instanceUrl}/${recordId}` });

describe('CRM Lead Sync: the person is a contact already', () => {
	it('asks by default, with a link to the contact', async () => {
		const world = await rig.connect();
		const { Id } = world.org.insert('Contact', { LastName: 'Grace', Email: grace.Email });
		const pushed = await world.push([grace, ...people(1)]);
		expect(pushed.outcomes).toEqual(['needsAttention', 'created']);
		expect(pushed.attention[0]).toMatchObject({ candidates: [link(world, 'Contact', Id)], message: expect.stringContaining('already belongs to a Contact') });
		expect(world.rows()).toHaveLength(1);
	});

	it('creates a lead anyway when told so', async () => {
		const world = await rig.connect();
		world.org.insert('Contact', { LastName: 'Grace', Email: grace.Email });
		expect((await world.push([grace], { options: { target: 'create' } })).outcomes).toEqual(['created']);
	});

	it('skips the item when told so, which needs no attention', async () => {
		const world = await rig.connect();
		const { Id } = world.org.insert('Contact', { LastName: 'Grace', Email: grace.Email });
		const pushed = await world.push([grace], { options: { target: 'skip' } });
		expect(pushed.done).toEqual([expect.objectContaining({ result: 'skipped', candidates: [link(world, 'Contact', Id)] })]);
		expect([world.rows(), pushed.attention, pushed.hints]).toEqual([[], [], []]);
	});

	it('updates the contact when told so, and tells what a contact has no field for', async () => {
		const world = await rig.connect();
		const { Id } = world.org.insert('Contact', { LastName: 'Hopper', Email: grace.Email });
		const pushed = await world.push([grace], { options: { target: 'updateTarget' } });
		expect(pushed.done).toEqual([
			expect.objectContaining({ result: 'updated', message: 'Updated the Contact.', object: 'Contact', recordId: Id, recordUrl: link(world, 'Contact', Id).recordUrl, changedFields: ['LastName'], leftOutFields: ['Company'] }),
		]);
		expect(world.org.row('Contact', String(Id))).toMatchObject({ LastName: 'Grace' });
		expect(world.rows()).toEqual([]);
	});

	it('guesses between no two contacts', async () => {
		const world = await rig.connect();
		const ids = [1, 2].map(() => world.org.insert('Contact', { LastName: 'Grace', Email: grace.Email }).Id);
		const pushed = await world.push([grace], { options: { target: 'updateTarget' } });
		expect(pushed.attention[0].candidates).toEqual(expect.arrayContaining(ids.map((id) => link(world, 'Contact', id))));
	});

	it('prefers a lead that is there to the contact', async () => {
		const world = await rig.connect();
		world.org.insert('Contact', { LastName: 'Grace', Email: grace.Email });
		const { Id } = world.org.insert('Lead', grace);
		expect((await world.push([{ ...grace, LastName: 'Hopper' }])).done).toEqual([expect.objectContaining({ result: 'updated', recordId: Id })]);
	});

	it('asks about contacts only when leads are written', async () => {
		const world = await rig.connect();
		world.org.insert('Lead', grace);
		const rows = { LastName: '={{ $json.LastName }}', Email: '={{ $json.Email }}' };
		expect((await world.push([grace], { object: 'Contact', rows })).outcomes).toEqual(['created']);
	});
});

describe('CRM Lead Sync: the lead was converted', () => {
	it('writes neither lead nor contact by default, and links to both', async () => {
		const world = await rig.connect();
		const leadId = String(world.org.insert('Lead', grace).Id);
		const { contactId } = world.org.convertLead(leadId);
		const before = [world.org.row('Lead', leadId), world.org.row('Contact', contactId)];
		const pushed = await world.push([{ ...grace, LastName: 'Hopper' }]);
		expect(pushed.attention).toEqual([expect.objectContaining({ result: 'needsAttention', candidates: [link(world, 'Contact', contactId), link(world, 'Lead', leadId)], message: expect.stringContaining('was converted') })]);
		expect([world.org.row('Lead', leadId), world.org.row('Contact', contactId)]).toEqual(before);
	});

	it('follows to the contact when told so', async () => {
		const world = await rig.connect();
		const leadId = String(world.org.insert('Lead', grace).Id);
		const { contactId } = world.org.convertLead(leadId);
		world.org.update('Contact', contactId, { Email: 'changed@foo.example' });
		const pushed = await world.push([{ ...grace, LastName: 'Hopper' }], { options: { converted: 'updateTarget' } });
		expect(pushed.done).toEqual([expect.objectContaining({ result: 'updated', object: 'Contact', recordId: contactId })]);
		expect(world.org.row('Contact', contactId)).toMatchObject({ LastName: 'Hopper', Email: 'changed@foo.example' });
		expect(world.org.row('Lead', leadId)).toMatchObject({ LastName: 'Grace', IsConverted: true });
	});

	it('reports a contact that is gone', async () => {
		const world = await rig.connect();
		const leadId = String(world.org.insert('Lead', grace).Id);
		world.org.remove('Contact', world.org.convertLead(leadId).contactId);
		const pushed = await world.push([grace], { options: { converted: 'updateTarget' } });
		expect(pushed.attention[0]).toMatchObject({ result: 'needsAttention', message: expect.stringContaining('gone') });
	});

	it('updates an open lead of the same address rather than the converted one', async () => {
		const world = await rig.connect();
		world.org.convertLead(String(world.org.insert('Lead', grace).Id));
		const { Id } = world.org.insert('Lead', grace);
		expect((await world.push([{ ...grace, LastName: 'Hopper' }])).done).toEqual([expect.objectContaining({ result: 'updated', recordId: Id })]);
	});
});
