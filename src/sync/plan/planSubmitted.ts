import type { CrmValue } from '../../model/record';
import { confirmDelivered } from '../merge/confirmDelivered';
import { mergeRecord } from '../merge/mergeRecord';
import type { FieldNote, RecordMerge } from '../merge/recordMerge';
import type { SyncRun } from '../run/syncRun';
import type { Pair, SubmittedPair } from './pair';
import { fieldHolds, mergeInput } from './planMerge';
import type { PlannedWrite, RecordPlan } from './recordPlan';

type Plan = (pair: Pair, run: SyncRun) => RecordPlan;
type Values = Readonly<Record<string, CrmValue>>;

/**
 * What a form sent of a record that the app has itself. The app's record has not changed by it, so that it must not count as what the app
 * shows: it goes into the CRM, and from there to the app like any other change of the CRM's. `plan` says what becomes of that.
 */
export function planSubmitted(pair: SubmittedPair, run: SyncRun, plan: Plan): RecordPlan {
	const form = mergeForm(pair, run);
	const afterwards = (written: Values) => plan(silentWith(pair, written), run);
	const rest = afterwards(form.toCrm);
	const holds = [...rest.holds, ...fieldHolds(form).filter(({ field }) => !rest.holds.some((hold) => hold.field === field))];
	const made = { ...rest, pair, holds, merge: together(form, rest.merge) };
	if (Object.keys(form.toCrm).length === 0) return made;
	return { ...made, link: undefined, write: plannedWrite(pair, form, afterwards), delivery: rest.delivery && { ...rest.delivery, onceWritten: true }, updates: 1 };
}

/** The form's values against what the app has, or is about to have. What the form repeats is no edit, should the CRM have changed it since. */
function mergeForm(pair: SubmittedPair, run: SyncRun): RecordMerge {
	const shown: Pair = { ...pair, app: { kind: 'shown', values: pair.submitted } };
	const input = { ...mergeInput(shown, run), verdicts: [] };
	const repeated = new Set(mergeRecord(input).explain(({ reason }) => reason === 'cameFromCrm').map(({ appField }) => appField));
	const app = Object.fromEntries(Object.entries(pair.submitted).filter(([field]) => !repeated.has(field)));
	const base = input.base && confirmDelivered({ ...input, base: input.base });
	return mergeRecord({ ...input, app, base });
}

/** The record as the CRM shows it afterwards, of which the app has not shown anything. */
function silentWith(pair: SubmittedPair, written: Values): Pair {
	const { record } = pair.crm;
	return { ...pair, submitted: undefined, crm: { kind: 'shown', record: { ...record, values: { ...record.values, ...written } } } };
}

function plannedWrite(pair: SubmittedPair, { toCrm, rowsWritten }: RecordMerge, afterwards: (written: Values) => RecordPlan): PlannedWrite {
	const baseAfter = (readBack: Readonly<Record<string, CrmValue | undefined>> = {}) => {
		const taken = Object.entries(toCrm).map(([field, value]) => [field, readBack[field] === undefined ? value : readBack[field]] as const);
		return (afterwards(Object.fromEntries(taken)).link ?? pair.link).base;
	};
	return { kind: 'update', values: toCrm, baseAfter, rowsWritten };
}

/** What is said of the form's values, and of what comes of them. */
function together(form: RecordMerge, rest: RecordMerge | undefined): RecordMerge {
	const isTold = ({ decision: { action, reported } }: FieldNote) => action === 'toCrm' || reported;
	return {
		...form,
		reports: [...form.reports, ...(rest?.reports ?? [])],
		explain: (wanted) => [...form.explain(wanted).filter(isTold), ...(rest?.explain(wanted) ?? [])],
	};
}
