import { lead, people, pushRig } from './rig';

const rig = pushRig();

describe('CRM Lead Sync: many items', () => {
	it('gives 50,000 items 50,000 paired results', async () => {
		const world = await rig.connect();
		const pushed = await world.push(people(50_000, (index) => (index % 10_000 === 7 ? { Email: 'bad' } : {})), { run: { mode: 'trigger' } });
		expect(pushed.counts).toEqual({ created: 49_995, refused: 5 });
		expect(world.rows()).toHaveLength(49_995);
		expect(world.org.calls.total).toBeLessThanOrEqual(500);
	}, 300_000);

	it('tries 50,000 items out, and lets n8n do other work meanwhile', async () => {
		const world = await rig.connect();
		let turns = 0;
		const counter = setInterval(() => (turns += 1), 0);
		const pushed = await world.push(people(50_000), { dryRun: true });
		clearInterval(counter);
		expect(pushed.counts).toEqual({ created: 50_000 });
		expect(world.writes).toBe(0);
		expect(turns).toBeGreaterThan(50);
	}, 300_000);

	it('lets n8n do other work while it works out thousands of expressions', async () => {
		const world = await rig.connect();
		let turns = 0;
		const counter = setInterval(() => (turns += 1), 0);
		const pushed = await world.push(people(3_000), { dryRun: true, rows: { ...lead, Description: '={{ $json.LastName.toUpperCase() }} of {{ $json.Company }}' } });
		clearInterval(counter);
		expect(pushed.counts).toEqual({ created: 3_000 });
		expect(turns).toBeGreaterThan(10);
	}, 300_000);

	it('tells the browser how far it is', async () => {
		const world = await rig.connect();
		const { result } = await world.push(people(2_500), { dryRun: true });
		expect(result.messages.map(({ data }) => JSON.stringify(data)).join()).toMatch(/1,000 of 2,500[\s\S]*2,000 of 2,500[\s\S]*2,500 of 2,500/);
	}, 60_000);
});
