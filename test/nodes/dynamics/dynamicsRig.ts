import { createCoreRunner, type CoreRunner } from '../../n8n/coreRunner';
import { DynamicsWorld } from './DynamicsWorld';

/** A world for each test of the file that calls it. */
export function dynamicsRig(): { readonly world: DynamicsWorld } {
	let runner: CoreRunner;
	let world: DynamicsWorld;
	beforeAll(async () => {
		runner = await createCoreRunner();
	}, 60_000);
	beforeEach(async () => {
		world = await DynamicsWorld.open(runner);
	});
	afterEach(async () => await world.close());
	return {
		get world() {
			return world;
		},
	};
}
