import { hash } from 'node:crypto';
import type { FingerprintKey } from '../../model/fingerprint';
import type { KnownBase } from './fieldBase';
import { CANONICAL_FORM } from './fingerprint';
import type { Keyring } from './keyring';
import { unpackBase, type BaseEntry } from './packedBase';

/** A link's base as it was stored, ready to be compared with. */
export interface OpenBase {
	/** The key that its fingerprints were made with, or that new ones are to be made with. */
	readonly key: FingerprintKey;
	readonly entries: readonly BaseEntry[];
	/** What is known about a row that has no entry. */
	readonly otherwise: 'none' | 'lost';
}

/**
 * Opens what is stored with a link. What was made with a key that is not at hand, or in another canonical form, is `lost` row by row;
 * of damaged bytes every row is.
 */
export function openBase(stored: Uint8Array | undefined, { current, former }: Keyring): OpenBase {
	if (stored === undefined) return { key: current, entries: [], otherwise: 'none' };
	const link = unpackBase(stored);
	if (!link) return { key: current, entries: [], otherwise: 'lost' };
	const key = link.canonicalForm === CANONICAL_FORM ? [current, ...former].find((candidate) => keyTagOf(candidate) === link.keyTag) : undefined;
	if (key) return { key, entries: link.entries, otherwise: 'none' };
	return { key: current, entries: link.entries.map(({ tag }) => ({ tag, base: 'lost' })), otherwise: 'none' };
}

/** The base of the row with this tag. `expected` is where it stands if the mapping has not changed. */
export function baseOf({ entries, otherwise }: OpenBase, tag: number, expected: number): KnownBase {
	const entry = entries[expected]?.tag === tag ? entries[expected] : entries.find((candidate) => candidate.tag === tag);
	return entry?.base ?? otherwise;
}

const tags = new WeakMap<FingerprintKey, number>();

/** Tells keys apart in packed bases, without giving their names away. */
export function keyTagOf(key: FingerprintKey): number {
	const known = tags.get(key);
	if (known !== undefined) return known;
	const tag = parseInt(hash('sha256', key.id).slice(0, 8), 16);
	tags.set(key, tag);
	return tag;
}
