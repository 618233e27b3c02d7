import type { Mapping } from '../mapping/mapping';
import type { AppInput, AppItem } from './syncTypes';

/** Whether every row of a push stands in the stored mapping, and both match alike: then it may use a part of it. */
export function isPartOf(mapping: Mapping, stored: string): boolean {
	const whole = JSON.parse(stored) as Mapping;
	const rows = new Set(whole.rules.map((rule) => JSON.stringify(rule)));
	return JSON.stringify(whole.matchKey) === JSON.stringify(mapping.matchKey) && mapping.rules.every((rule) => rows.has(JSON.stringify(rule)));
}

/** The input without the fields of rows that a push left out: they count as not shown. */
export function onlyFields({ mode, pages }: AppInput, { rules, matchKey, appModifiedField }: Mapping): AppInput {
	const fields = new Set([...rules.map(({ appField }) => appField), matchKey.appField, ...(appModifiedField === undefined ? [] : [appModifiedField])]);
	const part = (item: AppItem): AppItem => ({ ...item, values: Object.fromEntries(Object.entries(item.values).filter(([field]) => fields.has(field))) });
	return {
		mode,
		pages: async function* () {
			for await (const items of pages()) yield items.map(part);
		},
	};
}
