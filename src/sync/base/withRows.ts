import { packBase, unpackBase } from './packedBase';

/** Some rows of a packed base, by tag. */
export function onlyRows(packed: Uint8Array, tags: ReadonlySet<number>): Uint8Array {
	const base = unpackBase(packed);
	return base ? packBase({ ...base, entries: base.entries.filter(({ tag }) => tags.has(tag)) }) : packed;
}

/**
 * A link's base with some of its rows replaced; both packed. `undefined` where they were made with different keys, in different forms, or
 * where one is damaged: then nothing can be said about the link.
 */
export function withRows(stored: Uint8Array, rows: Uint8Array): Uint8Array | undefined {
	if (stored.length === 0) return rows;
	const [base, newer] = [unpackBase(stored), unpackBase(rows)];
	if (!base || !newer || base.keyTag !== newer.keyTag || base.canonicalForm !== newer.canonicalForm) return undefined;
	const replaced = new Map(newer.entries.map((entry) => [entry.tag, entry]));
	const kept = base.entries.map((entry) => replaced.get(entry.tag) ?? entry);
	const known = new Set(kept.map(({ tag }) => tag));
	return packBase({ ...base, entries: [...kept, ...newer.entries.filter(({ tag }) => !known.has(tag))] });
}
