import { people, pushRig } from './rig';

const rig = pushRig();

describe('CRM Lead Sync: what became of each item', () => {
	it('creates, updates and leaves as they are, one paired result each, with id and link', async () => {
		const world = await rig.connect();
		const old = world.org.insert('Lead', { LastName: 'Old', Company: 'Foo', Email: 'old@foo.example' });
		const same = world.org.insert('Lead', { LastName: 'Same', Company: 'Foo', Email: 'same@foo.example' });
		const pushed = await world.push([
			{ LastName: 'New', Company: 'Foo', Email: 'new@foo.example' },
			{ LastName: 'Older', Company: 'Foo', Email: 'old@foo.example' },
			{ LastName: 'Same', Company: 'Foo', Email: 'same@foo.example' },
		]);
		const created = world.rows().find(({ LastName }) => LastName === 'New');
		expect(pushed.inOrder).toEqual([
			{ result: 'created', message: 'Created a Lead.', object: 'Lead', recordId: created?.Id, recordUrl: `${world.org.instanceUrl}/${created?.Id}`, changedFields: ['LastName', 'Company', 'Email'], dryRun: false },
			{ result: 'updated', message: 'Updated the Lead.', object: 'Lead', recordId: old.Id, recordUrl: `${world.org.instanceUrl}/${old.Id}`, changedFields: ['LastName'], dryRun: false },
			{ result: 'unchanged', message: 'The Lead is already up to date.', object: 'Lead', recordId: same.Id, recordUrl: `${world.org.instanceUrl}/${same.Id}`, changedFields: [], dryRun: false },
		]);
		expect(pushed.attention).toEqual([]);
		expect(pushed.hints).toEqual([]);
		expect(world.rows().map(({ LastName }) => LastName)).toEqual(['Older', 'Same', 'New']);
	});

	it('lets one bad lead stop no other, and tells its field, the reason and the CRM\'s own code', async () => {
		const world = await rig.connect();
		world.org.addValidationRule({ object: 'Lead', message: 'We do not deal with Bar.', field: 'Company', fails: ({ Company }) => Company === 'Bar' });
		const pushed = await world.push(people(5, (index) => (index === 2 ? { Company: 'Bar' } : {})));
		expect(pushed.outcomes).toEqual(['created', 'created', 'refused', 'created', 'created']);
		expect(pushed.attention).toEqual([
			expect.objectContaining({
				result: 'refused',
				message: expect.stringContaining('We do not deal with Bar.'),
				recordId: null,
				recordUrl: null,
				problems: [expect.objectContaining({ field: 'Company', reason: expect.stringContaining('We do not deal with Bar.'), code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' })],
				input: { LastName: 'Person 2', Company: 'Bar', Email: 'person2@foo.example' },
			}),
		]);
		expect(pushed.items(1)[0].pairedItem).toEqual({ item: 2 });
		expect(pushed.hints).toEqual([expect.stringMatching(/^warning: 1 of 5 items need attention \(4 created, 1 refused\)/)]);
		expect(world.rows()).toHaveLength(4);
	});

	it('fails afterwards when asked to, with everything else written and the first items named', async () => {
		const world = await rig.connect();
		const pushed = await world.push(people(20, (index) => (index % 2 ? { Company: '' } : {})), { options: { failAfterwards: true } });
		expect(pushed.failure).toMatch(/^10 of 20 items need attention \(10 created, 10 refused\)\.\nItem 1: Company is empty/);
		expect(world.rows()).toHaveLength(10);
	});

	it('does not fail afterwards when nothing needs attention', async () => {
		const world = await rig.connect();
		expect((await world.push(people(2), { options: { failAfterwards: true } })).outcomes).toEqual(['created', 'created']);
	});

	it('shows in a dry run what the run then does, and writes nothing', async () => {
		const world = await rig.connect();
		world.org.insert('Lead', { LastName: 'Old', Company: 'Foo', Email: 'person1@foo.example' });
		const items = [...people(3), { LastName: 'Again', Company: 'Foo', Email: 'person0@foo.example' }, { LastName: '', Company: 'Foo', Email: 'bad' }];
		const dry = await world.push(items, { dryRun: true });
		expect(world.writes).toBe(0);
		expect(world.rows()).toHaveLength(1);
		expect(dry.inOrder.map(({ message }) => message)).toEqual([
			'Would create a Lead.',
			'Would update the Lead.',
			'Would create a Lead.',
			'Would update the Lead.',
			expect.stringContaining('Not written.'),
		]);
		expect(dry.inOrder.every(({ dryRun }) => dryRun === true)).toBe(true);
		const real = await world.push(items);
		const essence = (pushed: typeof dry) => pushed.inOrder.map(({ result, changedFields, problems }) => ({ result, changedFields, problems }));
		expect(essence(real)).toEqual(essence(dry));
	});

	it('never fails a dry run afterwards', async () => {
		const world = await rig.connect();
		const pushed = await world.push([{ Email: 'bad' }], { dryRun: true, options: { failAfterwards: true } });
		expect(pushed.outcomes).toEqual(['refused']);
	});

	it('gives an AI agent everything on the first output', async () => {
		const world = await rig.connect();
		const rows = { LastName: "={{ $fromAI('LastName') }}", Company: 'Foo', Email: "={{ $fromAI('Email') }}" };
		expect(await world.callTool({ LastName: 'Agent', Email: 'agent@foo.example' }, { rows })).toEqual([expect.objectContaining({ result: 'created' })]);
		expect(await world.callTool({ LastName: 'Agent', Email: 'no address' }, { rows })).toEqual([expect.objectContaining({ result: 'refused', problems: [expect.objectContaining({ field: 'Email' })] })]);
		expect(world.rows()).toHaveLength(1);
	});

	it('does nothing, and asks the CRM nothing, without items', async () => {
		const world = await rig.connect();
		const { result, hints } = await world.push([]);
		expect([result.status, hints, world.org.calls.log]).toEqual(['success', [], []]);
	});
});
