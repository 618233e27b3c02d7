import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

import type { FingerprintKey } from '../model/fingerprint';
import type { StateStore } from '../model/stateStore';
import { loadFingerprintKey } from '../store/keys/loadFingerprintKey';
import { openStateStore } from '../store/openStateStore';
import { stateStoreSettings, type StateStoreSettings } from '../store/settings';
import { STATE_FILE } from '../store/sqlite/openSqlite';

/** The open store, and the key of its fingerprints. */
export interface StateStoreHandle {
	readonly store: StateStore;
	readonly key: FingerprintKey;
}

/** One for each place that the environment names; n8n has one, tests have several. */
const handles = new Map<string, { readonly opening: Promise<StateStoreHandle>; isOpen: boolean }>();

/**
 * The state store of this n8n, opened at first use and kept open. Where opening fails, or somebody deleted the file since, the next one
 * opens it anew.
 *
 * @throws StateStoreError
 */
export async function getStateStore(): Promise<StateStoreHandle> {
	const settings = stateStoreSettings(process.env, homedir(), (path) => readFileSync(path, 'utf8'));
	const place = JSON.stringify(settings);
	// A file that is being made is not there yet.
	if (handles.get(place)?.isOpen && isGone(settings)) forget(place);
	const handle = handles.get(place) ?? { opening: open(settings), isOpen: false };
	handles.set(place, handle);
	try {
		const opened = await handle.opening;
		handle.isOpen = true;
		return opened;
	} catch (error) {
		if (handles.get(place) === handle) handles.delete(place);
		throw error;
	}
}

function isGone(settings: StateStoreSettings): boolean {
	return settings.kind === 'sqlite' && !existsSync(join(settings.folder, STATE_FILE));
}

/** Whoever still works with it finds the file gone, too. */
function forget(place: string): void {
	const former = handles.get(place);
	handles.delete(place);
	former?.opening.then(({ store }) => store.close()).catch(() => undefined);
}

async function open(settings: StateStoreSettings): Promise<StateStoreHandle> {
	const key = await loadFingerprintKey(settings);
	return { key, store: await openStateStore(settings, () => new Date()) };
}
