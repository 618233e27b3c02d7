import type { CrmValue } from '../../model/record';
import { baseOf, openBase, type OpenBase } from '../base/openBase';
import { linkPrinter, type Printer } from '../base/fingerprint';
import type { CompiledRule, ShownValue } from '../mapping/compiledMapping';
import type { FieldDecision } from './fieldDecision';
import { isKnown, printOf, type FieldState, type ShownState } from './fieldFacts';
import { mergeField, type FieldContext } from './mergeField';
import { NEW_RECORD, type FieldVerdict, type RecordMergeInput, type ShownRecord } from './recordMerge';

/** One field of one linked pair: what both sides show, with the values and as fingerprints. */
export interface FieldLook {
	readonly compiled: CompiledRule;
	readonly appValue: unknown;
	readonly crmValue: CrmValue | undefined;
	readonly app: ShownValue;
	readonly crm: ShownValue;
	readonly state: FieldState;
}

/** What is the same for all fields of one linked pair. */
export interface OpenRecord {
	readonly input: RecordMergeInput;
	readonly base: OpenBase;
	readonly print: Printer;
}

const ABSENT: ShownState = { kind: 'absent' };

/** Opens the base of the pair, and makes ready what prints its values. */
export function openRecord(input: RecordMergeInput): OpenRecord {
	const base = openBase(input.base, input.keyring);
	return { input, base, print: linkPrinter(base.key, input.linkId) };
}

/** Looks at one field of both sides. `at` is the row's place among the rules. */
export function lookAtField({ input, base, print }: OpenRecord, compiled: CompiledRule, at: number): FieldLook {
	const { rule, tag } = compiled;
	const appValue = valueOf(input.app, rule.appField);
	const crmValue = valueOf(input.crm, rule.crmField);
	const app = compiled.readApp(appValue);
	const crm = compiled.readCrm(crmValue);
	const shown = stateOf(app, print, tag);
	// Most fields show the same on both sides, and printing costs most.
	const crmState = app.kind === crm.kind && textOf(app) === textOf(crm) ? shown : stateOf(crm, print, tag);
	const appState = shown.kind === 'absent' ? silentState(input, compiled, crmState) : shown;
	return { compiled, appValue, crmValue, app, crm, state: { app: appState, crm: crmState, base: baseOf(base, tag, at) } };
}

/**
 * A field that the app does not show. Where a person decided for the CRM, the app still has what it had then: what an app changes, it
 * shows. Only its fingerprint is known.
 */
function silentState({ verdicts }: RecordMergeInput, { rule }: CompiledRule, crm: ShownState): ShownState {
	const about = verdicts?.find(({ ruleId, winner, prints }) => ruleId === rule.id && winner === 'crm' && prints.crm === printOf(crm));
	return about?.prints.app === undefined ? ABSENT : { kind: 'value', print: about.prints.app };
}

/** Own fields only: a record may come from anywhere. */
function valueOf<T>(record: ShownRecord<T>, name: string): T | null | undefined {
	if (record === NEW_RECORD) return null;
	return Object.hasOwn(record, name) ? record[name] : undefined;
}

function stateOf(shown: ShownValue, print: Printer, tag: number): ShownState {
	if (shown.kind === 'absent') return ABSENT;
	return { kind: shown.kind, print: print(tag, textOf(shown)) };
}

/** The text by which a value is compared; a blank's is empty. */
export function textOf(shown: ShownValue): string {
	return shown.kind === 'value' ? shown.text : '';
}

/** Whether both sides show what was settled and nothing is under way: true of most fields, and told without the tables. */
export function isUntouched({ state: { app, crm, base } }: FieldLook): boolean {
	return isKnown(base) && !base.pending && printOf(app) === base.app && printOf(crm) === base.crm;
}

/** Decides about one field by the tables. */
export function decide({ input }: OpenRecord, look: FieldLook): FieldDecision {
	return mergeField(look.compiled.rule, look.state, contextOf(input, look));
}

function contextOf(input: RecordMergeInput, look: FieldLook): FieldContext {
	const { compiled, app, crm, state } = look;
	const { field, rule } = compiled;
	return {
		firstMatch: input.mapping.mapping.firstMatch,
		recency: input.recency ?? 'unknown',
		person: input.verdicts?.find((verdict) => verdict.ruleId === rule.id && isAbout(verdict, state))?.winner,
		writable: field.updateable ? (field.createable ? 'yes' : 'notOnCreate') : 'onlyOnCreate',
		creating: input.crm === NEW_RECORD,
		sentNow: input.sentNow,
		obstacle: (winner) => {
			const sendable = winner === 'app' ? compiled.forCrm(app) : compiled.forApp(crm);
			return sendable.ok ? undefined : sendable.why;
		},
	};
}

function isAbout({ prints }: FieldVerdict, { app, crm }: FieldState): boolean {
	return prints.app === printOf(app) && prints.crm === printOf(crm);
}
