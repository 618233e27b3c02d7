import type { Mapping } from '../mapping/mapping';
import { readItem } from './readItem';
import type { AppInput, AppItem, InputMode, SyncResult } from './syncTypes';

/** A page of the input, after it was read. */
export interface InputPage {
	readonly items: readonly AppItem[];
	/** One result for each item that cannot be worked with. */
	readonly refused: readonly SyncResult[];
}

/** The input as the engine works with it: every item is checked, and holds the fields of the mapping alone. */
export interface ReadInput {
	readonly mode: InputMode;
	/** Of the app, by name. */
	readonly fields: readonly string[];
	/** In their order; the same each time. */
	pages(): AsyncIterable<InputPage>;
}

/** Puts the reader of items before the input. The fields of rows that a push leaves out count as not shown. */
export function readInput({ mode, pages }: AppInput, { rules, matchKey, appModifiedField }: Mapping): ReadInput {
	const named = [...rules.filter(({ enabled }) => enabled).map(({ appField }) => appField), matchKey.appField, ...(appModifiedField === undefined ? [] : [appModifiedField])];
	const fields = [...new Set(named)];
	return {
		mode,
		fields,
		pages: async function* () {
			for await (const raw of pages()) {
				const read = raw.map((item) => readItem(item, fields));
				yield { items: read.flatMap((one) => (one.ok ? [one.item] : [])), refused: read.flatMap((one) => (one.ok ? [] : [refusal(one)])) };
			}
		},
	};
}

function refusal({ index, words }: { readonly index: number; readonly words: string }): SyncResult {
	return { items: [index], appId: null, crmId: null, steps: [{ do: 'refused', words, code: 'ITEM' }], notes: [] };
}
