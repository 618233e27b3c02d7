import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';
import type { FingerprintKey } from '../../model/fingerprint';
import type { Fingerprint } from './fieldBase';

/** The form in which values are compared; it grows whenever the same value would give another text. */
export const CANONICAL_FORM = 1;

/** Makes fingerprints of one link. `tag` is the row's, `text` the comparable text of the value, empty for a blank. */
export type Printer = (tag: number, text: string) => Fingerprint;

const keys = new WeakMap<FingerprintKey, KeyObject>();

/**
 * Fingerprints of one link: HMAC-SHA-256 makes a key of 132 bits for the link from key, canonical form and link; SHA-256 of that key, the
 * row's tag and the text is cut to 48 bits. An HMAC for each value would cost twenty times as much. Putting the key first is safe here:
 * it has a fixed length, and the cut leaves nothing that a longer message could be computed from.
 *
 * Nobody looks fingerprints up, each is compared with one other, so that two values pass for one in 1 of 2^48 changes: at a million
 * changes a day, once in 770,000 years. The key keeps anybody from choosing such a value, or from guessing values from what is stored.
 * Both sides share a print where they show the same, because the side is not in it.
 */
export function linkPrinter(key: FingerprintKey, linkId: string): Printer {
	const linkKey = createHmac('sha256', keyObject(key)).update(`${CANONICAL_FORM}\n${key.id}\n${linkId}`).digest('base64').slice(0, 22);
	return (tag, text) => parseInt(hash('sha256', linkKey + tag.toString(16).padStart(7, '0') + text).slice(0, 12), 16);
}

function keyObject(key: FingerprintKey): KeyObject {
	const known = keys.get(key);
	if (known) return known;
	const made = createSecretKey(key.secret);
	keys.set(key, made);
	return made;
}
