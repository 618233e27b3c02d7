import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type fc from 'fast-check';
import type { StateStore } from '../../../src/model/stateStore';
import { openStateStore } from '../../../src/store/openStateStore';
import { Story } from '../twoWay/Story';
import { TwinSyncState } from '../twoWay/TwinSyncState';
import type { Ran, RunOptions } from '../twoWay/World';
import { law, RUNS } from './law';

/** Real stores are slower: so many histories a law, unless said otherwise. */
const REAL_RUNS = Number(process.env.LAW_REAL_RUNS ?? Math.ceil(RUNS / 10));

/** A law of two sides and what is remembered between them: over the state in memory, and over the real store beside it. */
export function twoWayLaw<T>(name: string, drawn: fc.Arbitrary<T>, holds: (drawn: T, newStory: () => Story) => Promise<void>): void {
	law(name, drawn, async (world) => await holds(world, () => new Story()));
	if (REAL_RUNS > 0) law(`${name}; over SQLite`, drawn, async (world) => await holds(world, () => new StoredStory()), REAL_RUNS);
}

const folder = mkdtempSync(join(tmpdir(), 'crm-sync-laws-'));
let store: StateStore;
/** The leases go by the clock of the world that is running. */
let now = new Date(0);
let worlds = 0;

beforeAll(async () => {
	store = await openStateStore({ kind: 'sqlite', folder }, () => now);
});

afterAll(async () => {
	await store.close();
	rmSync(folder, { recursive: true });
});

/** A world on the real store, which must answer everything as the one in memory does. */
class StoredStory extends Story {
	constructor() {
		worlds += 1;
		super({ state: new TwinSyncState(store.syncs, store.leases), leases: store.leases }, `world ${worlds}`);
	}

	override tick(ms?: number): void {
		super.tick(ms);
		now = new Date(this.now);
	}

	override async run(options?: RunOptions): Promise<Ran> {
		now = new Date(this.now);
		return await super.run(options);
	}
}
