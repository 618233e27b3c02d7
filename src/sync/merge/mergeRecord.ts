import type { CrmValue } from '../../model/record';
import type { KnownBase } from '../base/fieldBase';
import type { ShownValue } from '../mapping/compiledMapping';
import type { FieldDecision } from './fieldDecision';
import { isKnown } from './fieldFacts';
import { holdOf, noteOf } from './fieldNote';
import { decide, isUntouched, lookAtField, openRecord, textOf, type FieldLook, type OpenRecord } from './lookAtField';
import { nextBase, writtenBase } from './nextBase';
import type { FieldNote, RecordMerge, RecordMergeInput, ShownByCrm } from './recordMerge';
import { packBases, packRows, withCurrentKey } from './storedBases';

/** Stands for the decision about a field that shows what was settled. */
const UNTOUCHED: FieldDecision = { action: 'none', reason: 'unchanged', base: 'keep', reported: false, tries: 0 };

/**
 * Merges one linked pair, field by field. Pure; a pair that shows what was settled costs one fingerprint for each value and no more.
 * A record that does not exist yet is given as `NEW_RECORD`.
 */
export function mergeRecord(input: RecordMergeInput): RecordMerge {
	const record = openRecord(input);
	const looks = input.mapping.rules.map((compiled, at) => lookAtField(record, compiled, at));
	const decisions = looks.map((look) => (isUntouched(look) ? UNTOUCHED : decide(record, look)));
	if (decisions.every((decision) => decision === UNTOUCHED) && record.base.key === input.keyring.current) return quietMerge(record, looks, decisions);
	return mergeOf(record, looks, decisions);
}

const NOTHING: Readonly<Record<string, CrmValue>> = Object.freeze({});

/** What both kinds of merges can be asked later. */
function answers(record: OpenRecord, looks: readonly FieldLook[], decisions: readonly FieldDecision[]) {
	return {
		baseAfterWrite: (readBack: ShownByCrm = NOTHING) => packBases(record, looks, (at) => baseAfterWrite(record, looks[at], decisions[at], readBack)),
		rowsWritten: () => packRows(record, looks, (at) => (decisions[at].action === 'toCrm' ? baseAfterWrite(record, looks[at], decisions[at], NOTHING) : 'none')),
		altered: (readBack: ShownByCrm) => altered(looks, decisions, readBack),
		explain: (wanted: (decision: FieldDecision) => boolean = () => true) => looks.flatMap((look, at) => (wanted(decisions[at]) ? [noteOf(look, decisions[at])] : [])),
	};
}

function quietMerge(record: OpenRecord, looks: readonly FieldLook[], decisions: readonly FieldDecision[]): RecordMerge {
	return { toCrm: NOTHING, toApp: NOTHING, holds: [], reports: [], awaiting: [], hidden: [], quiet: true, base: undefined, ...answers(record, looks, decisions) };
}

function mergeOf(record: OpenRecord, looks: readonly FieldLook[], decisions: readonly FieldDecision[]): RecordMerge {
	const toCrm = valuesOf(looks, decisions, 'toCrm');
	const toApp = valuesOf(looks, decisions, 'toApp');
	const known = (at: number) => nextBase(decisions[at], looks[at].state);
	const isNew = decisions.some(({ base }) => base === 'settle' || base === 'await');
	const base = withCurrentKey(record, looks, known) ?? (isNew ? packBases(record, looks, known) : undefined);
	const holds = looks.flatMap((look, at) => holdOf(look, decisions[at]) ?? []);
	const reports = looks.flatMap((look, at) => (decisions[at].reported && !decisions[at].held ? [noteOf(look, decisions[at])] : []));
	const awaited = looks.filter((_, at) => isAwaited(known(at)));
	const awaiting = awaited.map(({ compiled }) => compiled.rule.id);
	const hidden = awaited.flatMap(({ compiled, crm }) => (crm.kind === 'absent' ? [compiled.rule.id] : []));
	const quiet = base === undefined && holds.length === 0 && reports.length === 0 && toCrm === NOTHING && toApp === NOTHING;
	return { toCrm, toApp, holds, reports, awaiting, hidden, quiet, base, ...answers(record, looks, decisions) };
}

function isAwaited(base: KnownBase): boolean {
	return isKnown(base) && base.pending !== undefined;
}

function valuesOf(looks: readonly FieldLook[], decisions: readonly FieldDecision[], action: 'toCrm' | 'toApp'): Readonly<Record<string, CrmValue>> {
	const values = looks.flatMap(({ compiled, app, crm }, at): [string, CrmValue][] => {
		if (decisions[at].action !== action) return [];
		const [name, sendable] = action === 'toCrm' ? [compiled.rule.crmField, compiled.forCrm(app)] : [compiled.rule.appField, compiled.forApp(crm)];
		return sendable.ok ? [[name, sendable.value]] : [];
	});
	return values.length === 0 ? NOTHING : Object.fromEntries(values);
}

function baseAfterWrite(record: OpenRecord, look: FieldLook, decision: FieldDecision, readBack: ShownByCrm): KnownBase {
	const { compiled, state } = look;
	if (decision.action !== 'toCrm') return nextBase(decision, state);
	const shown = compiled.readCrm(readBack[compiled.rule.crmField]);
	const text = textOf(shown.kind === 'absent' ? writtenTo(look) : shown);
	return writtenBase(state, record.print(compiled.tag, text));
}

function altered(looks: readonly FieldLook[], decisions: readonly FieldDecision[], readBack: ShownByCrm): readonly FieldNote[] {
	return looks.flatMap((look, at) => {
		const shown = look.compiled.readCrm(readBack[look.compiled.rule.crmField]);
		if (decisions[at].action !== 'toCrm' || shown.kind === 'absent' || textOf(shown) === textOf(writtenTo(look))) return [];
		return [{ ...noteOf(look, decisions[at]), crmValue: readBack[look.compiled.rule.crmField] }];
	});
}

/** What the CRM would show if it took the value as it is. */
function writtenTo({ compiled, app }: FieldLook): ShownValue {
	const wanted = compiled.forCrm(app);
	return compiled.readCrm(wanted.ok ? wanted.value : null);
}
