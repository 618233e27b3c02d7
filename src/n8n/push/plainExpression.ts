/** The path of an expression that only names a place in the current item, such as `{{ $json.contact['first name'] }}`. */
export type ItemPath = readonly string[];

/** What stands around the braces, a space too, makes the value a text in n8n; and braces or line breaks in a name are an error to it. */
const ONLY_JSON = /^=\{\{\s*\$json((?:\s*\.\s*[A-Za-z_$][\w$]*|\s*\[\s*(?:"[^"\\{}\r\n]*"|'[^'\\{}\r\n]*'|\d+)\s*\])+)\s*\}\}$/;
const STEP = /\.\s*([A-Za-z_$][\w$]*)|\[\s*(?:"([^"\\]*)"|'([^'\\]*)'|(\d+))\s*\]/g;

/** What a path leads to: a value, or `elsewhere` when only n8n's own evaluation can tell. */
export type PathValue = { readonly value: unknown } | 'elsewhere';

/**
 * The path that an expression names, or `undefined` when it does more than name one. Naming is what people do by dragging a field,
 * and resolving it here costs nothing, while n8n's evaluation of 10,000 items blocks the whole instance for half a minute.
 */
export function itemPathOf(expression: string): ItemPath | undefined {
	const match = ONLY_JSON.exec(expression);
	if (!match) return undefined;
	return [...match[1].matchAll(STEP)].map(([, dotted, double, single, index]) => dotted ?? double ?? single ?? index);
}

/** Follows a path through an item's own properties. Anything inherited (`length`, `toString`) is left to n8n. */
export function followPath(json: unknown, path: ItemPath): PathValue {
	let value = json;
	for (const step of path) {
		if (value === undefined || value === null) return { value: undefined };
		if (typeof value !== 'object') return 'elsewhere';
		if (!Object.hasOwn(value, step)) return step in value ? 'elsewhere' : { value: undefined };
		value = (value as Record<string, unknown>)[step];
	}
	return { value };
}
