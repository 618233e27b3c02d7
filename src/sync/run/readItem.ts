import { plainValue } from '../values/plainValue';
import { quoted } from '../values/quoted';
import type { AppItem, RawItem } from './syncTypes';

/** An item that the engine can work with, or why it cannot. */
export type ReadItem = { readonly ok: true; readonly item: AppItem } | { readonly ok: false; readonly index: number; readonly words: string };

/** Longer ids fit into no index of the state store. */
const LONGEST_ID = 255;

/** Reads one item of the input, which may hold anything: of its values only these fields, and these as plain data. Never throws. */
export function readItem({ index, id: rawId, values: rawValues, deleted }: RawItem, fields: readonly string[]): ReadItem {
	const refused = (words: string): ReadItem => ({ ok: false, index, words });
	const id = rawId === undefined ? undefined : idOf(rawId);
	if (id !== undefined && !id.ok) return refused(id.words);
	const name = id === undefined ? 'An item without an id' : `The item with the id ${quoted(id.text)}`;
	if (deleted !== undefined && deleted !== null && typeof deleted !== 'boolean') {
		return refused(`${name} does not say by yes or no whether it was deleted. Give true or false.`);
	}
	if (deleted === true && id === undefined) return refused('An item without an id says that it was deleted, but not which record is meant. Give the id of the record.');
	if (deleted === true) return { ok: true, item: { index, id: id?.text, values: NOTHING, deleted } };
	if (typeof rawValues !== 'object' || rawValues === null || Array.isArray(rawValues)) {
		return refused(`${name} holds no fields. Give an object with a value for each field of the app.`);
	}
	const values = Object.create(null) as Record<string, unknown>;
	for (const field of fields) {
		try {
			if (Object.hasOwn(rawValues, field)) values[field] = plainValue((rawValues as Record<string, unknown>)[field]);
		} catch {
			return refused(`${name} has a field ${quoted(field)} that cannot be read. Look at the step before this one, and give a text, a number, a checkbox or a date.`);
		}
	}
	return { ok: true, item: { index, ...(id === undefined ? {} : { id: id.text }), values } };
}

const NOTHING: AppItem['values'] = Object.freeze(Object.create(null) as Record<string, unknown>);

type ReadId = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly words: string };

/** An id as text: `17`, `17n` and `'17'` are the same record. */
function idOf(raw: unknown): ReadId {
	if (typeof raw === 'bigint') return idOf(String(raw));
	if (typeof raw === 'number') return idOfNumber(raw);
	if (raw !== null && typeof raw !== 'string') return { ok: false, words: `An item has an id that is neither a text nor a number. ${REMEDY}` };
	if (raw === null || raw === '') return { ok: false, words: `An item has an empty id. ${REMEDY}` };
	if (raw.length > LONGEST_ID) return { ok: false, words: `The id ${quoted(raw)} of an item has ${raw.length.toLocaleString('en-US')} characters, but ${LONGEST_ID} is the most. Use a shorter id of the record.` };
	if (raw.includes('\0') || !raw.isWellFormed()) return { ok: false, words: `The id ${quoted(raw)} of an item contains broken characters, so that it could not be found again. Correct it, or use another id of the record.` };
	return { ok: true, text: raw };
}

/** A whole number of more digits than a number keeps may stand for several records. */
function idOfNumber(raw: number): ReadId {
	if (!Number.isFinite(raw)) return { ok: false, words: `An item has the id ${raw}, which is not a number. ${REMEDY}` };
	if (Number.isInteger(raw) && !Number.isSafeInteger(raw)) return { ok: false, words: `The id ${raw} of an item has more digits than a number keeps exactly. Give it as text.` };
	return { ok: true, text: String(raw) };
}

const REMEDY = 'Give the id of the record in the app as text, or leave it out for a form submission.';
