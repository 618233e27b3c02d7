import { CANONICAL_FORM, linkPrinter, type Printer } from '../base/fingerprint';
import { keyTagOf, type OpenBase } from '../base/openBase';
import { packBase, type BaseEntry } from '../base/packedBase';
import type { KnownBase } from '../base/fieldBase';
import { isKnown, printOf } from './fieldFacts';
import { textOf, type FieldLook, type OpenRecord } from './lookAtField';

/** Packs what is known about each row after a merge. Rows that are off keep what they have; rows that no longer exist lose it. */
export function packBases({ input, base }: OpenRecord, looks: readonly FieldLook[], known: (at: number) => KnownBase): Uint8Array {
	const entries = [...entriesOf(looks, known), ...restingEntries(base, input.mapping.restingTags)];
	return packBase({ canonicalForm: CANONICAL_FORM, keyTag: keyTagOf(base.key), entries });
}

/** Packs some rows of a link, to be put in the place of what is stored of them. */
export function packRows({ base }: OpenRecord, looks: readonly FieldLook[], known: (at: number) => KnownBase): Uint8Array {
	return packBase({ canonicalForm: CANONICAL_FORM, keyTag: keyTagOf(base.key), entries: entriesOf(looks, known) });
}

function entriesOf(looks: readonly FieldLook[], known: (at: number) => KnownBase): readonly BaseEntry[] {
	return looks.flatMap(({ compiled: { tag } }, at) => {
		const base = known(at);
		return base === 'none' ? [] : [{ tag, base }];
	});
}

/** A row that is off while the base is lost must not come back as a first match. */
function restingEntries({ entries, otherwise }: OpenBase, resting: ReadonlySet<number>): readonly BaseEntry[] {
	if (otherwise === 'lost') return [...resting].map((tag) => ({ tag, base: 'lost' }));
	return entries.filter(({ tag }) => resting.has(tag));
}

/**
 * The same bases with the current key, where they were made with a former one and every one of them is what both sides show now;
 * `undefined` otherwise. So bases move to a new key one by one, as their records come along.
 */
export function withCurrentKey({ input, base }: OpenRecord, looks: readonly FieldLook[], known: (at: number) => KnownBase): Uint8Array | undefined {
	const { keyring, linkId, mapping } = input;
	if (base.key === keyring.current || restingEntries(base, mapping.restingTags).length > 0) return undefined;
	if (!looks.every((look, at) => isShown(look, known(at)))) return undefined;
	const print = linkPrinter(keyring.current, linkId);
	const entries = looks.flatMap((look, at): BaseEntry[] => (known(at) === 'none' ? [] : [reprinted(look, print)]));
	return packBase({ canonicalForm: CANONICAL_FORM, keyTag: keyTagOf(keyring.current), entries });
}

function isShown({ state }: FieldLook, base: KnownBase): boolean {
	if (!isKnown(base)) return base === 'none';
	return !base.pending && base.app === printOf(state.app) && base.crm === printOf(state.crm);
}

function reprinted({ compiled: { tag }, app, crm }: FieldLook, print: Printer): BaseEntry {
	return { tag, base: { app: print(tag, textOf(app)), crm: print(tag, textOf(crm)) } };
}
