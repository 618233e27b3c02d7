import { retentionStart } from '../../../src/connections/runs/retentionStart';
import { runWords } from '../../../src/connections/runs/runWords';

describe('runWords', () => {
	it.each([
		['succeeded', { created: 3, refused: 1, updated: 0 }, '3 created, 1 refused.'],
		['succeeded', {}, 'Nothing to do.'],
		['succeeded', { created: 0 }, 'Nothing to do.'],
		['needsAttention', { unchanged: 2, needsAttention: 1 }, '2 unchanged, 1 needs attention.'],
		['needsAttention', { needsAttention: 2 }, '2 need attention.'],
		['needsAttention', {}, 'Something waits for a person.'],
		['running', { created: 3 }, '3 created so far.'],
		['running', {}, 'Not finished.'],
		['failed', { created: 3 }, '3 created, then it failed.'],
		['failed', {}, 'Failed.'],
		['notRun', {}, 'Not run.'],
		['notRun', { skipped: 2 }, '2 skipped; not run.'],
		['succeeded', { notFound: 2 }, '2 not found.'],
	] as const)('says of %s with %j: %s', (outcome, counts, words) => expect(runWords(outcome, counts)).toBe(words));
});

describe('retentionStart', () => {
	it.each([
		[0, '2026-11-22T10:00:00.000Z'],
		[90, '2026-08-24T10:00:00.000Z'],
		[1_000_000, '1970-01-01T00:00:00.000Z'],
	])('keeps %d days', (days, start) => expect(retentionStart('2026-11-22T10:00:00.000Z', days)).toBe(start));
});
