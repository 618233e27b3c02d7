import { textOf, type Json } from '../../json';
import { cursorIn, cursorRefused } from '../../storedCursor';

/** Why Dataverse does not track changes of a table for us: it is switched off, or the user may not read all records. */
export type Untracked = 'off' | 'rights';

/** Where a reading ended. */
export type ChangeCursor = DeltaCursor | ModifiedCursor;

/** The next reading follows a link of Dataverse. */
export interface DeltaCursor {
	readonly how: 'delta';
	/** What stands behind the question mark, as Dataverse gave it: a cursor leads to no other resource. */
	readonly link: string;
}

/** The next reading looks at what was modified since. */
export interface ModifiedCursor {
	readonly how: 'modified';
	/** By the CRM's clock; milliseconds since 1970. */
	readonly at: number;
	/** When it was last tried whether Dataverse tracks the changes. */
	readonly triedAt: number;
	readonly why: Untracked;
}

/** Whose changes a cursor is about. */
export interface CursorPlace {
	/** Origin of the environment. */
	readonly host: string;
	readonly table: string;
}

const version = 1;

/** Longer than any cursor of ours. Dataverse takes addresses of 32 kB. */
const longest = 40_000;

/** The cursor as opaque text. */
export function cursorText(cursor: ChangeCursor, { host, table }: CursorPlace): string {
	return JSON.stringify({ v: version, host, table, ...cursor });
}

/**
 * Reads a cursor, which may have been stored for long, or anywhere.
 *
 * @throws CrmError `validation` for one of another environment or table, and for anything that is none.
 */
export function readCursor(text: string, place: CursorPlace): ChangeCursor {
	const stored = cursorIn(text, longest);
	const cursor = stored?.v === version ? placeIn(stored) : undefined;
	if (!stored || !cursor) throw cursorRefused('cannot be read by this version of the package');
	if (stored.host !== place.host) throw cursorRefused(`belongs to another environment than ${place.host}`);
	if (stored.table !== place.table) throw cursorRefused(`belongs to another table than ${place.table}`);
	return cursor;
}

function placeIn({ how, link, at, triedAt, why }: Json): ChangeCursor | undefined {
	if (how === 'delta') return isDeltaLink(link) ? { how, link } : undefined;
	if (how !== 'modified' || !isMoment(at) || !isMoment(triedAt) || (why !== 'off' && why !== 'rights')) return undefined;
	return { how, at, triedAt, why };
}

/** Whether the query of an address can be that of a link to what changed. */
export function isDeltaLink(query: unknown): query is string {
	return /^[\x21\x22\x24-\x7e]+$/.test(textOf(query) ?? '') && /(?:^|&)(?:\$|%24)deltatoken=./i.test(String(query));
}

function isMoment(value: unknown): value is number {
	return typeof value === 'number' && !Number.isNaN(new Date(value).getTime());
}
