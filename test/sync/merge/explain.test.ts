import { CHANGES, POLICIES } from '../../../src/sync/merge/changeTable';
import { explain } from '../../../src/sync/merge/explain';
import type { FieldDecision, Travel } from '../../../src/sync/merge/fieldDecision';
import { WAYS } from '../../../src/sync/merge/wayTable';

const base: FieldDecision = { action: 'none', reason: 'cameFromApp', base: 'keep', reported: false, tries: 0 };

test.each<[Partial<FieldDecision>, string]>([
	[{ reason: 'unchanged' }, 'Nothing changed since it was last settled.'],
	[{ reason: 'nothingToCompare' }, 'Only one side shows this field, and it was never settled, so there is nothing to compare.'],
	[{ reason: 'crmNotRead' }, 'The app changed it while a value of the CRM was on its way, and the CRM’s value was not read.'],
	[{ reason: 'adopted' }, 'Both sides have the same value.'],
	[{ reason: 'agreed' }, 'Both sides now have the same value.'],
	[{ reason: 'baseLost', action: 'hold', held: 'baseLost' }, 'Both sides differ, and it is no longer known which of them changed; so it waits for a person.'],
	[{ reason: 'filledApp', winner: 'crm', travel: 'sent', action: 'toApp' }, 'Only the CRM has a value; it goes to the app.'],
	[{ reason: 'filledCrm', winner: 'app', travel: 'notOnCreate' }, 'Only the app has a value; the CRM does not take this field for new records, so it follows with the next run.'],
	[{ winner: 'app', travel: 'sent', action: 'toCrm' }, 'The app changed it; it goes to the CRM.'],
	[{ winner: 'app', travel: 'againstDirection' }, 'The app changed it; the mapping does not send it there, so both sides stay as they are.'],
	[{ winner: 'app', travel: 'onlyOnCreate' }, 'The app changed it; the CRM takes this field only for new records, so both sides stay as they are.'],
	[{ winner: 'app', travel: 'blankKept' }, 'The app changed it; the mapping does not remove values, so both sides stay as they are.'],
	[{ winner: 'app', travel: 'cannotBeEmpty' }, 'The app changed it; but the CRM does not let it be empty, so it waits for a person.'],
	[{ winner: 'app', travel: 'doesNotFit' }, 'The app changed it; but it does not fit the CRM’s field, so it waits for a person.'],
	[{ reason: 'cameFromCrm', winner: 'crm', travel: 'noMapping' }, 'The CRM changed it; but the value map has no line for it, so it waits for a person.'],
	[{ reason: 'cameFromCrm', winner: 'crm', travel: 'awaited' }, 'The CRM changed it; it was sent to the app, which has not shown it since.'],
	[{ reason: 'cameFromCrm', winner: 'crm', travel: 'sentAgain' }, 'The CRM changed it; the app does not show it yet, so it is sent again.'],
	[{ reason: 'cameFromCrm', winner: 'crm', travel: 'notShown' }, 'The CRM changed it; but the app does not show it although it was sent several times, so it waits for a person.'],
	[{ reason: 'conflict', policy: 'preferApp', winner: 'app', travel: 'sent' }, 'Both sides changed it, differently; the app is preferred; the app’s value counts; it goes to the CRM.'],
	[{ reason: 'conflict', policy: 'mostRecent', winner: 'crm', travel: 'sent' }, 'Both sides changed it, differently; the most recent record counts; the CRM’s value counts; it goes to the app.'],
	[{ reason: 'conflict', policy: 'fillBlanks' }, 'Both sides changed it, differently; only blanks are filled; both sides stay as they are.'],
	[{ reason: 'firstMatch', policy: 'hold', action: 'hold' }, 'Both sides differ and meet for the first time; a person is to decide.'],
	[{ reason: 'personDecided', winner: 'app', travel: 'sent', action: 'toCrm' }, 'A person decided; the app’s value counts; it goes to the CRM.'],
	[{ reason: 'personDecided' }, 'A person decided; both sides stay as they are.'],
])('%j is said in words', (decision, words) => {
	expect(explain({ ...base, ...decision })).toBe(words);
});

test('every row of the tables has its words', () => {
	for (const { reason } of CHANGES) expect(explain({ ...base, reason })).toMatch(/^[A-Z].*\.$/);
	for (const travel of new Set(WAYS.map((row): Travel => row.travel))) expect(explain({ ...base, winner: 'app', travel })).not.toMatch(/undefined/);
	for (const policy of Object.keys(POLICIES) as (keyof typeof POLICIES)[]) expect(explain({ ...base, reason: 'conflict', policy })).not.toMatch(/undefined/);
});
