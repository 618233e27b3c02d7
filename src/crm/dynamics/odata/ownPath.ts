import { textOf } from '../../json';
import { apiRoot } from '../rest/DynamicsRest';

/**
 * A link of an answer as a path below the root of the Web API, or `undefined` for one that is none. It is asked for below our own host,
 * wherever it points, so that an answer cannot lead the sign-in elsewhere.
 */
export function ownPath(link: unknown): string | undefined {
	const path = textOf(link)?.replace(/^https?:\/\/[^/?#]+/i, '') ?? '';
	return path.startsWith(apiRoot) && !/[\s]|\/\.\.?(?:\/|$)/.test(path) ? path.slice(apiRoot.length) : undefined;
}
