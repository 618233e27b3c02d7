import type { FieldBase, Fingerprint } from './fieldBase';

/** How the bytes are laid out; another number means that they cannot be read. */
const LAYOUT = 1;
const HEADER = 6;
const CRM_UNKNOWN = 1;
const CRM_AS_APP = 2;
const PENDING = 4;
const LOST = 8;
/** Tries and the number of earlier values share a byte. */
const TRIES_MASK = 63;
/** Values sent before the last one that are remembered. */
export const MOST_EARLIER = 3;

/** One row of a link's base: `lost` where there was a base that can no longer be read. */
export interface BaseEntry {
	/** 28 bits. */
	readonly tag: number;
	readonly base: FieldBase | 'lost';
}

/** All bases of a link, and what they were made with. */
export interface LinkBase {
	readonly canonicalForm: number;
	/** 32 bits that tell keys apart. */
	readonly keyTag: number;
	readonly entries: readonly BaseEntry[];
}

/**
 * Packs a link's bases: 6 bytes, and for each row 10 where both sides show the same, 16 where they differ, 7 to 25 more for what was sent to
 * the app; 4 for a lost one. 30 rows take 306 to 486 bytes.
 */
export function packBase({ canonicalForm, keyTag, entries }: LinkBase): Uint8Array {
	const bytes = new Uint8Array(HEADER + entries.reduce((sum, entry) => sum + sizeOf(entry), 0));
	const view = new DataView(bytes.buffer);
	view.setUint8(0, LAYOUT);
	view.setUint8(1, canonicalForm);
	view.setUint32(2, keyTag);
	let at = HEADER;
	for (const entry of entries) at = writeEntry(view, at, entry);
	return bytes;
}

/** Reads what `packBase` made; `undefined` for anything else: another layout, or damaged bytes. */
export function unpackBase(bytes: Uint8Array): LinkBase | undefined {
	if (bytes.length < HEADER || bytes[0] !== LAYOUT) return undefined;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const entries: BaseEntry[] = [];
	let at = HEADER;
	while (at < bytes.length) {
		const size = sizeAt(view, at);
		if (at + size > bytes.length) return undefined;
		entries.push(readEntry(view, at));
		at += size;
	}
	return { canonicalForm: bytes[1], keyTag: view.getUint32(2), entries };
}

function flagsOf({ base }: BaseEntry): number {
	if (base === 'lost') return LOST;
	const crm = base.crm === undefined ? CRM_UNKNOWN : base.crm === base.app ? CRM_AS_APP : 0;
	return base.pending ? crm | PENDING : crm;
}

function sizeOf(entry: BaseEntry): number {
	const earlier = entry.base === 'lost' ? 0 : (entry.base.pending?.earlier.slice(0, MOST_EARLIER).length ?? 0);
	return sizeByFlags(flagsOf(entry)) + 6 * earlier;
}

/** Without what was sent earlier. */
function sizeByFlags(flags: number): number {
	if (flags & LOST) return 4;
	return 10 + (flags & (CRM_UNKNOWN | CRM_AS_APP) ? 0 : 6) + (flags & PENDING ? 7 : 0);
}

/** Infinite where the bytes end before it is told. */
function sizeAt(view: DataView, at: number): number {
	if (at + 4 > view.byteLength) return Infinity;
	const flags = view.getUint32(at) & 15;
	const size = sizeByFlags(flags);
	if (at + size > view.byteLength) return Infinity;
	return flags & LOST || !(flags & PENDING) ? size : size + 6 * (view.getUint8(at + size - 1) >> 6);
}

function writeEntry(view: DataView, start: number, entry: BaseEntry): number {
	const flags = flagsOf(entry);
	view.setUint32(start, entry.tag * 16 + flags);
	if (entry.base === 'lost') return start + 4;
	const { app, crm, pending } = entry.base;
	let at = writePrint(view, start + 4, app);
	if (crm !== undefined && crm !== app) at = writePrint(view, at, crm);
	if (!pending) return at;
	const earlier = pending.earlier.slice(0, MOST_EARLIER);
	view.setUint8(writePrint(view, at, pending.print), Math.min(pending.tries, TRIES_MASK) + earlier.length * 64);
	return earlier.reduce((next, print) => writePrint(view, next, print), at + 7);
}

function readEntry(view: DataView, start: number): BaseEntry {
	const head = view.getUint32(start);
	const tag = head >>> 4;
	if (head & LOST) return { tag, base: 'lost' };
	const app = readPrint(view, start + 4);
	const apart = (head & (CRM_UNKNOWN | CRM_AS_APP)) === 0;
	const crm = head & CRM_UNKNOWN ? undefined : apart ? readPrint(view, start + 10) : app;
	if (!(head & PENDING)) return { tag, base: { app, crm } };
	const at = start + (apart ? 16 : 10);
	const counts = view.getUint8(at + 6);
	const earlier = Array.from({ length: counts >> 6 }, (_, place) => readPrint(view, at + 7 + 6 * place));
	return { tag, base: { app, crm, pending: { print: readPrint(view, at), tries: counts & TRIES_MASK, earlier } } };
}

function writePrint(view: DataView, at: number, print: Fingerprint): number {
	view.setUint16(at, Math.floor(print / 2 ** 32));
	view.setUint32(at + 2, print % 2 ** 32);
	return at + 6;
}

function readPrint(view: DataView, at: number): Fingerprint {
	return view.getUint16(at) * 2 ** 32 + view.getUint32(at + 2);
}
