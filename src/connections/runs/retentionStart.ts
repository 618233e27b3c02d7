const DAY_MS = 86_400_000;

/** Runs that started before are forgotten, when so many days (24 hours each, 0 or more) are kept. */
export function retentionStart(now: string, days: number): string {
	return new Date(Math.max(0, Date.parse(now) - days * DAY_MS)).toISOString();
}
