import type { Page } from '../model/stateStore';
import { refused } from './refused';

/** Where a page ended: the value that the list is ordered by, and the id that decides between equal ones. */
export interface Position {
	readonly key: string;
	readonly id: string;
}

function positionIn(text: string, list: string): Position | undefined {
	try {
		const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
		if (!Array.isArray(parsed) || parsed.length !== 3) return undefined;
		const [of, key, id] = parsed as unknown[];
		return of === list && typeof key === 'string' && typeof id === 'string' ? { key, id } : undefined;
	} catch {
		return undefined;
	}
}

/** Reads what `pageOf` gave out as `next` of the same list. */
export function positionAfter(text: string | undefined, list: string): Position | undefined {
	if (text === undefined) return undefined;
	const position = positionIn(text, list);
	if (!position)
		throw refused(
			`The list of ${list} cannot be continued from there: this is not what its last page gave as the next one.`,
			'Read the list from its beginning.',
		);
	return position;
}

/** A page of rows, of which one more was read than wanted. */
export function pageOf<R, T>(
	rows: readonly R[],
	limit: number,
	{ list, positionOf, read }: { list: string; positionOf: (row: R) => Position; read: (row: R) => T },
): Page<T> {
	const shown = rows.slice(0, limit);
	const items = shown.map(read);
	const last = shown.at(-1);
	if (rows.length <= limit || !last) return { items };
	const { key, id } = positionOf(last);
	return { items, next: Buffer.from(JSON.stringify([list, key, id]), 'utf8').toString('base64url') };
}
