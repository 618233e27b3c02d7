import type { HoldReason } from '../../model/syncHold';

/** Why a whole record waits, and what helps, for people. */
export const WORDS = {
	ambiguous: 'Several records have this match value, so that it is not clear which one is meant. Merge them, or correct one.',
	noKey: 'The record has no match value, so that its partner cannot be found. Fill in the match field.',
	linkedElsewhere: 'The record with this match value is linked to another record already. Correct the match value, or end the other link.',
	deletedAndEdited: 'The record was deleted on one side and edited on the other. Decide which side counts.',
	merged: 'The record was merged into another one that is linked too. Delete the one that is left over, or decide which side counts.',
	converted: 'The record was converted in the CRM, which no longer takes changes of it. Edit what it became.',
	absent: 'The CRM no longer shows the record, but nothing says that it was deleted: it may be hidden from the signed-in user.',
	uncertain: 'The CRM gave no usable answer, and it is not known yet whether the record was created. The next run looks again.',
	unseen: 'The app still shows the record although it was told to delete it several times. Delete it in the app, or check the workflow.',
	notRun: 'The run ended before this record. Run it again.',
	restored: 'What the package remembers is older than what it wrote, so nothing is written before everything was compared. Run twice with all records of the app: the first run compares, the second does what is left.',
} as const satisfies Partial<Record<HoldReason, string>>;

const FIELDS = ' This waits: ';
/** A sentence names so many fields. */
const MOST_FIELDS = 10;

/** Why a part of a record waits, and which fields that is; in the place of those that it named before. */
export function withFields(words: string, labels: readonly string[]): string {
	const [before] = words.split(FIELDS);
	const more = labels.length - MOST_FIELDS;
	const named = [...labels.slice(0, MOST_FIELDS), ...(more > 0 ? [`${more} more`] : [])];
	return named.length > 0 ? `${before}${FIELDS}${named.join(', ')}.` : before;
}
