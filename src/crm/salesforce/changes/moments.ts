import { textOf } from '../../json';

/** Salesforce writes `2026-11-22T07:00:00.000+0000`; we write as ISO 8601 has it. */
const moment = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?)(?:Z|\+00:?00)$/;

/** A point in time in UTC as milliseconds since 1970; anything else is `undefined`. */
export function momentIn(value: unknown): number | undefined {
	const [, local] = moment.exec(textOf(value) ?? '') ?? [];
	const time = local === undefined ? NaN : Date.parse(`${local}Z`);
	return Number.isNaN(time) ? undefined : time;
}

/** A point in time as text. */
export function momentText(time: number): string {
	return new Date(time).toISOString();
}
