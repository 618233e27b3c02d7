import { UnreadableValue } from './unreadableValue';

/** A value with more parts, or deeper ones, fits no field anyway. */
const MOST_PARTS = 10_000;
const DEEPEST = 20;

/** Names by which an object would run code of its own when it becomes text. */
const ACTING: ReadonlySet<string> = new Set(['toString', 'valueOf', 'toJSON', 'toISO', 'toISOString']);

/**
 * A value from outside as plain data that nothing can go wrong with: texts, numbers and checkboxes as they are, a large whole number as its
 * digits, dates, and lists and objects of these. What is neither becomes an empty object, which fits no field.
 *
 * @throws whatever the value throws when it is read.
 */
export function plainValue(raw: unknown): unknown {
	let left = MOST_PARTS;
	const known = new WeakSet<object>();
	const plain = (value: unknown, depth: number): unknown => {
		if (typeof value === 'bigint') return String(value);
		if (typeof value === 'function' || typeof value === 'symbol') return {};
		if (typeof value !== 'object' || value === null || value instanceof UnreadableValue) return value;
		if (value instanceof Date) return new Date(Date.prototype.getTime.call(value));
		if (ArrayBuffer.isView(value)) return {};
		const moment = isoText(value);
		if (moment !== undefined) return moment;
		const size = Array.isArray(value) ? value.length : Object.keys(value).length;
		left -= size;
		if (left < 0 || depth > DEEPEST || known.has(value)) return {};
		known.add(value);
		if (Array.isArray(value)) return Array.from({ length: size }, (_, at) => plain(value[at], depth + 1));
		return Object.fromEntries(Object.entries(value).flatMap(([name, part]) => (ACTING.has(name) ? [] : [[name, plain(part, depth + 1)]])));
	};
	return plain(raw, 0);
}

/** A date of Luxon, as n8n's expressions give it. */
function isoText(value: object): string | undefined {
	const iso: unknown = 'toISO' in value && typeof value.toISO === 'function' ? value.toISO() : undefined;
	return typeof iso === 'string' ? iso : undefined;
}
