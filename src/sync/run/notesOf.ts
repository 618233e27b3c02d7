import type { DonePlan } from '../journal/donePlan';
import type { FieldDecision } from '../merge/fieldDecision';
import { refusedNote } from '../merge/fieldNote';
import type { FieldNote } from '../merge/recordMerge';

/**
 * What a person reads about the fields of one record, each with its reason in words. `everything`: every field, for a preview; else those
 * that were sent, overruled, held or left different, and what the CRM made of them.
 */
export function notesOf({ plan: { merge }, readBack, hold }: Pick<DonePlan, 'plan' | 'readBack' | 'hold'>, everything: boolean): readonly FieldNote[] {
	if (!merge) return [];
	const notes = merge.explain(everything ? undefined : isTold);
	if (hold?.reason === 'refused') return notes.map((note) => refusedNote(note, 'refused'));
	const altered = readBack && notes.length > 0 ? new Map(merge.altered(readBack).map((note) => [note.ruleId, note])) : undefined;
	return altered ? notes.map((note) => withReadBack(note, altered.get(note.ruleId))) : notes;
}

function isTold({ action, reported }: FieldDecision): boolean {
	return reported || action !== 'none';
}

/** Both values stay: of a conflict, the one that was overruled stands nowhere else. */
function withReadBack(note: FieldNote, altered: FieldNote | undefined): FieldNote {
	return altered ? { ...note, words: `${note.words} The CRM made something else of it.`, readBack: altered.crmValue } : note;
}
