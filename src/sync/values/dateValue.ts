import { DateTime } from 'luxon';
import type { FieldDescription } from '../../model/entity';
import type { Canonical, ValueContext } from './canonical';
import { quoted } from './quoted';

const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/;
/** A day as databases and spreadsheets hand it on: midnight, in whatever zone they live. */
const MIDNIGHT = /^(\d{4}-\d{2}-\d{2})[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]\d{2}:?\d{2})?$/i;
/** A moment as CRMs show it. */
const IN_UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:?00)$/;
const CLOCK_TIME = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,3})\d*)?)?(?:Z|\+00:?00)?$/i;
/** Numbers from here to a thousand times that are seconds, larger ones milliseconds: either way from 1973 on. */
const EARLIEST_NUMBER = 100_000_000;
const HAS_OFFSET = /[z+-]/i;
const OFFSET_WITHOUT_COLON = /([+-]\d{2})(\d{2})$/;

/**
 * A calendar day, `YYYY-MM-DD`, never shifted: midnight with any offset is that day, because databases and spreadsheets hand days on like
 * that. Any other time with an offset is the day it is in the context's zone.
 * A day such as 03/04/2026 is refused: it is two different days on the two sides of the Atlantic.
 */
export function canonicalDate(raw: unknown, _field: FieldDescription, { timeZone }: ValueContext): Canonical {
	if (typeof raw === 'string' && DATE_ONLY.test(raw.trim())) {
		return isKeptInUtc(`${raw.trim()}T00:00:00.000Z`) ? { ok: true, value: raw.trim() } : unreadable(raw, 'a date', 'YYYY-MM-DD');
	}
	const day = MIDNIGHT.exec(isoText(raw) ?? '');
	if (day) return canonicalDate(day[1], _field, { timeZone });
	const moment = parseMoment(raw, timeZone);
	return moment && isKept(moment) ? { ok: true, value: moment.toISODate()! } : unreadable(raw, 'a date', 'YYYY-MM-DD');
}

/**
 * A moment in UTC, to the second, because CRMs drop the rest: without an offset it is read in the context's zone.
 * https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/primitive_data_types.htm
 */
export function canonicalDateTime(raw: unknown, _field: FieldDescription, { timeZone }: ValueContext): Canonical {
	const plain = typeof raw === 'string' && IN_UTC.test(raw) ? `${raw.slice(0, 19)}.000Z` : '';
	if (isKeptInUtc(plain)) return { ok: true, value: plain };
	const written = parseMoment(raw, timeZone);
	const moment = written?.toUTC().startOf('second');
	// Without an offset the year counts as it is written, too: else a moment at the edge would be kept in one zone and not in another.
	const keepsYear = written && (HAS_OFFSET.test(isoText(raw)?.slice(10) ?? '') || isKept(written));
	if (!moment || !keepsYear || !isKept(moment)) return unreadable(raw, 'a date and time', 'YYYY-MM-DDTHH:MM:SS+02:00');
	return { ok: true, value: moment.toISO()! };
}

/**
 * A day and a time that are the same on every clock, `YYYY-MM-DDTHH:MM:SS`: as it is written where it has no offset, so never shifted;
 * a moment is what the clocks of the context's zone show then.
 */
export function canonicalClockTime(raw: unknown, _field: FieldDescription, { timeZone }: ValueContext): Canonical {
	const hasOffset = HAS_OFFSET.test(isoText(raw)?.slice(10) ?? '');
	const shown = parseMoment(raw, hasOffset ? timeZone : 'utc');
	return shown && isKept(shown) ? { ok: true, value: shown.toFormat("yyyy-MM-dd'T'HH:mm:ss") } : unreadable(raw, 'a date and time', 'YYYY-MM-DDTHH:MM');
}

/** Written exactly like that, and a day that there is. Far faster than a time library, and most values of a CRM are written like that. */
function isKeptInUtc(moment: string): boolean {
	const year = Number(moment.slice(0, 4));
	const date = new Date(moment);
	return year >= 1700 && year <= 4000 && !Number.isNaN(date.getTime()) && date.toISOString() === moment;
}

/** A time of day, `HH:MM:SS.sssZ`, never shifted. */
export function canonicalTime(raw: unknown): Canonical {
	const parts = typeof raw === 'string' ? CLOCK_TIME.exec(raw.trim()) : null;
	if (!parts) return unreadable(raw, 'a time of day', 'HH:MM');
	const [, hour, minute, second = '00', fraction = '0'] = parts;
	return { ok: true, value: `${hour.padStart(2, '0')}:${minute}:${second}.${fraction.padEnd(3, '0')}Z` };
}

/**
 * A moment in milliseconds since 1970, to be compared with others, never written: also as the number of them, or of seconds, as databases
 * keep it. `undefined` for what is none.
 */
export function momentInMilliseconds(raw: unknown, timeZone: string): number | undefined {
	if (typeof raw === 'number') return raw >= EARLIEST_NUMBER && raw < Infinity ? raw * (raw < EARLIEST_NUMBER * 1000 ? 1000 : 1) : undefined;
	return parseMoment(raw, timeZone)?.toMillis();
}

function parseMoment(raw: unknown, zone: string): DateTime | undefined {
	const iso = isoText(raw);
	if (iso === undefined) return undefined;
	const moment = DateTime.fromISO(iso.replace(' ', 'T').replace(OFFSET_WITHOUT_COLON, '$1:$2'), { zone });
	if (!moment.isValid) return undefined;
	// An hour that comes twice is its first one. Luxon alone would choose by the season of today.
	return HAS_OFFSET.test(iso.slice(10)) ? moment : moment.getPossibleOffsets()[0];
}

/** Years that CRMs keep, as the same page says. */
function isKept({ isValid, year }: DateTime): boolean {
	return isValid && year >= 1700 && year <= 4000;
}

/** Dates reach a workflow as text, as JavaScript dates or as Luxon ones; the last two know their own ISO text. */
function isoText(raw: unknown): string | undefined {
	if (typeof raw === 'string') return /^\d{4}-\d{2}-\d{2}/.test(raw.trim()) ? raw.trim() : undefined;
	if (typeof raw !== 'object' || raw === null) return undefined;
	try {
		const iso: unknown = 'toISO' in raw && typeof raw.toISO === 'function' ? raw.toISO() : (raw as Partial<Date>).toISOString?.();
		return typeof iso === 'string' ? iso : undefined;
	} catch {
		return undefined;
	}
}

function unreadable(raw: unknown, thing: string, form: string): Canonical {
	return { ok: false, reason: `${quoted(raw)} is not ${thing}; write it as ${form}` };
}
