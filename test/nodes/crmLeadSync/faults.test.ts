import { isWrite, people, pushRig, type World } from './rig';

const rig = pushRig();
/** Faults that meet writing requests only. */
const writing = { when: isWrite };
/** The addresses of the leads, each once, however often a lead has it. */
const addresses = (world: World) => new Set(world.rows().map(({ Email }) => Email)).size;

describe('CRM Lead Sync: the CRM fails in the middle', () => {
	it('renews a session that has ended, and writes everything exactly once', async () => {
		const world = await rig.connect();
		const before = world.tokens.refresh_token;
		world.org.faults.expireSessionsOnce();
		expect((await world.push(people(300))).counts).toEqual({ created: 300 });
		expect([world.rows().length, addresses(world)]).toEqual([300, 300]);
		expect(world.tokens.refresh_token).not.toBe(before);
	});

	it('renews a session that ends between finding and writing', async () => {
		const world = await rig.connect();
		world.org.faults.alwaysUnauthorized({ times: 1, ...writing });
		expect((await world.push(people(300))).counts).toEqual({ created: 300 });
		expect(world.rows()).toHaveLength(300);
	});

	it('reports what it wrote when the sign-in ends for good in the middle', async () => {
		const world = await rig.connect();
		world.org.faults.alwaysUnauthorized({ when: () => world.rows().length > 0 });
		const pushed = await world.push(people(3_000));
		expect(pushed.counts).toEqual({ created: world.rows().length, refused: 3_000 - world.rows().length });
		expect(pushed.problems(2_999)).toEqual([expect.objectContaining({ reason: expect.stringMatching(/Salesforce/), remedy: expect.stringMatching(/connect|sign/i) })]);
	});

	it('stops asking when the day\'s calls are used up in the middle of 3,000 items', async () => {
		const world = await rig.connect();
		world.org.faults.requestLimitExceeded({ when: () => world.rows().length > 0 });
		const pushed = await world.push(people(3_000));
		expect(pushed.counts).toEqual({ created: 1_000, refused: 2_000 });
		expect(world.rows()).toHaveLength(1_000);
		expect(pushed.problems(2_999)).toEqual([expect.objectContaining({ code: 'REQUEST_LIMIT_EXCEEDED', reason: expect.stringContaining('used all API calls'), remedy: expect.stringMatching(/Wait/) })]);
		expect(world.org.calls.log.findIndex(({ status }) => status === 403)).toBe(world.org.calls.log.length - 1);
		expect(pushed.hints).toEqual([expect.stringContaining('2,000 of 3,000 items need attention (1,000 created, 2,000 refused)')]);
	});

	it('stops asking, too, when it is a write that finds the calls used up', async () => {
		const world = await rig.connect();
		world.org.faults.requestLimitExceeded({ when: (request) => isWrite(request) && world.rows().length > 0 });
		const pushed = await world.push(people(3_000));
		expect(pushed.counts).toEqual({ created: 1_000, refused: 2_000 });
		expect(world.org.calls.log.findIndex(({ status }) => status === 403)).toBe(world.org.calls.log.length - 1);
	});

	it.each([500, 503])('writes what an answer %i may or may not have done exactly once', async (status) => {
		const world = await rig.connect();
		const fault = world.org.faults.serverError({ status, times: 1, ...writing });
		expect((await world.push(people(300))).counts).toEqual({ created: 300 });
		expect([fault.struck, world.rows().length]).toEqual([1, 300]);
	}, 60_000);

	it.each([408, 500, 502, 503, 504, 520])('never repeats a create that a gateway gave up on (%i), and finds it on the next run', async (status) => {
		const world = await rig.connect();
		const fault = world.org.faults.serverError({ status, html: true, times: 1, ...writing });
		expect((await world.push(people(3))).counts).toEqual({ uncertain: 3 });
		expect(fault.struck).toBe(1);
		expect((await world.push(people(3))).counts).toEqual({ created: 3 });
		expect(world.rows()).toHaveLength(3);
	}, 60_000);

	it.each([408, 500, 503])('finds again what was created behind the page of a gateway (%i)', async (status) => {
		const world = await rig.connect();
		const fault = world.org.faults.serverError({ status, html: true, afterCommit: true, times: 1, ...writing });
		expect((await world.push(people(3))).counts).toEqual({ created: 3 });
		expect([fault.struck, world.rows().length, addresses(world), world.writes]).toEqual([1, 3, 3, 1]);
	}, 60_000);

	it('finds again by its address what was created although the reply was lost', async () => {
		const world = await rig.connect();
		const fault = world.org.faults.resetAfterCommit({ times: 1, ...writing });
		const pushed = await world.push(people(300));
		expect([fault.struck, pushed.counts]).toEqual([1, { created: 300 }]);
		expect(pushed.inOrder.map(({ recordId }) => recordId)).toEqual(world.rows().map(({ Id }) => Id));
		expect(addresses(world)).toBe(300);
	}, 60_000);

	it('never repeats a create that was cut off, and says that it is not known', async () => {
		const world = await rig.connect();
		world.org.faults.resetBeforeCommit({ times: 1, ...writing });
		const pushed = await world.push(people(3));
		expect(pushed.counts).toEqual({ uncertain: 3 });
		expect(pushed.attention[0]).toMatchObject({ message: expect.stringMatching(/^Uncertain whether it was written\. Salesforce gave no answer/), problems: [{ remedy: expect.stringContaining('not created twice') }], input: people(3)[0] });
		expect((await world.push(people(3))).counts).toEqual({ created: 3 });
		expect(world.rows()).toHaveLength(3);
	}, 60_000);

	it('repeats an update that was cut off, which does no harm', async () => {
		const world = await rig.connect();
		for (const person of people(3)) world.org.insert('Lead', person);
		world.org.faults.resetBeforeCommit({ times: 1, ...writing });
		expect((await world.push(people(3, () => ({ Company: 'Bar' })))).counts).toEqual({ updated: 3 });
		expect(world.rows().map(({ Company }) => Company)).toEqual(['Bar', 'Bar', 'Bar']);
	}, 60_000);

	it('waits for a locked row, and reports one that stays locked', async () => {
		const world = await rig.connect();
		for (const person of people(3)) world.org.insert('Lead', person);
		world.org.faults.rowLock({ times: 1 });
		expect((await world.push(people(3, () => ({ Company: 'Bar' })))).counts).toEqual({ updated: 3 });
		world.org.faults.rowLock();
		const pushed = await world.push(people(3, () => ({ Company: 'Baz' })));
		expect(pushed.counts.refused).toBeGreaterThan(0);
		expect(pushed.attention[0].problems).toEqual([expect.objectContaining({ code: 'UNABLE_TO_LOCK_ROW' })]);
	}, 60_000);

	it('tells of a half-failed batch which half it was', async () => {
		const world = await rig.connect();
		world.org.faults.halfFailedBatch({ times: 1 });
		const pushed = await world.push(people(10));
		expect(pushed.counts.created).toBe(world.rows().length);
		expect(pushed.inOrder.filter(({ result }) => result === 'created').map(({ recordId }) => recordId).sort()).toEqual(world.rows().map(({ Id }) => Id).sort());
		for (const item of pushed.attention) expect(item.problems).toEqual([expect.objectContaining({ code: 'UNKNOWN_EXCEPTION' })]);
		expect((await world.push(people(10))).counts).toEqual({ unchanged: pushed.counts.created, created: 10 - pushed.counts.created });
	});

	it('is patient with too many requests at once', async () => {
		const world = await rig.connect();
		world.org.faults.concurrentLimit({ times: 1 });
		expect((await world.push(people(3))).counts).toEqual({ created: 3 });
	}, 60_000);

	it('creates nobody twice whatever reply is lost', async () => {
		const world = await rig.connect();
		const items = [...people(30), ...people(30, () => ({ Company: 'Bar' }))];
		for (let lost = 1; lost <= 4; lost += 1) {
			let seen = 0;
			const fault = world.org.faults.resetAfterCommit({ times: 1, when: () => (seen += 1) === lost });
			const pushed = await world.push(items.map((item) => ({ ...item, Email: `${lost}.${String(item.Email)}` })));
			fault.clear();
			expect(pushed.counts).toEqual({ created: 30, updated: 30 });
		}
		expect([world.rows().length, addresses(world)]).toEqual([120, 120]);
	}, 120_000);
});
