import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';

import type { FingerprintKey } from '../model/fingerprint';
import type { StateStore } from '../model/stateStore';
import { loadFingerprintKey } from '../store/keys/loadFingerprintKey';
import { openStateStore } from '../store/openStateStore';
import { stateStoreSettings } from '../store/settings';

/** The open store, and the key of its fingerprints. */
export interface StateStoreHandle {
	readonly store: StateStore;
	readonly key: FingerprintKey;
}

/** One for each place that the environment names; n8n has one, tests have several. */
const handles = new Map<string, Promise<StateStoreHandle>>();

/**
 * The state store of this n8n, opened at first use and kept open. Where opening fails, the next one tries again.
 *
 * @throws StateStoreError
 */
export async function getStateStore(): Promise<StateStoreHandle> {
	const settings = stateStoreSettings(process.env, homedir(), (path) => readFileSync(path, 'utf8'));
	const place = JSON.stringify(settings);
	const opening = handles.get(place) ?? open(settings);
	handles.set(place, opening);
	try {
		return await opening;
	} catch (error) {
		handles.delete(place);
		throw error;
	}
}

async function open(settings: ReturnType<typeof stateStoreSettings>): Promise<StateStoreHandle> {
	const key = await loadFingerprintKey(settings);
	return { key, store: await openStateStore(settings, () => new Date()) };
}
