import type { CrmWorld } from './CrmWorld';
import { describeFailures } from './failures';
import { describeReading } from './reading';
import { describeReadingChanges } from './readingChanges';
import { describeWriting } from './writing';

/** What a suite may know about an adapter. */
export interface AdapterNotes {
	/** Names of tests that fail for now; one that passes turns red until it is taken off the list. */
	readonly knownGaps?: readonly string[];
	/** Parts of the contract to hold it to; all of them unless said. */
	readonly parts?: ReadonlyArray<(contract: Contract) => void>;
}

/** Declares one statement of the contract. */
export type Contract = (statement: string, holds: (world: CrmWorld) => Promise<void>) => void;

const allParts = [describeReading, describeReadingChanges, describeWriting, describeFailures];

/** The contract of `CrmAdapter`, for any implementation: each statement in a CRM of its own. */
export function describeCrmAdapter(name: string, open: () => Promise<CrmWorld>, { knownGaps = [], parts = allParts }: AdapterNotes = {}): void {
	const declared = new Set<string>();
	const contract: Contract = (statement, holds) => {
		declared.add(statement);
		const declare = knownGaps.includes(statement) ? it.failing : it;
		declare(statement, async () => {
			const world = await open();
			try {
				await holds(world);
			} finally {
				await world.close();
			}
		});
	};
	describe(`${name} as a CRM adapter`, () => {
		for (const part of parts) part(contract);
		it('has no known gap that is no statement of the contract', () => {
			expect(knownGaps.filter((gap) => !declared.has(gap))).toEqual([]);
		});
	});
}
