/** Whether the first time (ISO 8601) is before the second; never, when there is no second. */
export function isBefore(time: string, other: string | null): boolean {
	return other !== null && Date.parse(time) < Date.parse(other);
}

/** The later of both. */
export function later(time: string, other: string | null): string {
	return other !== null && isBefore(time, other) ? other : time;
}

/** Between two times, in milliseconds, whichever comes first: a clock that was put back counts like one that went on. */
export function distance(time: string, other: string): number {
	return Math.abs(Date.parse(time) - Date.parse(other));
}
