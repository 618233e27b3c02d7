import { DateTime, type DateTimeUnit, type DurationLikeObject } from 'luxon';

/** A stretch of time `from ≤ t < to`, in milliseconds. */
export interface Period {
	readonly from: number;
	readonly to: number;
}

const fixed: Record<string, [DateTimeUnit, number, number]> = {
	YESTERDAY: ['day', -1, 1], TODAY: ['day', 0, 1], TOMORROW: ['day', 1, 1],
	LAST_WEEK: ['week', -1, 1], THIS_WEEK: ['week', 0, 1], NEXT_WEEK: ['week', 1, 1],
	LAST_MONTH: ['month', -1, 1], THIS_MONTH: ['month', 0, 1], NEXT_MONTH: ['month', 1, 1],
	LAST_QUARTER: ['quarter', -1, 1], THIS_QUARTER: ['quarter', 0, 1], NEXT_QUARTER: ['quarter', 1, 1],
	LAST_YEAR: ['year', -1, 1], THIS_YEAR: ['year', 0, 1], NEXT_YEAR: ['year', 1, 1],
};

/** The period of a date literal such as TODAY or LAST_N_DAYS:7, in UTC; undefined for the fiscal ones. https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_dateformats.htm */
export function periodOf(literal: string, now: number): Period | undefined {
	const [name, count] = literal.toUpperCase().split(':');
	const today = DateTime.fromMillis(now, { zone: 'utc' });
	if (name === 'LAST_90_DAYS') return days(today, -90, 91);
	if (name === 'NEXT_90_DAYS') return days(today, 1, 90);
	const simple = fixed[name];
	if (simple) return span(today, ...simple);
	return counted(today, name, Number(count));
}

function counted(today: DateTime, name: string, count: number): Period | undefined {
	const parts = /^(LAST_N|NEXT_N|N)_(DAY|WEEK|MONTH|QUARTER|YEAR)S(_AGO)?$/.exec(name);
	if (!parts || !Number.isInteger(count)) return undefined;
	const unit = parts[2].toLowerCase() as DateTimeUnit;
	if (parts[3]) return span(today, unit, -count, 1);
	// LAST_N_DAYS includes today; the longer units end before the present one.
	if (parts[1] === 'LAST_N') return unit === 'day' ? days(today, -count, count + 1) : span(today, unit, -count, count);
	return span(today, unit, 1, count);
}

const days = (today: DateTime, first: number, count: number): Period => span(today, 'day', first, count);

function span(today: DateTime, unit: DateTimeUnit, first: number, count: number): Period {
	const step = (amount: number): DurationLikeObject => ({ [`${unit}s`]: amount });
	// Weeks begin on Sunday in the default locale; luxon's on Monday.
	const start = unit === 'week' ? today.plus({ days: 1 }).startOf('week').minus({ days: 1 }) : today.startOf(unit);
	const from = start.plus(step(first));
	return { from: from.toMillis(), to: from.plus(step(count)).toMillis() };
}
