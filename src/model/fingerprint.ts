/** A key of our own for fingerprints. */
export interface FingerprintKey {
	/** Public name of the key; two keys never share one. */
	readonly id: string;
	/** 32 bytes. */
	readonly secret: Uint8Array;
}
