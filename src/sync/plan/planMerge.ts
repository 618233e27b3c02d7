import { isUnsent, withheldRows } from '../deliveries/unsent';
import { mergeRecord } from '../merge/mergeRecord';
import { NEW_RECORD, type FieldHold, type RecordMerge, type RecordMergeInput } from '../merge/recordMerge';
import type { HoldReason as FieldHoldReason } from '../merge/fieldDecision';
import { recordRecency } from '../merge/recency';
import type { HoldReason } from '../../model/syncHold';
import type { SyncRun } from '../run/syncRun';
import { momentInMilliseconds } from '../values/dateValue';
import type { Pair } from './pair';
import type { PlannedDelivery, PlannedHold, PlannedWrite, RecordPlan } from './recordPlan';
import { judged, unjudged } from './silentFields';
import { verdictsOf } from './verdicts';

const HELD: Readonly<Record<FieldHoldReason, HoldReason>> = {
	conflict: 'conflict',
	firstMatch: 'conflict',
	baseLost: 'restored',
	cannotBeEmpty: 'value',
	doesNotFit: 'value',
	noMapping: 'value',
	notShown: 'unseen',
};

/** What the field half is asked about a pair. */
export function mergeInput(pair: Pair, run: SyncRun): RecordMergeInput {
	const { mapping, keyring, settings } = run;
	const base = pair.link.base.length > 0 ? pair.link.base : undefined;
	const app = pair.app.kind === 'shown' ? pair.app.values : pair.app.kind === 'new' ? NEW_RECORD : {};
	const crm = pair.crm.kind === 'shown' ? judged(pair, run) : pair.crm.kind === 'new' ? NEW_RECORD : {};
	const column = mapping.mapping.appModifiedField;
	const modified = column !== undefined && pair.app.kind === 'shown' ? momentInMilliseconds(pair.app.values[column], mapping.mapping.timeZone) : undefined;
	const changed = pair.crm.kind === 'shown' && pair.crm.record.changedAt !== undefined ? Date.parse(pair.crm.record.changedAt) : undefined;
	const recency = recordRecency(modified, changed, settings.skewMs);
	return { mapping, keyring, linkId: pair.link.id, app, crm, base, recency, verdicts: verdictsOf(pair.holds, run), sentNow: pair.sentNow };
}

/** Field by field. Also makes new records: the side that has none yet shows blanks. */
export function planMerge(pair: Pair, run: SyncRun): RecordPlan {
	const merge = mergeRecord(mergeInput(pair, run));
	const write = plannedWrite(pair, merge);
	const delivery = plannedDelivery(pair, merge, run);
	const withheld = delivery?.kind === 'create' ? undefined : withheldRows(pair, merge, run);
	const base = merge.base ?? pair.link.base;
	const stores = merge.base !== undefined || !pair.known;
	return {
		pair,
		link: stores ? { ...pair.link, base } : undefined,
		change: pair.known && !pair.moved ? undefined : 'link',
		write,
		delivery,
		withheld,
		arrived: pair.delivery !== undefined && delivery === undefined && withheld === undefined && !stillAwaited(pair, merge),
		holds: fieldHolds(merge),
		unjudged: unjudged(pair, run),
		merge,
		updates: write?.kind === 'update' || delivery?.kind === 'update' ? 1 : 0,
		deletions: 0,
	};
}

/** What the CRM took back before the app showed it is not waited for; should it arrive after all, the base tells. */
function stillAwaited({ app, crm }: Pair, merge: RecordMerge): boolean {
	if (merge.awaiting.length === 0) return false;
	return app.kind !== 'shown' || crm.kind !== 'shown' || merge.hidden.length > 0 || merge.explain().some(({ decision }) => decision.travel === 'awaited');
}

function plannedWrite(pair: Pair, merge: RecordMerge): PlannedWrite | undefined {
	const kind = pair.crm.kind === 'new' ? 'create' : 'update';
	if (kind === 'update' && Object.keys(merge.toCrm).length === 0) return undefined;
	return { kind, values: merge.toCrm, baseAfter: (readBack) => merge.baseAfterWrite(readBack), rowsWritten: () => merge.rowsWritten() };
}

function plannedDelivery(pair: Pair, merge: RecordMerge, run: SyncRun): PlannedDelivery | undefined {
	if (pair.app.kind === 'new') return { kind: 'create', values: merge.toApp, again: pair.delivery?.kind === 'create' };
	const isNews = Object.keys(merge.toApp).length > 0;
	if (!isNews && pair.delivery?.handedOver !== false) return undefined;
	const values = isNews ? { ...awaitedValues(pair, merge, run), ...merge.toApp } : unsentValues(pair, merge, run);
	if (Object.keys(values).length === 0) return undefined;
	if (pair.link.appId === null && pair.delivery?.kind === 'create') return { kind: 'create', values: valuesForApp(pair, run), again: true };
	const isSame = merge.explain(({ action }) => action === 'toApp').every(({ decision }) => decision.travel === 'sentAgain');
	return { kind: 'update', values, again: isSame && hadAll(pair, values, run) };
}

/** Whether every update under the id had these fields: an app that goes by ids leaves out whatever else comes under it. */
export function hadAll({ delivery }: Pair, values: PlannedDelivery['values'], { mapping }: SyncRun): boolean {
	const sent = mapping.rules.filter(({ rule }) => Object.hasOwn(values, rule.appField));
	return delivery?.kind === 'update' && sent.every(({ tag }) => delivery.rows.includes(tag));
}

/** What was sent before, as long as the CRM shows the same and the app does not show the field. */
function awaitedValues(pair: Pair, merge: RecordMerge, run: SyncRun): Readonly<Record<string, unknown>> {
	const awaited = merge.explain(({ travel }) => travel === 'awaited').map(({ appField }) => appField);
	const all = awaited.length > 0 ? valuesForApp(pair, run) : {};
	return Object.fromEntries(awaited.map((field) => [field, all[field] ?? null]));
}

/** Of that what no run has handed over. */
export function unsentValues(pair: Pair, merge: RecordMerge, run: SyncRun): Readonly<Record<string, unknown>> {
	const unsent = new Set(run.mapping.rules.filter(({ tag }) => isUnsent(pair, tag)).map(({ rule }) => rule.appField));
	return Object.fromEntries(Object.entries(awaitedValues(pair, merge, run)).filter(([field]) => unsent.has(field)));
}

/** Everything that the CRM shows, in the app's words. */
export function valuesForApp(pair: Pair, run: SyncRun): Readonly<Record<string, unknown>> {
	return mergeRecord({ ...mergeInput(pair, run), app: NEW_RECORD, base: undefined, verdicts: [] }).toApp;
}

/** The fields that a merge holds. */
export function fieldHolds({ holds }: RecordMerge): readonly PlannedHold[] {
	return holds.map(plannedHold);
}

function plannedHold({ ruleId, appField, held, words, prints }: FieldHold): PlannedHold {
	return { field: ruleId, appField, reason: HELD[held], words, candidates: [], shown: `${prints.app ?? ''}:${prints.crm ?? ''}` };
}
