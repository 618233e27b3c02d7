import type { Environment } from './environment/Environment';

/** An answer as it came over the wire. */
export interface DataverseAnswer {
	readonly status: number;
	readonly headers: Headers;
	/** Parsed JSON, or the text where it is none. */
	readonly body: unknown;
}

/** What to send beside method and path. */
export interface DataverseCall {
	readonly body?: unknown;
	readonly headers?: Readonly<Record<string, string>>;
	/** The administrator's by default. */
	readonly token?: string;
}

/** Sends one request to an environment as any HTTP client would; paths begin below `/api/data/v9.2` unless they begin with `/api` or with the host. */
export async function callDataverse(
	environment: Environment,
	method: string,
	path: string,
	{ body, headers = {}, token }: DataverseCall = {},
): Promise<DataverseAnswer> {
	const url = path.startsWith('http') ? path : path.startsWith('/api') ? `${environment.url}${path}` : `${environment.apiUrl}/${path.replace(/^\//, '')}`;
	const answer = await fetch(url, {
		method,
		headers: {
			Authorization: `Bearer ${token ?? (await environment.issueToken())}`,
			Accept: 'application/json',
			'OData-MaxVersion': '4.0',
			'OData-Version': '4.0',
			...(body === undefined ? {} : { 'Content-Type': 'application/json; charset=utf-8' }),
			...headers,
		},
		body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
	});
	const text = await answer.text();
	return { status: answer.status, headers: answer.headers, body: parsed(text) };
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
