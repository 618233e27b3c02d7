const LONGEST_SHOWN = 60;

/** A value as it is shown inside a sentence: in quotation marks, on one line, shortened. */
export function quoted(value: unknown): string {
	const text = (typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))).replace(/\s+/g, ' ');
	const shown = [...text.slice(0, LONGEST_SHOWN * 2)];
	return shown.length > LONGEST_SHOWN ? `"${shown.slice(0, LONGEST_SHOWN).join('')}…"` : `"${text}"`;
}
