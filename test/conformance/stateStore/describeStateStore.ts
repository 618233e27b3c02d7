import { describeConnections } from './connections';
import { describeHostileContent } from './hostileContent';
import { describeLeases } from './leases';
import { describeMemory } from './memory';
import { describeProcesses } from './processes';
import { describeRandomUse } from './randomUse';
import { describeRuns } from './runs';
import { describeSyncState } from './describeSyncState';
import type { StoreWorld } from './StoreWorld';

/** Declares one statement of the contract. */
export type Contract = (statement: string, holds: (world: StoreWorld) => Promise<void>) => void;

/** The contract of `StateStore`, for any implementation: each statement on a database of its own. */
export function describeStateStore(name: string, open: () => Promise<StoreWorld>): void {
	const contract: Contract = (statement, holds) => {
		it(
			statement,
			async () => {
				const world = await open();
				try {
					await holds(world);
				} finally {
					await world.close();
				}
			},
			60_000,
		);
	};
	describe(`${name} as a state store`, () => {
		describe('connections', () => describeConnections(contract));
		describe('runs', () => describeRuns(contract));
		describe('leases', () => describeLeases(contract));
		describe('refused sign-ins and the key', () => describeMemory(contract));
		describe('two-way sync', () => describeSyncState(contract));
		describe('hostile content', () => describeHostileContent(contract));
		describe('several processes', () => describeProcesses(contract));
		describe('random use', () => describeRandomUse(contract));
	});
}
