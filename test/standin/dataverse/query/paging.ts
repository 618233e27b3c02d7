import { badQuery } from '../http/DataverseError';

/** Where a page of rows begins: after the row that had these values in the ordered columns. */
export interface Cursor {
	readonly page: number;
	/** Set when change tracking goes on over several pages: the row version of the beginning. */
	readonly tracking: boolean;
	readonly after: readonly unknown[];
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);
const unescaped = (text: string): string => text.replace(/&#(\d+);/g, (_whole, code: string) => String.fromCharCode(Number(code)));
const lower = (text: string): string => encodeURIComponent(text).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());

/** The value of `$skiptoken`, as it stands in a next link: a cookie inside a cookie. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/query/page-results */
export function toSkipToken({ page, tracking, after }: Cursor): string {
	const inner = `<cookie page="${page - 1}"><row last="${escaped(JSON.stringify(after))}" /></cookie>`;
	const outer = `<cookie pagenumber="${page}" pagingcookie="${lower(inner)}" istracking="${tracking ? 'True' : 'False'}" />`;
	return encodeURIComponent(outer).replaceAll('%3D', '=').replaceAll('%2F', '/');
}

/** Reads a `$skiptoken` whose outer layer of encoding is off. */
export function fromSkipToken(text: string): Cursor {
	try {
		const attribute = (name: string, of: string) => new RegExp(`${name}="([^"]*)"`).exec(of)?.[1] ?? '';
		const inner = decodeURIComponent(attribute('pagingcookie', text));
		return {
			page: Number(attribute('pagenumber', text)),
			tracking: attribute('istracking', text) === 'True',
			after: JSON.parse(unescaped(attribute('last', inner))) as unknown[],
		};
	} catch {
		throw badQuery('Malformed XML in the paging cookie.');
	}
}
