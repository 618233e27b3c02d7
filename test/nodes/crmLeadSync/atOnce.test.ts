import { people, pushRig } from './rig';

const rig = pushRig();

describe('CRM Lead Sync: runs at the same time', () => {
	it('create a new e-mail once, when a form is sent by a double click', async () => {
		const world = await rig.connect();
		world.org.faults.latency(20);
		const runs = await Promise.all([1, 2, 3].map(async () => await world.push(people(1))));
		expect(runs.map(({ outcomes }) => outcomes[0]).sort()).toEqual(['created', 'unchanged', 'unchanged']);
		expect(world.rows()).toHaveLength(1);
	});

	it('take turns page by page, so that a form does not wait for a long run to end', async () => {
		const world = await rig.connect();
		world.org.faults.latency(20);
		const ended: string[] = [];
		const long = world.push(people(3_000)).then(() => ended.push('long'));
		const short = world.push([{ LastName: 'Short', Company: 'Foo', Email: 'short@foo.example' }]).then(() => ended.push('short'));
		await Promise.all([long, short]);
		expect(ended).toEqual(['short', 'long']);
		expect(world.rows()).toHaveLength(3_001);
	});
});
