import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StateStore } from '../../../src/model/stateStore';
import { openStateStore } from '../../../src/store/openStateStore';
import { disagreements, doubleLinks } from '../twoWay/findings';
import { histories, ROUGH, Story } from '../twoWay/history';
import { TwinSyncState } from '../twoWay/TwinSyncState';
import { law } from './law';

/** The same laws over the real store, which must answer everything as the one in memory does. */
const folder = mkdtempSync(join(tmpdir(), 'crm-sync-laws-'));
let store: StateStore;
let now = new Date(0);
let worlds = 0;

beforeAll(async () => {
	store = await openStateStore({ kind: 'sqlite', folder }, () => now);
});

afterAll(async () => {
	await store.close();
	rmSync(folder, { recursive: true });
});

/** A world on the real store, whose leases go by the world's clock. */
function story(): Story {
	worlds += 1;
	const state = new TwinSyncState(store.syncs, store.leases);
	const made = new Story({ state, leases: store.leases }, `world ${worlds}`);
	const { tick } = made;
	const follow = () => (now = new Date(made.now));
	made.tick = (ms) => {
		tick.call(made, ms);
		follow();
	};
	follow();
	return made;
}

law('1, 7, 11 over SQLite: rough histories converge, and both states say the same all the way', histories(ROUGH), async (events) => {
	const told = await story().tell(events);
	expect(await told.heal()).toBeLessThan(12);
	expect(disagreements(told)).toEqual([]);
	expect(doubleLinks(told)).toEqual([]);
});
