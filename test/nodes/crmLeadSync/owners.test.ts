import { lead, pushRig } from './rig';

const rig = pushRig();
const known = { LastName: 'Known', Company: 'Foo', Email: 'known@foo.example' };
const rows = { ...lead, OwnerId: '={{ $json.owner }}' };

describe('CRM Lead Sync: owner, queue and record type by name', () => {
	it.each([
		['name', 'Grace Hopper'],
		['name in other case', ' grace HOPPER '],
		['user name', 'grace@foo.example.sandbox'],
		['e-mail', 'grace@foo.example'],
	])('gives the lead to a user by %s', async (_, owner) => {
		const world = await rig.connect();
		const user = world.org.addUser({ firstName: 'Grace', lastName: 'Hopper', username: 'grace@foo.example.sandbox', email: 'grace@foo.example' });
		expect((await world.push([{ ...known, owner }], { rows })).outcomes).toEqual(['created']);
		expect(world.rows()).toEqual([expect.objectContaining({ OwnerId: user.id })]);
	});

	it('gives leads to a queue by name, and to whoever an id names', async () => {
		const world = await rig.connect();
		const queue = world.org.addQueue('West Coast');
		const { id } = world.org.addUser({ firstName: 'Grace', lastName: 'Hopper' });
		const items = ['west coast', id, id.slice(0, 15), ''].map((owner, index) => ({ ...known, Email: `${index}@foo.example`, owner }));
		expect((await world.push(items, { rows })).counts).toEqual({ created: 4 });
		expect(world.rows().map(({ OwnerId }) => OwnerId)).toEqual([queue, id, id, world.org.users[0].id]);
	});

	it('takes a name for a name though it is as long as an id', async () => {
		const world = await rig.connect();
		const queue = world.org.addQueue('MarketingTeamEU');
		const type = world.org.addRecordType('Lead', 'PartnerLeadType');
		const item = { ...known, owner: 'MarketingTeamEU', type: 'PartnerLeadType' };
		expect((await world.push([item], { rows: { ...rows, RecordTypeId: '={{ $json.type }}' } })).outcomes).toEqual(['created']);
		expect(world.rows()).toEqual([expect.objectContaining({ OwnerId: queue, RecordTypeId: type })]);
	});

	it('refuses a name nobody or several have, an inactive user, and stops no other item', async () => {
		const world = await rig.connect();
		world.org.addUser({ firstName: 'Twin', lastName: 'One', username: 'a@foo.example' });
		world.org.addUser({ firstName: 'Twin', lastName: 'One', username: 'b@foo.example' });
		world.org.addUser({ firstName: 'Gone', lastName: 'Away', active: false });
		const items = ['Nobody', 'Twin One', 'Gone Away', 'Ada Admin'].map((owner, index) => ({ ...known, Email: `${index}@foo.example`, owner }));
		const pushed = await world.push(items, { rows });
		expect(pushed.outcomes).toEqual(['refused', 'refused', 'refused', 'created']);
		expect(pushed.problems(0)).toEqual([expect.objectContaining({ field: 'OwnerId', reason: expect.stringContaining('no active user or queue is called "Nobody"') })]);
		expect(pushed.problems(1)).toEqual([expect.objectContaining({ field: 'OwnerId', reason: expect.stringContaining('2 users or queues are called "Twin One"') })]);
		expect(pushed.problems(2)).toEqual([expect.objectContaining({ field: 'OwnerId', reason: expect.stringContaining('"Gone Away"') })]);
	});

	it('sets a record type by name, developer name or id, and refuses an unknown one', async () => {
		const world = await rig.connect();
		const id = world.org.addRecordType('Lead', 'Web Lead');
		const items = ['web lead', 'Web_Lead', id, 'Bar'].map((type, index) => ({ ...known, Email: `${index}@foo.example`, type }));
		const pushed = await world.push(items, { rows: { ...lead, RecordTypeId: '={{ $json.type }}' } });
		expect(pushed.outcomes).toEqual(['created', 'created', 'created', 'refused']);
		expect(pushed.problems(3)).toEqual([expect.objectContaining({ field: 'RecordTypeId', reason: expect.stringMatching(/no record type "Bar".*Web Lead/) })]);
		expect(world.rows().map(({ RecordTypeId }) => RecordTypeId)).toEqual([id, id, id]);
	});
});

describe('CRM Lead Sync: the CRM\'s own rules', () => {
	it('lets the assignment rule choose the owner only when told so', async () => {
		const world = await rig.connect();
		const queue = world.org.addQueue('West Coast');
		world.org.setAssignmentRule(queue);
		await world.push([known]);
		await world.push([{ ...known, Email: 'other@foo.example' }], { options: { runAssignmentRules: true } });
		expect(world.rows().map(({ OwnerId }) => OwnerId)).toEqual([world.org.users[0].id, queue]);
	});

	it('leaves the owner of a lead that is updated alone', async () => {
		const world = await rig.connect();
		world.org.insert('Lead', known);
		world.org.setAssignmentRule(world.org.addQueue('West Coast'));
		const changed = [{ ...known, Company: 'Bar' }];
		expect((await world.push(changed, { options: { runAssignmentRules: true } })).outcomes).toEqual(['updated']);
		expect(world.rows().map(({ OwnerId }) => OwnerId)).toEqual([world.org.users[0].id]);
	});

	it('saves despite a duplicate rule that warns only when told so', async () => {
		const world = await rig.connect();
		const twin = world.org.insert('Lead', { ...known, Email: 'twin@foo.example' });
		world.org.setDuplicateRule('Lead', { action: 'Alert', matchOn: ['LastName', 'Company'], message: 'You are about to make a twin.' });
		const refused = await world.push([known]);
		expect(refused.outcomes).toEqual(['refused']);
		expect(refused.problems()).toEqual([expect.objectContaining({ code: 'DUPLICATES_DETECTED', reason: expect.stringMatching(new RegExp(`${twin.Id}|twin`)) })]);
		expect((await world.push([known], { options: { saveDespiteDuplicateAlert: true } })).outcomes).toEqual(['created']);
	});

	it('never saves despite a duplicate rule that blocks', async () => {
		const world = await rig.connect();
		world.org.insert('Lead', { ...known, Email: 'twin@foo.example' });
		world.org.setDuplicateRule('Lead', { action: 'Block', matchOn: ['LastName', 'Company'] });
		const pushed = await world.push([known, { ...known, LastName: 'Other', Email: 'other@foo.example' }], { options: { saveDespiteDuplicateAlert: true } });
		expect(pushed.outcomes).toEqual(['refused', 'created']);
	});
});
