import { CrmError } from '../model/crmError';
import { isObject, type Json } from './json';

/** What stands in the text of a cursor, which may have been stored for long, or anywhere; nothing of a text that is longer than any of ours, or is no object in JSON. */
export function cursorIn(text: string, longest: number): Json | undefined {
	if (text.length > longest) return undefined;
	try {
		const value: unknown = JSON.parse(text);
		return isObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

/** A cursor from which no reading can begin. `why` goes on from "The place where the last reading of changes ended". */
export function cursorRefused(why: string): CrmError {
	return new CrmError('validation', {
		message: `The place where the last reading of changes ended ${why}, so nobody can tell what changed since.`,
		remedy: 'Run the sync once with a full compare: it reads everything and begins anew from there.',
		code: 'CURSOR',
	});
}
