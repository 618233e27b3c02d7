import { people, pushRig, type World } from './rig';

const rig = pushRig();

describe('CRM Lead Sync: contacts that the user may not see', () => {
	it.each<[string, (world: World) => void]>([
		['the object', ({ org }) => org.setObjectAccess('Contact', { read: false })],
		['the e-mail', ({ org }) => org.hideField('Contact', 'Email')],
	])('stop the run before anything is written, naming them and what to choose: %s', async (_what, hide) => {
		const world = await rig.connect();
		hide(world);
		for (const options of [{}, { target: 'updateTarget' }]) {
			const { failure } = await world.push(people(2), { options });
			expect(failure).toContain('already a Contact cannot be seen');
			expect(failure).toContain('create records whatever Contact there is');
			expect(failure).not.toContain('SELECT');
			expect(failure).not.toContain('person0@foo.example');
		}
		expect(world.rows()).toEqual([]);
	});

	it('do not matter when a lead is created anyway', async () => {
		const world = await rig.connect();
		world.org.setObjectAccess('Contact', { read: false });
		expect((await world.push(people(2), { options: { target: 'create' } })).counts).toEqual({ created: 2 });
	});
});
