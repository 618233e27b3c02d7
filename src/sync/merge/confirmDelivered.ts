import { CANONICAL_FORM, linkPrinter } from '../base/fingerprint';
import type { Keyring } from '../base/keyring';
import { keyTagOf, openBase } from '../base/openBase';
import { packBase, type BaseEntry } from '../base/packedBase';
import type { CompiledMapping } from '../mapping/compiledMapping';
import { textOf } from './lookAtField';

/** A report that the app has taken what was sent to it. */
export interface Confirmation {
	readonly mapping: CompiledMapping;
	readonly keyring: Keyring;
	readonly linkId: string;
	/** As stored with the link. */
	readonly base: Uint8Array;
	/** What the app made of it, by the app's field names: it becomes the app's base even where it differs. */
	readonly readBack?: Readonly<Record<string, unknown>>;
	/** Tags of the rows that were surely contained; of others only the read-back tells. All that are under way where it is left out. */
	readonly rows?: readonly number[];
}

/** The base to store after it; the same bytes where nothing was under way. Repeating it changes nothing. */
export function confirmDelivered(confirmation: Confirmation): Uint8Array {
	const { keyring, linkId, base } = confirmation;
	const { key, entries } = openBase(base, keyring);
	if (!entries.some((entry) => entry.base !== 'lost' && entry.base.pending)) return base;
	const print = linkPrinter(key, linkId);
	const confirmed = entries.map((entry) => confirm(entry, confirmation, print));
	return packBase({ canonicalForm: CANONICAL_FORM, keyTag: keyTagOf(key), entries: confirmed });
}

/** Tags of the rows that are still under way to the app, also of those that are off. */
export function rowsUnderWay({ keyring, base }: Pick<Confirmation, 'keyring' | 'base'>): readonly number[] {
	return openBase(base, keyring).entries.flatMap((entry) => (entry.base !== 'lost' && entry.base.pending ? [entry.tag] : []));
}

function confirm(entry: BaseEntry, { mapping, readBack, rows }: Confirmation, print: ReturnType<typeof linkPrinter>): BaseEntry {
	const { tag, base } = entry;
	if (base === 'lost' || !base.pending) return entry;
	const compiled = mapping.rules.find((candidate) => candidate.tag === tag);
	const sent = base.pending.print;
	const shown = compiled && readBack && Object.hasOwn(readBack, compiled.rule.appField) ? compiled.readApp(readBack[compiled.rule.appField]) : undefined;
	if (shown && shown.kind !== 'absent') return { tag, base: { app: print(tag, textOf(shown)), crm: sent } };
	return !rows || rows.includes(tag) ? { tag, base: { app: sent, crm: sent } } : entry;
}
