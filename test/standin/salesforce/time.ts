/** Gives the present in milliseconds since 1970; tests pass their own. */
export type Clock = () => number;

const instant = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})$/i;

/** Salesforce writes datetimes in UTC, to the second, without a colon in the offset: `2013-05-07T22:07:19.000+0000`. */
export function toWireDateTime(milliseconds: number): string {
	return new Date(Math.floor(milliseconds / 1000) * 1000).toISOString().replace('Z', '+0000');
}

/** The milliseconds of a datetime as clients write it; undefined when it is none. */
export function parseDateTime(text: string): number | undefined {
	const parts = instant.exec(text);
	if (!parts) return undefined;
	const offset = parts[4].toUpperCase() === 'Z' ? 'Z' : `${parts[4].slice(0, 3)}:${parts[4].slice(-2)}`;
	const milliseconds = Date.parse(`${parts[1]}T${parts[2]}${offset}`);
	return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

/** A calendar date `YYYY-MM-DD` that exists, from a date or a datetime; undefined otherwise. */
export function parseDate(text: string): string | undefined {
	const day = /^(\d{4}-\d{2}-\d{2})(T.*)?$/.exec(text);
	if (!day) return undefined;
	const milliseconds = Date.parse(`${day[1]}T00:00:00Z`);
	return !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString().startsWith(day[1]) ? day[1] : undefined;
}
