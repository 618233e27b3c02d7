import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStateStore } from '../../../src/store/openStateStore';
import type { StateStore } from '../../../src/model/stateStore';
import type { SyncLink } from '../../../src/model/syncLink';
import type { StoredSync } from '../../../src/model/syncState';

const PAGE = 1_000;

/** A real store in a folder of its own, with a sync and its links. */
export interface LinkedStore {
	readonly store: StateStore;
	/** Of the file and what stands beside it, in bytes. */
	size(): number;
	close(): Promise<void>;
}

/** Opens the store and fills it; `linkNumber` is asked for every link once. */
export async function openLinkedStore(stored: StoredSync, links: number, { clock, linkNumber }: { readonly clock: () => Date; readonly linkNumber: (number: number) => SyncLink }): Promise<LinkedStore> {
	const folder = mkdtempSync(join(tmpdir(), 'crm-sync-bench-'));
	const store = await openStateStore({ kind: 'sqlite', folder }, clock);
	const lease = (await store.leases.acquire('fill', 'bench', 86_400_000))!;
	await store.syncs.commit({ sync: stored }, lease);
	for (let start = 0; start < links; start += PAGE) {
		const page = Array.from({ length: Math.min(PAGE, links - start) }, (_, at) => linkNumber(start + at));
		if ((await store.syncs.commit({ links: page }, lease)) !== 'stored') throw new Error('the links were not stored');
	}
	return {
		store,
		size: () => ['', '-wal'].reduce((sum, end) => sum + (statSync(join(folder, `state.sqlite${end}`), { throwIfNoEntry: false })?.size ?? 0), 0),
		close: async () => {
			await store.close();
			rmSync(folder, { recursive: true });
		},
	};
}
