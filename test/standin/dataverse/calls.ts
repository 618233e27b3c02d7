/** One operation inside a `$batch`. */
export interface LoggedOperation {
	readonly method: string;
	readonly path: string;
	readonly kind: string;
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: unknown;
}

/** One request as the log keeps it. */
export interface LoggedCall {
	readonly method: string;
	readonly path: string;
	/** The area: `rows`, `query`, `count`, `delta`, `batch`, `multiple`, `metadata`, `whoami`, `action`, `function`, `discovery`, `oauth`, `unknown`. */
	readonly kind: string;
	/** 0 when the connection was cut without an answer. */
	readonly status: number;
	/** Milliseconds since 1970, by the stand-in's clock. */
	readonly at: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: unknown;
	/** The parts of a `$batch`, in the order they ran; those after the first failure are missing when it stopped there. */
	readonly operations: readonly LoggedOperation[];
}

const kept = /^(user-agent|content-type|prefer|if-match|if-none-match|accept|odata-version|odata-maxversion|mscrm.*|callerobjectid|mscrmcallerid)$/;

/** What a request's headers may show in the log: no token, but whether there was one. */
export function headersToLog(headers: Readonly<Record<string, unknown>>): Record<string, string> {
	const shown = Object.entries(headers)
		.filter(([name]) => kept.test(name.toLowerCase()))
		.map(([name, value]) => [name.toLowerCase(), String(value)]);
	return {
		...Object.fromEntries(shown),
		...(headers.authorization === undefined ? {} : { authorization: `${String(headers.authorization).split(' ')[0]} …` }),
	};
}

/** Every request to one host, in the order of the answers. */
export class CallLog {
	private readonly entries: LoggedCall[] = [];

	/** Every request, oldest first. */
	get log(): readonly LoggedCall[] {
		return this.entries;
	}

	/** HTTP requests since the start or the last reset; a `$batch` is one. */
	get total(): number {
		return this.entries.length;
	}

	/** Requests by kind. */
	get byKind(): Readonly<Record<string, number>> {
		const counts: Record<string, number> = {};
		for (const call of this.entries) counts[call.kind] = (counts[call.kind] ?? 0) + 1;
		return counts;
	}

	/** Power Platform requests: every operation of a `$batch` counts for itself, rows of a Multiple too. https://learn.microsoft.com/en-us/power-platform/admin/api-request-limits-allocations */
	get platformRequests(): number {
		const rows = (body: unknown) => (typeof body === 'object' && body !== null && 'Targets' in body && Array.isArray(body.Targets) ? body.Targets.length : 1);
		return this.entries.reduce(
			(sum, call) => sum + (call.kind === 'batch' ? call.operations.reduce((inner, one) => inner + rows(one.body), 0) : rows(call.body)),
			0,
		);
	}

	add(call: LoggedCall): void {
		this.entries.push(call);
	}

	reset(): void {
		this.entries.length = 0;
	}
}
