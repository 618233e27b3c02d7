import fc from 'fast-check';

/** Both may be set from outside, to repeat a found case or to search longer. */
const SEED = process.env.FC_SEED === undefined ? undefined : Number(process.env.FC_SEED);
export const RUNS = Number(process.env.FC_RUNS ?? 150);

/** For the slowest law; long runs get as much more time. */
const MOST_MS_A_RUN = 1_000;

/** A test that holds for everything that is drawn. */
export function law<T>(name: string, worlds: fc.Arbitrary<T>, holds: (world: T) => void | Promise<void>, runs = RUNS): void {
	test(name, async () => {
		await fc.assert(
			fc.asyncProperty(worlds, async (world) => {
				await holds(world);
			}),
			{ seed: SEED, numRuns: runs },
		);
	}, Math.max(120_000, runs * MOST_MS_A_RUN));
}
