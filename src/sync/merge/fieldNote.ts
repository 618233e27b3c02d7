import { explain } from './explain';
import type { FieldDecision } from './fieldDecision';
import { printOf } from './fieldFacts';
import type { FieldLook } from './lookAtField';
import type { FieldHold, FieldNote } from './recordMerge';

/** A field with its decision in words, and both values. */
export function noteOf({ compiled: { rule, forApp, forCrm }, app, crm, appValue, crmValue }: FieldLook, decision: FieldDecision): FieldNote {
	const { id: ruleId, appField, crmField } = rule;
	const note = { ruleId, appField, crmField, decision, appValue, crmValue, words: explain(decision) };
	if (!decision.held || !decision.winner) return note;
	const sendable = decision.winner === 'app' ? forCrm(app) : forApp(crm);
	return sendable.ok ? note : { ...note, detail: sendable.why.words };
}

/** The hold that the decision asks for, if it does. */
export function holdOf(look: FieldLook, decision: FieldDecision): FieldHold | undefined {
	if (!decision.held) return undefined;
	const prints = { app: printOf(look.state.app), crm: printOf(look.state.crm) };
	return { ...noteOf(look, decision), held: decision.held, prints };
}

/** What is said of a value that was to go to the CRM, which refused it: a person should see it once, and not each time that it waits. */
export function refusedNote(note: FieldNote, when: 'refused' | 'waits'): FieldNote {
	if (note.decision.action !== 'toCrm') return note;
	const decision: FieldDecision = { ...note.decision, action: 'none', travel: 'waits', reported: when === 'refused' };
	return { ...note, decision, words: explain(decision) };
}
