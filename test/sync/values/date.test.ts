import fc from 'fast-check';
import { DateTime } from 'luxon';
import { field, leadField } from '../entities';
import { law } from '../laws/law';
import { canonical } from './canonical';

const DAY = 'is not a date; write it as YYYY-MM-DD';
const MOMENT = 'is not a date and time; write it as YYYY-MM-DDTHH:MM:SS+02:00';

test.each<[unknown, string, unknown]>([
	['2026-03-04', 'Pacific/Kiritimati', '2026-03-04'],
	[' 2026-03-04 ', 'Pacific/Pago_Pago', '2026-03-04'],
	['2024-02-29', 'UTC', '2024-02-29'],
	['2026-07-01T00:00:00.000Z', 'America/New_York', '2026-07-01'],
	['2026-07-01T00:00:00+09:00', 'America/New_York', '2026-07-01'],
	[new Date('2026-07-01T00:00:00Z'), 'America/New_York', '2026-07-01'],
	['2026-02-30T00:00:00Z', 'UTC', `✗ "2026-02-30" ${DAY}`],
	['2026-03-04T23:30:00Z', 'Asia/Kathmandu', '2026-03-05'],
	['2026-03-04T23:30:00', 'Asia/Kathmandu', '2026-03-04'],
	['2026-03-04T00:30:00+05:45', 'America/New_York', '2026-03-03'],
	[new Date('2026-03-04T23:30:00Z'), 'Europe/Vienna', '2026-03-05'],
	[DateTime.fromISO('2026-03-04T10:00', { zone: 'Asia/Tokyo' }), 'Europe/Vienna', '2026-03-04'],
	['2011-12-30', 'Pacific/Apia', '2011-12-30'],
	['1700-01-01', 'UTC', '1700-01-01'],
	['4000-12-31', 'UTC', '4000-12-31'],
	['2023-02-29', 'UTC', `✗ "2023-02-29" ${DAY}`],
	['2026-13-01', 'UTC', `✗ "2026-13-01" ${DAY}`],
	['0001-01-01', 'UTC', `✗ "0001-01-01" ${DAY}`],
	['4001-01-01', 'UTC', `✗ "4001-01-01" ${DAY}`],
	['03/04/2026', 'UTC', `✗ "03/04/2026" ${DAY}`],
	['4.3.2026', 'UTC', `✗ "4.3.2026" ${DAY}`],
	['20260304', 'UTC', `✗ "20260304" ${DAY}`],
	['2026-W10-3', 'UTC', `✗ "2026-W10-3" ${DAY}`],
	['March 4, 2026', 'UTC', `✗ "March 4, 2026" ${DAY}`],
	['2026-03-04 and more', 'UTC', `✗ "2026-03-04 and more" ${DAY}`],
	['tomorrow', 'UTC', `✗ "tomorrow" ${DAY}`],
	[1_772_582_400_000, 'UTC', `✗ "1772582400000" ${DAY}`],
	[new Date(Number.NaN), 'UTC', `✗ "null" ${DAY}`],
	[DateTime.invalid('why not'), 'UTC', `✗ "null" ${DAY}`],
	[{ toISO: () => 5 }, 'UTC', `✗ "{}" ${DAY}`],
	[true, 'UTC', `✗ "true" ${DAY}`],
])('the day %s in %s becomes %s', (raw, zone, expected) => {
	expect(canonical(raw, leadField('Birthday__c'), zone)).toBe(expected);
});

test.each<[string, unknown, string, unknown]>([
	['an offset counts', '2026-03-04T10:00:00+05:45', 'UTC', '2026-03-04T04:15:00.000Z'],
	['an offset needs no colon', '2026-03-04T10:00:00.000+0000', 'Asia/Tokyo', '2026-03-04T10:00:00.000Z'],
	['an offset may be hours only', '2026-03-04 10:00:00+02', 'UTC', '2026-03-04T08:00:00.000Z'],
	['without one, the zone counts', '2026-03-04T10:00', 'Asia/Kathmandu', '2026-03-04T04:15:00.000Z'],
	['a blank may stand for T', '2026-03-04 10:00', 'Europe/Vienna', '2026-03-04T09:00:00.000Z'],
	['a day is its beginning in the zone', '2026-03-04', 'Europe/Vienna', '2026-03-03T23:00:00.000Z'],
	['an hour that is skipped is the one after', '2026-03-29T02:30:00', 'Europe/Vienna', '2026-03-29T01:30:00.000Z'],
	['an hour that comes twice is the first one', '2026-10-25T02:30:00', 'Europe/Vienna', '2026-10-25T00:30:00.000Z'],
	['an offset tells it from the second', '2026-10-25T02:30:00+01:00', 'Europe/Vienna', '2026-10-25T01:30:00.000Z'],
	['a zone without a midnight that day', '2026-09-06', 'America/Santiago', '2026-09-06T04:00:00.000Z'],
	['fractions of a second are dropped', '2026-03-04T10:00:00.999Z', 'UTC', '2026-03-04T10:00:00.000Z'],
	['a JavaScript date', new Date('2026-03-04T10:00:00Z'), 'Asia/Tokyo', '2026-03-04T10:00:00.000Z'],
	['a Luxon date', DateTime.fromISO('2026-03-04T10:00', { zone: 'Asia/Tokyo' }), 'UTC', '2026-03-04T01:00:00.000Z'],
	['the last moment that CRMs keep, also where a new year has begun', '4000-12-31T20:00:00-03:30', 'Europe/Vienna', '4000-12-31T23:30:00.000Z'],
	['24 o’clock', '2026-03-04T24:00:00Z', 'UTC', '2026-03-05T00:00:00.000Z'],
	['25 o’clock', '2026-03-04T25:00:00Z', 'UTC', `✗ "2026-03-04T25:00:00Z" ${MOMENT}`],
	['a year that no CRM keeps, in UTC', '1700-01-01T00:00:00+14:00', 'UTC', `✗ "1700-01-01T00:00:00+14:00" ${MOMENT}`],
	['a year that no CRM keeps, as it is written', '4001-01-01', 'Europe/Vienna', `✗ "4001-01-01" ${MOMENT}`],
	['a US date', '03/04/2026 10:00 AM', 'UTC', `✗ "03/04/2026 10:00 AM" ${MOMENT}`],
	['a number', 1_772_582_400, 'UTC', `✗ "1772582400" ${MOMENT}`],
	['an object that reads like a moment', { toString: () => '2026-03-04T10:00:00Z' }, 'UTC', `✗ "{}" ${MOMENT}`],
	['an object whose text cannot be had', { toISO: () => { throw new Error('no'); } }, 'UTC', `✗ "{}" ${MOMENT}`],
])('a moment: %s', (_rule, raw, zone, expected) => {
	expect(canonical(raw, leadField('ContactedAt__c'), zone)).toBe(expected);
});

test.each<[unknown, unknown]>([
	['9:05', '09:05:00.000Z'],
	['23:59:59.9', '23:59:59.900Z'],
	['10:00:00.123456Z', '10:00:00.123Z'],
	['10:00+00:00', '10:00:00.000Z'],
	['10:00+02:00', '✗ "10:00+02:00" is not a time of day; write it as HH:MM'],
	['24:00', '✗ "24:00" is not a time of day; write it as HH:MM'],
	['10 pm', '✗ "10 pm" is not a time of day; write it as HH:MM'],
	[10, '✗ "10" is not a time of day; write it as HH:MM'],
])('the time %p becomes %p', (raw, expected) => {
	expect(canonical(raw, leadField('CallTime__c'))).toBe(expected);
});

test.each<[string, unknown, string, unknown]>([
	['as it is written', '2026-03-04T10:00', 'Asia/Kathmandu', '2026-03-04T10:00:00'],
	['with a blank for T', '2026-03-04 10:00:30.5', 'Europe/Vienna', '2026-03-04T10:00:30'],
	['also in an hour that a zone skips', '2026-03-29T02:30:00', 'Europe/Vienna', '2026-03-29T02:30:00'],
	['a day as its beginning', '2026-09-06', 'America/Santiago', '2026-09-06T00:00:00'],
	['a moment as the clocks of the zone show it', '2026-03-04T10:00:00Z', 'Europe/Vienna', '2026-03-04T11:00:00'],
	['a JavaScript date likewise', new Date('2026-03-04T23:30:00Z'), 'Asia/Tokyo', '2026-03-05T08:30:00'],
	['a Luxon date likewise', DateTime.fromISO('2026-03-04T10:00', { zone: 'Asia/Tokyo' }), 'UTC', '2026-03-04T01:00:00'],
	['and nothing else', 'noon', 'UTC', '✗ "noon" is not a date and time; write it as YYYY-MM-DDTHH:MM'],
	['no day that there is not', '2026-02-30T10:00', 'UTC', '✗ "2026-02-30T10:00" is not a date and time; write it as YYYY-MM-DDTHH:MM'],
	['no year that no CRM keeps', '1699-12-31T23:59', 'UTC', '✗ "1699-12-31T23:59" is not a date and time; write it as YYYY-MM-DDTHH:MM'],
])('a time of every clock is taken %s', (_, raw, zone, expected) => {
	expect(canonical(raw, field('Opens', 'clocktime'), zone)).toBe(expected);
});

const anyClockTime = fc.date({ min: new Date('1700-01-01T00:00:00Z'), max: new Date('4000-12-31T23:59:59Z'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 19));

law('a time of every clock stays what it is, in every zone', fc.tuple(anyClockTime, fc.constantFrom('UTC', 'Europe/Vienna', 'Asia/Kathmandu', 'America/Santiago')), ([text, zone]) => {
	expect(canonical(text, field('Opens', 'clocktime'), zone)).toBe(text);
});
