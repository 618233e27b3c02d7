const LONGEST_SHOWN = 60;
const LONGEST_READ = 1_000;

/** A value as it is shown inside a sentence: in quotation marks, on one line, shortened. Takes anything, however odd or large. */
export function quoted(value: unknown): string {
	const text = asText(value);
	const start = [...text.slice(0, LONGEST_READ).toWellFormed().replace(/\s+/g, ' ')];
	const whole = text.length <= LONGEST_READ && start.length <= LONGEST_SHOWN;
	return whole ? `"${start.join('')}"` : `"${start.slice(0, LONGEST_SHOWN).join('')}…"`;
}

function asText(value: unknown): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'bigint') return String(value);
	try {
		return JSON.stringify(value) ?? String(value);
	} catch {
		return 'an object';
	}
}
