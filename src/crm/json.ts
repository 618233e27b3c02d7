/** An object of an answer whose members nobody has checked yet. */
export type Json = Readonly<Record<string, unknown>>;

/** Whether a value is an object with members. */
export function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object; anything else becomes an empty one. */
export function objectOf(value: unknown): Json {
	return isObject(value) ? value : {};
}

/** The value as a list; anything else becomes an empty one. */
export function listOf(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

/** The value when it is text that is not empty. */
export function textOf(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The value when it is a whole number above zero. */
export function countOf(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined;
}

/** The texts in a list, in its order. */
export function textsOf(value: unknown): readonly string[] {
	return listOf(value).filter((item): item is string => typeof item === 'string');
}
