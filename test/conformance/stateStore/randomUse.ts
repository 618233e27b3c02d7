import fc from 'fast-check';
import type { Contract } from './describeStateStore';
import { StoreModel } from './StoreModel';
import { START } from './StoreWorld';
import { series, type Use } from './uses';

/** Both may be set from outside, to repeat a found case or to search longer. */
const SEED = process.env.FC_SEED === undefined ? undefined : Number(process.env.FC_SEED);
const RUNS = Number(process.env.FC_RUNS ?? 60);

export function describeRandomUse(contract: Contract): void {
	contract('answers as a simple model of it does, whatever is done with it', async (world) => {
		const store = await world.open();
		const holds = async (uses: readonly Use[]) => {
			await world.empty();
			world.now = new Date(START);
			const used = { world, store, model: new StoreModel(world.now.getTime()), leases: [] };
			for (const use of uses) {
				const [told, expected] = await use(used);
				expect(told).toEqual(expected);
			}
		};
		await fc.assert(fc.asyncProperty(series, holds), { seed: SEED, numRuns: RUNS });
	});
}
