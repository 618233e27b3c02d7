/** One request an org was asked, as the log keeps it. */
export interface LoggedCall {
	readonly method: string;
	readonly path: string;
	/** The API area, such as `query`, `rows`, `collections`, `composite`, `describe`, `oauth`, `page`. */
	readonly kind: string;
	/** 0 when the connection was cut without an answer. */
	readonly status: number;
	/** How much of the daily allocation it took: 0, 1, or as many as a batch has parts. */
	readonly apiCalls: number;
	/** Milliseconds since 1970, by the stand-in's clock. */
	readonly at: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: unknown;
}

const keptHeaders = ['user-agent', 'content-type', 'if-modified-since', 'accept-encoding'];

/** What a request's headers may show in the log: no token, but whether there was one. */
export function headersToLog(headers: Readonly<Record<string, unknown>>): Record<string, string> {
	const kept: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers)) {
		if (keptHeaders.includes(name) || name.startsWith('sforce-')) kept[name] = String(value);
	}
	if (headers.authorization !== undefined) kept.authorization = `${String(headers.authorization).split(' ')[0]} …`;
	return kept;
}

/** Counts API calls as Salesforce does: one per REST request of a valid session, a composite request included, a batch one per part; sign-in and pages none. */
export class CallLog {
	private readonly entries: LoggedCall[] = [];

	/** `usedBefore` starts the daily usage above zero. */
	constructor(readonly limit: number, private usedBefore = 0) {}

	/** API calls taken since the start or the last reset. */
	get total(): number {
		return this.entries.reduce((sum, call) => sum + call.apiCalls, 0);
	}

	/** API calls by kind; kinds that cost nothing count their requests in the log only. */
	get byKind(): Readonly<Record<string, number>> {
		const counts: Record<string, number> = {};
		for (const call of this.entries) if (call.apiCalls > 0) counts[call.kind] = (counts[call.kind] ?? 0) + call.apiCalls;
		return counts;
	}

	/** Every request, oldest first. */
	get log(): readonly LoggedCall[] {
		return this.entries;
	}

	/** What Sforce-Limit-Info shows: usage of the last 24 hours, which a reset of the counts does not take back. */
	get used(): number {
		return this.usedBefore + this.total;
	}

	/** Sets the usage of the day, for tests of budgets and limits. */
	setUsed(used: number): void {
		this.usedBefore = used - this.total;
	}

	add(call: LoggedCall): void {
		this.entries.push(call);
	}

	reset(): void {
		this.usedBefore = this.used;
		this.entries.length = 0;
	}
}
