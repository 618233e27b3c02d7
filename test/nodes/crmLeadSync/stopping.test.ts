import { isWrite, people, pushRig } from './rig';

const rig = pushRig();

describe('CRM Lead Sync: a run that is stopped', () => {
	it('ends while the CRM keeps it waiting, and asks nothing more', async () => {
		const world = await rig.connect();
		const stop = new AbortController();
		world.org.faults.latency(2_000, { when: (request) => (isWrite(request) ? (stop.abort(), true) : false) });
		const pushed = await world.push(people(3_000), { run: { signal: stop.signal } });
		expect([pushed.result.status, world.rows()]).toEqual(['canceled', []]);
		// The request that was under way arrives; nothing follows it.
		while (world.writes === 0) await settled(world);
		expect([world.writes, world.rows().length]).toEqual([1, 1_000]);
	}, 60_000);

	it('writes whole pages or nothing, and a run afterwards writes the rest', async () => {
		const world = await rig.connect();
		const stop = new AbortController();
		world.org.faults.latency(1, { when: () => (world.rows().length > 0 ? (stop.abort(), true) : false) });
		const pushed = await world.push(people(3_000), { run: { signal: stop.signal } });
		expect(pushed.result.status).toBe('canceled');
		await settled(world);
		expect(world.rows()).toHaveLength(1_000);
		world.org.faults.clear();
		expect((await world.push(people(3_000))).counts).toEqual({ unchanged: 1_000, created: 2_000 });
	}, 60_000);

	it('ends while it waits to try again', async () => {
		const world = await rig.connect();
		const stop = new AbortController();
		world.org.faults.concurrentLimit({ when: () => (stop.abort(), true) });
		expect((await world.push(people(3), { run: { signal: stop.signal } })).result.status).toBe('canceled');
		await settled(world);
		expect(world.org.calls.log).toHaveLength(1);
	}, 60_000);
});

/** Gives whatever was still under way the time to arrive. */
async function settled(world: { readonly org: { readonly calls: { readonly log: readonly unknown[] } } }): Promise<void> {
	let before = -1;
	while (world.org.calls.log.length !== before) {
		before = world.org.calls.log.length;
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}
