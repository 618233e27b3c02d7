import type { Org } from './index';

/** An answer as it came over the wire. */
export interface RawAnswer {
	readonly status: number;
	readonly headers: Headers;
	/** Parsed JSON, or the text where it is none. */
	readonly body: unknown;
}

/** What to send beside method and path. */
export interface RawRequest {
	readonly body?: unknown;
	readonly headers?: Readonly<Record<string, string>>;
	readonly token?: string;
}

/** Sends one request to an org as any HTTP client would; paths begin below `/services/data/v65.0` unless they begin with `/services`. */
export async function callApi(org: Org, method: string, path: string, { body, headers = {}, token = org.issueSession() }: RawRequest = {}): Promise<RawAnswer> {
	const url = path.startsWith('/services') ? `${org.instanceUrl}${path}` : `${org.instanceUrl}/services/data/v65.0${path}`;
	const answer = await fetch(url, {
		method,
		headers: { Authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
		body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
	});
	const text = await answer.text();
	return { status: answer.status, headers: answer.headers, body: parsed(text) };
}

/** The records a SOQL statement answers on its first page. */
export async function soql(org: Org, statement: string, more: RawRequest = {}): Promise<RawAnswer> {
	return await callApi(org, 'GET', `/query?q=${encodeURIComponent(statement)}`, more);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
