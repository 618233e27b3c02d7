import { randomUUID } from 'node:crypto';
import type { EntityDescription } from '../../../src/model/entity';
import type { StateStore } from '../../../src/model/stateStore';
import type { StoredSync } from '../../../src/model/syncState';
import type { Mapping } from '../../../src/sync/mapping/mapping';
import { runSync } from '../../../src/sync/run/runSync';
import type { SyncRequest } from '../../../src/sync/run/syncRun';
import type { AppInput } from '../../../src/sync/run/syncTypes';
import { keyring } from '../benchFields';

export const USER = '005Wz0000000001IA0';
const NO_GUARD = { most: Infinity, share: 1, atLeast: Infinity };

/** One sync of the bench, as it is stored. */
export interface BenchSync {
	readonly store: StateStore;
	readonly stored: StoredSync;
	readonly description: EntityDescription;
	readonly clock: () => Date;
}

/** A sync that has run before. */
export function syncOf(entity: string, mapping: Mapping, cursor: string): StoredSync {
	const scope = { connectionId: 'bench', entity, appName: 'Shop' };
	return { id: randomUUID(), scope, mapping: JSON.stringify(mapping), keyId: keyring.current.id, userId: USER, cursor, runs: 1, inDoubt: false, unread: false };
}

/** What a run came to: how often each step was taken. */
export type Steps = Readonly<Record<string, number>>;

/** One two-way run; `onPage` is called after each page of results. Stops with an error unless the run came to its end. */
export async function runOnce({ store, stored, description, clock }: BenchSync, ports: Pick<SyncRequest, 'adapter' | 'changes'>, input: AppInput, onPage: () => void = () => undefined): Promise<Steps> {
	const steps: Record<string, number> = {};
	const running = runSync({
		...{ ...ports, state: store.syncs, leases: store.leases, keyring, clock, newId: randomUUID, description, input },
		settings: {
			...{ scope: stored.scope, mapping: JSON.parse(stored.mapping) as Mapping, adoptMapping: false, createInCrm: false, createInApp: false, readChanges: true },
			...{ fullCompare: false, updateGuard: NO_GUARD, deleteGuard: NO_GUARD, userId: USER, runsKnown: 1, skewMs: 0, dryRun: false },
			write: { runAssignmentRules: false, saveDespiteDuplicateAlert: true },
		},
	});
	for (;;) {
		const next = await running.next();
		if (next.done && next.value.stopped) throw new Error(next.value.stopped.words);
		if (next.done) return steps;
		for (const { do: step } of next.value.flatMap((result) => result.steps)) steps[step] = (steps[step] ?? 0) + 1;
		onPage();
	}
}
