import type { FingerprintKey } from '../../model/fingerprint';

/** The keys of fingerprints: what is stored is read with the key it was made with, and written with the current one. */
export interface Keyring {
	readonly current: FingerprintKey;
	/** Keys that are no longer written with, as long as they are at hand. */
	readonly former: readonly FingerprintKey[];
}
