import { told } from './told';
import { World, type RunOptions } from './World';

/** A world with linked pairs: `A-1` and `L-1` have the key `ada`, and so on. */
export async function linkedPairs(...names: readonly string[]): Promise<World> {
	const world = new World();
	for (const name of names) {
		world.app.add({ email: `${name}@x.com`, name, phone: '1' });
		world.crm.add({ Email: `${name}@x.com`, LastName: name, Phone: '1' });
	}
	await world.run();
	await next(world);
	return world;
}

/** Half an hour later, one more run: what it did, line by line. */
export async function next(world: World, options: RunOptions = {}): Promise<string[]> {
	world.tick(30 * 60_000);
	return told((await world.run(options)).results).split('\n').filter((line) => line !== '');
}

/** What is held, line by line. */
export function held(world: World): string[] {
	return [...world.memory.contents.holds.values()].map(({ appId, crmId, field, reason }) => `${appId ?? crmId ?? 'run'} ${reason}${field && ` ${field}`}`).sort();
}
