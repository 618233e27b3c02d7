const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];

/** The origin of an API address that a CRM named; `undefined` when a token may not go there: only this machine does without encryption. */
export function safeOrigin(url: string): string | undefined {
	const parsed = URL.canParse(url) ? new URL(url) : undefined;
	const safe = parsed?.protocol === 'https:' || (parsed?.protocol === 'http:' && isLoopback(parsed.origin));
	return safe ? parsed.origin : undefined;
}

/** Whether an origin is this machine. */
export function isLoopback(origin: string): boolean {
	return loopbackHosts.includes(new URL(origin).hostname);
}
