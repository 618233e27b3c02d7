import { lead, people, pushRig } from './rig';

const rig = pushRig();

describe('CRM Lead Sync: what a run costs', () => {
	it('creates 1,000 new leads with at most 10 calls', async () => {
		const world = await rig.connect();
		expect((await world.push(people(1_000))).counts).toEqual({ created: 1_000 });
		expect(world.org.calls.total).toBeLessThanOrEqual(10);
		expect(world.rows()).toHaveLength(1_000);
	});

	it('updates 1,000 leads, and finds 1,000 as they are, with at most 10 calls each', async () => {
		const world = await rig.connect();
		for (const person of people(1_000)) world.org.insert('Lead', person);
		expect((await world.push(people(1_000, () => ({ Company: 'Bar' })))).counts).toEqual({ updated: 1_000 });
		expect(world.org.calls.total).toBeLessThanOrEqual(10);
		world.org.resetCalls();
		expect((await world.push(people(1_000, () => ({ Company: 'Bar' })))).counts).toEqual({ unchanged: 1_000 });
		expect(world.org.calls.total).toBeLessThanOrEqual(10);
	});

	it('writes one lead with at most 4 calls at first and 2 from then on', async () => {
		const world = await rig.connect();
		// The very first use of a credential also asks which org it reaches.
		await world.push(people(1));
		expect(world.org.calls.total).toBeLessThanOrEqual(4);
		for (const more of [{ Email: 'new@foo.example' }, { Company: 'Bar' }, {}]) {
			world.org.resetCalls();
			await world.push([{ ...people(1)[0], ...more }]);
			expect(world.org.calls.total).toBeLessThanOrEqual(2);
		}
		expect(world.rows()).toHaveLength(2);
	});

	it('needs no more for an owner by name, one lead or a thousand', async () => {
		const world = await rig.connect();
		world.org.addQueue('West Coast');
		await world.register();
		const rows = { ...lead, OwnerId: '={{ $json.owner }}' };
		const owned = (count: number, from: number) => people(count, (index) => ({ Email: `${from + index}@foo.example`, owner: index % 2 ? 'Ada Admin' : 'West Coast' }));
		expect((await world.push(owned(1, 0), { rows })).outcomes).toEqual(['created']);
		expect(world.org.calls.total).toBeLessThanOrEqual(4);
		world.org.resetCalls();
		expect((await world.push(owned(1, 1), { rows })).outcomes).toEqual(['created']);
		expect(world.org.calls.total).toBeLessThanOrEqual(2);
		world.org.resetCalls();
		expect((await world.push(owned(1_000, 2), { rows })).counts).toEqual({ created: 1_000 });
		expect(world.org.calls.total).toBeLessThanOrEqual(10);
	});

	it('spends few calls on a thousand items of which some are bad', async () => {
		const world = await rig.connect();
		world.org.addValidationRule({ object: 'Lead', message: 'No.', fails: ({ Company }) => Company === 'Bar' });
		expect((await world.push(people(1_000, (index) => (index % 100 === 0 ? { Company: 'Bar' } : {})))).counts).toEqual({ created: 990, refused: 10 });
		expect(world.org.calls.total).toBeLessThanOrEqual(10);
	});

	it('spends as few on a thousand items of one person as on a thousand people', async () => {
		const world = await rig.connect();
		const pushed = await world.push(people(1_000, (index) => ({ Email: 'one@foo.example', LastName: `Name ${index}` })));
		expect(pushed.counts).toEqual({ created: 1, updated: 999 });
		expect(world.rows()).toEqual([expect.objectContaining({ LastName: 'Name 999' })]);
		expect(world.org.calls.total).toBeLessThanOrEqual(10);
	});
});
