import type { CompiledMapping } from '../mapping/compiledMapping';
import { CANONICAL_FORM } from './fingerprint';
import type { Keyring } from './keyring';
import { keyTagOf } from './openBase';
import { packBase } from './packedBase';

/** The base of a link of which nothing is known any more, row by row, rows that are off too: it never leads to a write by itself. */
export function lostBase({ rules, restingTags }: CompiledMapping, { current }: Keyring): Uint8Array {
	const tags = [...rules.map(({ tag }) => tag), ...restingTags];
	return packBase({ canonicalForm: CANONICAL_FORM, keyTag: keyTagOf(current), entries: tags.map((tag) => ({ tag, base: 'lost' })) });
}
