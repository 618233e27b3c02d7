/** Stands for the person on the CRM's authorization page: takes its address, returns the callback address it redirects to. */
export type Approve = (authUrl: string) => Promise<string>;

const MOST_REDIRECTS = 8;

/** An Approve for authorization pages that redirect without a click. */
export function followRedirects(callbackBase: string): Approve {
	return async (authUrl) => {
		let url = authUrl;
		for (let hop = 0; hop < MOST_REDIRECTS; hop++) {
			const response = await fetch(url, { redirect: 'manual' });
			const location = response.headers.get('location');
			if (!location)
				throw new Error(`the authorization page gave ${response.status} and no redirect: ${(await response.text()).slice(0, 300)}`);
			url = new URL(location, url).toString();
			if (url.startsWith(callbackBase)) return url;
		}
		throw new Error(`still redirected after ${MOST_REDIRECTS} hops: ${url}`);
	};
}
