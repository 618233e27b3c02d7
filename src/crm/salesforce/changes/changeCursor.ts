import { CrmError } from '../../../model/crmError';
import { cursorIn, cursorRefused } from '../../storedCursor';
import { momentIn, momentText } from './moments';

/** Where a reading ended; milliseconds since 1970, by the CRM's clock. */
export interface ChangeCursor {
	/** The bound of the reading. */
	readonly at: number;
	/** Until when the log of deletions has been read. */
	readonly gone: number;
}

/** Whose changes a cursor is about. */
export interface CursorPlace {
	/** Origin of the org. */
	readonly host: string;
	readonly entity: string;
}

const version = 1;

/** Longer than any cursor of ours. */
const longest = 2_000;

/** The cursor as opaque text. */
export function cursorText({ at, gone }: ChangeCursor, { host, entity }: CursorPlace): string {
	return JSON.stringify({ v: version, host, entity, at: momentText(at), gone: momentText(gone) });
}

/**
 * Reads a cursor, which may have been stored for long, or anywhere.
 *
 * @throws CrmError `validation` for one of another org or object, and for anything that is none.
 */
export function readCursor(text: string, { host, entity }: CursorPlace): ChangeCursor {
	const stored = cursorIn(text, longest);
	const [at, gone] = [momentIn(stored?.at), momentIn(stored?.gone)];
	if (stored?.v !== version || at === undefined || gone === undefined) throw cursorRefused('cannot be read by this version of the package');
	if (stored.host !== host) throw cursorRefused(`belongs to another org than ${host}`);
	if (String(stored.entity).toLowerCase() !== entity.toLowerCase()) throw cursorRefused(`belongs to another object than ${entity}`);
	return { at, gone };
}

/** The end of a reading as text, and back. */
export const boundText = momentText;

/** @throws CrmError `validation` for anything that `boundText` did not make. */
export function readBound(text: string): number {
	const at = momentIn(text);
	if (at !== undefined) return at;
	throw new CrmError('validation', { message: 'The end of a reading of changes is no point in time that Salesforce gave.', remedy: 'Run it again.', code: 'BOUND' });
}
