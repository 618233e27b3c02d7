import { recordRecency } from '../../../src/sync/merge/recency';
import { momentInMilliseconds } from '../../../src/sync/values/dateValue';

test.each([
	[2_000, 1_000, 0, 'app'],
	[1_000, 2_000, 0, 'crm'],
	[1_000, 1_000, 0, 'unknown'],
	[2_000, 1_500, 600, 'crm'],
	[2_000, 1_500, 500, 'unknown'],
	[1_000, 1_500, -600, 'app'],
	[undefined, 1_000, 0, 'unknown'],
	[1_000, undefined, 0, 'unknown'],
	[0, 1_000, 0, 'crm'],
	[Number.NaN, 1_000, 0, 'unknown'],
	[1_000, 1_500, Number.NaN, 'unknown'],
])('changed in the app at %p, in the CRM at %p, the app’s clock ahead by %p: %s', (app, crm, skew, expected) => {
	expect(recordRecency(app, crm, skew)).toBe(expected);
});

test.each<[unknown, string | undefined]>([
	['2026-03-04T10:00:00.123Z', '2026-03-04T10:00:00.123Z'],
	['2026-03-04 10:00', '2026-03-04T09:00:00.000Z'],
	[new Date('2026-03-04T10:00:00.123Z'), '2026-03-04T10:00:00.123Z'],
	[1_772_618_400_123, '2026-03-04T10:00:00.123Z'],
	[1_772_618_400, '2026-03-04T10:00:00.000Z'],
	[100_000_000, '1973-03-03T09:46:40.000Z'],
	[100_000_000_000, '1973-03-03T09:46:40.000Z'],
	[99_999_999, undefined],
	[Number.NaN, undefined],
	[Infinity, undefined],
	['soon', undefined],
	['2026-13-45T10:00:00Z', undefined],
	[null, undefined],
	[undefined, undefined],
])('the stamp %p is read as %p', (raw, expected) => {
	const moment = momentInMilliseconds(raw, 'Europe/Vienna');
	expect(moment === undefined ? undefined : new Date(moment).toISOString()).toBe(expected);
});
