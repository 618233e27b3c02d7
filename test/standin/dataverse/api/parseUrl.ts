import { badQuery } from '../http/DataverseError';

/** One part of a path: a name, and what stands in its parentheses. */
export interface Segment {
	readonly name: string;
	readonly key: string | undefined;
}

/** An address below `/api/data/v9.2/`, taken apart. */
export interface ParsedUrl {
	readonly segments: readonly Segment[];
	/** `$select` and the like, by name. */
	readonly options: Readonly<Record<string, string>>;
	/** `@p` and its value. */
	readonly aliases: Readonly<Record<string, string>>;
	/** The path as it was sent, and the options as they were sent. */
	readonly path: string;
	readonly search: string;
}

// https://learn.microsoft.com/en-us/power-apps/developer/data-platform/define-alternate-keys-entity
const forbiddenInKeys = /[/<>*%&:\\?+#]/;

/** Takes an address apart. */
export function parseUrl(url: string): ParsedUrl {
	const [path, search = ''] = url.split(/\?(.*)/s);
	const given = search === '' ? [] : search.split('&').map((part) => part.split(/=(.*)/s, 2).map(decoded) as [string, string | undefined]);
	const entries = given.map(([name, value = '']): [string, string] => [name, value]);
	return {
		segments: split(path).map(segment),
		path,
		search,
		options: Object.fromEntries(entries.filter(([name]) => !name.startsWith('@'))),
		aliases: Object.fromEntries(entries.filter(([name]) => name.startsWith('@'))),
	};
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text.replaceAll('+', ' '));
	} catch {
		throw badQuery(`The address could not be read at '${text}'.`);
	}
}

function split(path: string): string[] {
	const parts = path.replace(/^\/|\/$/g, '').match(/(?:[^/(]|\((?:'(?:[^']|'')*'|[^')])*\))+/g);
	return parts ?? [];
}

function segment(text: string): Segment {
	const match = /^([^(]*)\((.*)\)$/s.exec(text);
	const clean = (part: string) => {
		try {
			return decodeURIComponent(part);
		} catch {
			return part;
		}
	};
	return match ? { name: clean(match[1]), key: clean(match[2]) } : { name: clean(text), key: undefined };
}

/** Refuses characters that the web server in front does not let through inside the key of a path. */
export function checkKeyText(key: string): void {
	const bad = /'((?:[^']|'')*)'/g;
	for (const [, value] of key.matchAll(bad)) {
		const found = forbiddenInKeys.exec(value);
		if (found) throw badQuery(`A potentially dangerous Request.Path value was detected from the client (${found[0]}).`);
	}
}
