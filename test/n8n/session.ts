import { randomBytes } from 'node:crypto';

/** The person who owns a private n8n. */
export interface Owner {
	readonly email: string;
	readonly firstName: string;
	readonly lastName: string;
	readonly password: string;
}

/** The owner that is made unless another one is given. */
export const DEFAULT_OWNER: Owner = { email: 'owner@example.com', firstName: 'Olivia', lastName: 'Owner', password: 'Owner-of-n8n-1' };

/** An answer of n8n's REST API that is not a success. */
export class RestError extends Error {
	constructor(
		message: string,
		readonly status: number,
		readonly body: unknown,
	) {
		super(message);
		this.name = 'RestError';
	}
}

/** What to send beside method and path. */
export interface RestRequest {
	readonly body?: unknown;
	readonly headers?: Readonly<Record<string, string>>;
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

/** n8n wraps most answers in { data }. */
function unwrap(body: unknown): unknown {
	if (typeof body !== 'object' || body === null || !('data' in body) || Object.keys(body).length > 2) return body;
	return body.data;
}

function messageOf(body: unknown): string {
	if (typeof body === 'object' && body !== null && 'message' in body) return String(body.message);
	return String(body).slice(0, 300);
}

/** A signed-in user of one n8n, as the editor talks to it. */
export class Session {
	/** Cookies as name and value. */
	readonly cookies = new Map<string, string>();
	/** Names this "browser tab". */
	readonly pushRef = randomBytes(8).toString('hex');

	constructor(readonly baseUrl: string) {}

	/** One HTTP call with the session's cookies; any status is returned. `path` starts with "/". */
	async raw(method: string, path: string, { body, headers = {} }: RestRequest = {}): Promise<Response> {
		const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
		const response = await fetch(`${this.baseUrl}${path}`, {
			method,
			redirect: 'manual',
			headers: {
				accept: 'application/json',
				'push-ref': this.pushRef,
				...(cookie ? { cookie } : {}),
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
				...headers,
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		this.keepCookies(response);
		return response;
	}

	/** One call of n8n's REST API; the answer's `data`, or a RestError. The type is the caller's knowledge of the answer. */
	async rest<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await this.raw(method, `/rest${path}`, { body });
		const answer = parse(await response.text());
		if (!response.ok) throw new RestError(`${method} /rest${path}: ${response.status} ${messageOf(answer)}`, response.status, answer);
		return unwrap(answer) as T;
	}

	/** Makes the owner on a fresh n8n, signs in on a used one. */
	async signIn(owner: Owner = DEFAULT_OWNER): Promise<void> {
		const settings = await this.rest<{ userManagement?: { showSetupOnFirstLoad?: boolean } }>('GET', '/settings');
		if (settings.userManagement?.showSetupOnFirstLoad) await this.rest('POST', '/owner/setup', owner);
		else await this.rest('POST', '/login', { emailOrLdapLoginId: owner.email, password: owner.password });
	}

	private keepCookies(response: Response): void {
		for (const cookie of response.headers.getSetCookie()) {
			const pair = cookie.split(';')[0] ?? '';
			const cut = pair.indexOf('=');
			this.cookies.set(pair.slice(0, cut), pair.slice(cut + 1));
		}
	}
}
