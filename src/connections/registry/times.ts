const DAY_MS = 86_400_000;

/**
 * Whether the first time (ISO 8601) is before the second, by less than a day: what is further ahead comes from a clock that was wrong,
 * and must not hold for years. Never, when there is no second.
 */
export function isBefore(time: string, other: string | null): boolean {
	if (other === null) return false;
	const ahead = Date.parse(other) - Date.parse(time);
	return ahead > 0 && ahead < DAY_MS;
}

/** The later of both. */
export function later(time: string, other: string | null): string {
	return other !== null && isBefore(time, other) ? other : time;
}

/** Between two times, in milliseconds, whichever comes first: a clock that was put back counts like one that went on. */
export function distance(time: string, other: string): number {
	return Math.abs(Date.parse(time) - Date.parse(other));
}
