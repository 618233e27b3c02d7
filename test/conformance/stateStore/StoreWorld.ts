import type { StateStore } from '../../../src/model/stateStore';
import { openStateStore } from '../../../src/store/openStateStore';
import type { StateStoreSettings } from '../../../src/store/settings';

/** An empty database for one test, and a clock that stands until it is moved. */
export interface StoreWorld {
	readonly settings: StateStoreSettings;
	/** What the clock of all its stores shows. */
	now: Date;
	/** Opens a store on the database; every call gives another one. */
	open(): Promise<StateStore>;
	/** Forgets everything that is stored. */
	empty(): Promise<void>;
	/** Closes all stores and removes the database. */
	close(): Promise<void>;
}

export const START = '2026-01-01T00:00:00.000Z';

/** What a world does beside the store. */
interface Access {
	readonly empty: () => Promise<void>;
	readonly remove: () => Promise<void>;
}

const SYNC_TABLES = ['syncs', 'sync_links', 'sync_intents', 'sync_holds', 'sync_deliveries', 'sync_reports', 'sync_counts', 'sync_notes'];

export const TABLES = ['facts', 'connections', 'sign_ins', 'runs', 'leases', 'refusals', ...SYNC_TABLES];

/** A world on the database of the given settings. */
export function storeWorld(settings: StateStoreSettings, { empty, remove }: Access): StoreWorld {
	const stores: StateStore[] = [];
	const world: StoreWorld = {
		settings,
		now: new Date(START),
		open: async () => {
			const store = await openStateStore(settings, () => world.now);
			stores.push(store);
			return store;
		},
		empty,
		close: async () => {
			for (const store of stores) await store.close();
			await remove();
		},
	};
	return world;
}
