import type { FieldDecision } from '../../../src/sync/merge/fieldDecision';
import { refusedNote } from '../../../src/sync/merge/fieldNote';
import type { FieldNote } from '../../../src/sync/merge/recordMerge';

function note(action: FieldDecision['action']): FieldNote {
	const decision: FieldDecision = { reason: 'cameFromApp', winner: 'app', travel: 'sent', action, base: 'settleWhenWritten', reported: false, tries: 0 };
	return { ruleId: 'phone', appField: 'phone', crmField: 'Phone', decision, appValue: '2', crmValue: '1', words: 'said before' };
}

test('a value that the CRM refused is told with the refusal, and does not go', () => {
	const { decision, words, appValue } = refusedNote(note('toCrm'), 'refused');
	expect(decision).toMatchObject({ action: 'none', travel: 'waits', reported: true });
	expect(words).toContain('the CRM refused it, so it waits');
	expect(appValue).toBe('2');
});

test('while it waits, nobody is told again', () => {
	expect(refusedNote(note('toCrm'), 'waits').decision).toMatchObject({ action: 'none', travel: 'waits', reported: false });
});

test.each(['toApp', 'none'] as const)('a field of which nothing was to go to the CRM (%s) says what it said', (action) => {
	expect(refusedNote(note(action), 'refused')).toEqual(note(action));
});
