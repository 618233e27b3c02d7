import type { FingerprintKey } from '../../model/fingerprint';
import { IN_MEMORY, type StateStoreSettings } from '../settings';
import { secretInFolder } from './keyFile';
import { derived, newSecret, secretFromSetting } from './masterSecret';

const ID_BYTES = 8;
const KEY_BYTES = 32;

async function masterSecret(settings: StateStoreSettings): Promise<Uint8Array> {
	if (settings.kind === 'postgres' || settings.encryptionKey) return await secretFromSetting(settings.encryptionKey ?? '');
	return settings.folder === IN_MEMORY ? newSecret() : secretInFolder(settings.folder);
}

/**
 * The key of the store's fingerprints: from `CRM_SYNC_ENCRYPTION_KEY`, else from the key file beside the embedded store, which is made
 * if it is not there. A store in memory gets a new one each time. Whether it is the key that a store's fingerprints were made with is
 * for the store to say (`keys.recognize`). Throws `StateStoreError` only.
 */
export async function loadFingerprintKey(settings: StateStoreSettings): Promise<FingerprintKey> {
	const secret = await masterSecret(settings);
	return {
		id: Buffer.from(derived(secret, 'fingerprint key id', ID_BYTES)).toString('hex'),
		secret: derived(secret, 'fingerprint key', KEY_BYTES),
	};
}
