import { createHmac } from 'node:crypto';

import type { FingerprintKey } from '../model/fingerprint';

/**
 * Tells one content from another, and nothing else: `<key id>:<hash>`. Without our key nobody can guess what was in it, and fingerprints
 * of different keys compare with nothing.
 */
export function keyedFingerprint({ id, secret }: FingerprintKey, content: readonly string[]): string {
	return `${id}:${createHmac('sha256', secret).update(JSON.stringify(content)).digest('base64url')}`;
}
