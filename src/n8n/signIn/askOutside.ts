import type { IHttpRequestHelper } from 'n8n-workflow';

import type { Ask } from '../../model/ask';
import { flatHeaders, unanswered, type Asked } from '../credentialFailure';

/** A sign-in is answered within seconds; longer than this nobody should hold the right to try a password. */
export const signInWithinMs = 30_000;

interface FullAnswer {
	readonly statusCode: number;
	readonly headers?: Readonly<Record<string, unknown>>;
	readonly body?: unknown;
}

/** Requests as n8n lets a credential make them, through its proxies. */
export function askOutside({ helpers }: IHttpRequestHelper, asked: Omit<Asked, 'url'>): Ask {
	return async ({ method, url, headers, body }) => {
		try {
			const answer = (await helpers.httpRequest({
				method,
				url,
				headers: { ...headers },
				...(body === undefined ? {} : { body }),
				json: false,
				encoding: 'text',
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				// Followed, a redirect would carry the secrets to whatever host it names.
				disableFollowRedirect: true,
				timeout: signInWithinMs,
			})) as FullAnswer;
			return { status: answer.statusCode, headers: flatHeaders(answer.headers ?? {}), text: typeof answer.body === 'string' ? answer.body : '' };
		} catch (error) {
			throw unanswered(error, { ...asked, url });
		}
	};
}
