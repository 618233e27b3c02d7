import { WORDS } from '../../../src/sync/plan/words';

test.each<[keyof typeof WORDS, RegExp]>([
	['ambiguous', /^Several records have this match value/],
	['noKey', /has no match value/],
	['linkedElsewhere', /is linked to another record already/],
	['deletedAndEdited', /deleted on one side and edited on the other/],
	['merged', /was merged into another one/],
	['converted', /was converted in the CRM/],
	['absent', /no longer shows the record, but nothing says that it was deleted/],
	['uncertain', /not known yet whether the record was created/],
	['unseen', /still shows the record although it was told to delete it/],
	['notRun', /The run ended before this record/],
	['restored', /older than what it wrote/],
])('a record that is held as %s says so in words', (reason, words) => {
	expect(WORDS[reason]).toMatch(words);
});
